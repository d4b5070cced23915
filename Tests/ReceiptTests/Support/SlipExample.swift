import POS
import Receipt

/// Slips as a station prints them, one for each thing that can be on one.
enum SlipExample: String, CaseIterable {
  case xReport, xReportBlind
  case zReport, zReportBalanced
  case dayClose, dayCloseQuiet
  case monthClose

  var document: ReceiptDocument {
    switch self {
    case .xReport:
      ReceiptDocument(xReport: XReportFacts(heading: .example(), reading: .busy, readBy: "王丽"))
    case .xReportBlind:
      ReceiptDocument(xReport: XReportFacts(heading: .example(), reading: .blind, readBy: "陈芳"))
    case .zReport: ReceiptDocument(zReport: .short)
    case .zReportBalanced: ReceiptDocument(zReport: .balanced)
    case .dayClose: ReceiptDocument(dayClose: .busy)
    case .dayCloseQuiet: ReceiptDocument(dayClose: .quiet)
    case .monthClose: ReceiptDocument(monthClose: .november)
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
