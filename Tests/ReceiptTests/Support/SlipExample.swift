import POS
import Receipt

/// Slips as a station prints them, one for each thing that can be on one.
enum SlipExample: String, CaseIterable {
  case xReport, xReportBlind, xReportOfRelief
  case zReport, zReportBalanced
  case dayClose, dayCloseQuiet
  case monthClose
  case paidIn, paidOut, pickup
  case voucher, voucherForSomeGoods, voucherBalance
  case meal, mealOnCredit, mealInCash, mealClaim
  case mealTopUp, mealDebtByCode, mealMoneyUndone
  case handOut
  case claim
  case shelfLabel

  var document: ReceiptDocument {
    switch self {
    case .xReport:
      ReceiptDocument(xReport: XReportFacts(heading: .example(), reading: .busy, readBy: "王丽"))
    case .xReportBlind:
      ReceiptDocument(xReport: XReportFacts(heading: .example(), reading: .blind, readBy: "陈芳"))
    case .xReportOfRelief:
      ReceiptDocument(xReport: XReportFacts(heading: .example(), reading: .relief, readBy: "王丽"))
    case .zReport: ReceiptDocument(zReport: .short)
    case .zReportBalanced: ReceiptDocument(zReport: .balanced)
    case .dayClose: ReceiptDocument(dayClose: .busy)
    case .dayCloseQuiet: ReceiptDocument(dayClose: .quiet)
    case .monthClose: ReceiptDocument(monthClose: .november)
    case .paidIn: ReceiptDocument(movement: .example(.paidIn))
    case .paidOut: ReceiptDocument(movement: .example(.paidOut))
    case .pickup: ReceiptDocument(movement: .example(.pickup))
    case .voucher: ReceiptDocument(voucher: .example(.balance))
    case .voucherForSomeGoods:
      ReceiptDocument(
        voucher: .example(.singleUse, goods: ["粮油", "乳品", "日用百货"], copy: 1))
    case .voucherBalance: ReceiptDocument(voucherBalance: .spent)
    case .meal: ReceiptDocument(meal: .example(.account(balance: Money(fen: 4250))))
    case .mealOnCredit: ReceiptDocument(meal: .example(.account(balance: Money(fen: -550))))
    case .mealInCash: ReceiptDocument(meal: .example(.cash, subsidyFen: 0))
    case .mealTopUp: ReceiptDocument(mealMoney: .example(.topUp))
    case .mealDebtByCode:
      ReceiptDocument(mealMoney: .example(.payment, owedFen: 200, kind: .wechat))
    case .mealMoneyUndone: ReceiptDocument(mealMoney: .example(.topUp, isUndone: true))
    case .mealClaim: ReceiptDocument(mealClaim: .november)
    case .handOut: ReceiptDocument(handOut: .winter)
    case .claim: ReceiptDocument(claim: .allowance)
    case .shelfLabel:
      ReceiptDocument(
        shelfLabel: ShelfLabelFacts(
          name: "雀巢咖啡 1+2 原味", unit: "盒", listPrice: Money(fen: 1830),
          stationPrice: Money(fen: 1464), barcode: "6917878030302"))
    }
  }
}

extension SlipHeading {
  static func example(_ time: String = "2026-11-21 21:05:12", copy: Int = 0) -> SlipHeading {
    SlipHeading(station: .example, localTime: time, copy: copy)
  }
}

extension SlipProof {
  static let signed = SlipProof(
    journal: .example,
    signature: SlipSignature(
      signature: "7c1e 09ab 55d2 40f3", keyFingerprint: "b2a4 11f0 9c3d 8e67"))
}

extension BusinessDate {
  static func november(_ day: Int) -> BusinessDate {
    // 2026-11-01 is day 20,758.
    BusinessDate(daysSince1970: 20_757 + day)
  }
}
