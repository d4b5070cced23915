import FoundationEssentials
import GRDB
import POS

extension UnitOfWork {
  /// Payments of a kind, and refunds of them, that count for a day or the one before or after, as
  /// corrections leave them. A corrected payment counts for the day of its sale.
  ///
  /// - Parameter key: only what was on record before this record; `nil` for all.
  func booked(
    _ kind: TenderKind, on date: BusinessDate, at stationID: StationID, before key: Int64?
  ) throws -> [BookedPayment] {
    let days = [date.daysSince1970 - 1, date.daysSince1970 + 1].map {
      BusinessDate(daysSince1970: $0).description
    }
    let key = key ?? Int64.max
    let found = try stored(
      where: """
        sale.stationID = ?1 AND businessDate BETWEEN ?2 AND ?3 AND sale.journalKey < ?4
        AND (EXISTS (SELECT 1 FROM posting
                     WHERE posting.journalKey = sale.journalKey AND account = ?5)
             OR EXISTS (SELECT 1 FROM tillEvent
                        WHERE subjectID = sale.id AND tillEvent.kind = 'tenderCorrected'))
        ORDER BY sale.journalKey
        """, [stationID.data, days[0], days[1], key, Account.codePayments(kind).name])
    return try found.flatMap { one in
      switch one {
      case .sale(let sale): try payments(kind, of: sale, isOn: date, before: key)
      case .saleReturn(let made): try refunds(kind, of: made, isOn: date)
      }
    } + mealMoney(kind, at: stationID, days, isOn: date, before: key)
  }

  /// Money for meals, and what of it was given back; it has no number.
  private func mealMoney(
    _ kind: TenderKind, at stationID: StationID, _ days: [String], isOn date: BusinessDate,
    before key: Int64
  ) throws -> [BookedPayment] {
    let taken = try events(
      """
      tillEvent.stationID = ? AND tillEvent.kind IN ('mealMoneyTaken', 'mealMoneyUndone')
      AND businessDate BETWEEN ? AND ? AND journalKey < ? ORDER BY journalKey
      """, [stationID.data, days[0], days[1], key])
    return try taken.compactMap { event in
      let deposit = try MealDeposit(body: event.body)
      guard deposit.kind == kind, let reference = deposit.reference,
        let id = event.body["id"]?.stringValue.flatMap({ SaleID($0) })
      else { return nil }
      return BookedPayment(
        saleID: id, number: 0, reference: reference,
        amount: event.kind == .mealMoneyTaken ? deposit.amount : -deposit.amount, atMs: event.atMs,
        isOfDay: event.body["businessDate"]?.stringValue == date.description)
    }
  }

  private func payments(
    _ kind: TenderKind, of sale: Stored<Sale>, isOn date: BusinessDate, before key: Int64
  ) throws -> [BookedPayment] {
    let corrections = try corrections(of: sale.value.id).filter { $0.key < key }.map {
      try TenderCorrection(body: $0.body)
    }
    return PaidTenders(sale.value, corrections: corrections).columns.compactMap { column in
      guard column.kind == kind, let reference = column.reference else { return nil }
      return BookedPayment(
        saleID: sale.value.id, number: sale.number, reference: reference, amount: column.kept,
        atMs: sale.value.context.atMs, isOfDay: sale.value.businessDate == date)
    }
  }

  private func refunds(
    _ kind: TenderKind, of made: Stored<SaleReturn>, isOn date: BusinessDate
  ) throws -> [BookedPayment] {
    guard
      case .sale(let original)? = try stored(
        id: made.value.originalID, at: made.value.context.stationID)
    else { throw StoreProblem.badRecord("return") }
    return made.value.refunds(of: original.value).compactMap { refund in
      guard refund.kind == kind, refund.amount > .zero, let reference = refund.reference else {
        return nil
      }
      return BookedPayment(
        saleID: made.value.id, number: made.number, reference: reference, amount: -refund.amount,
        atMs: made.value.context.atMs, isOfDay: made.value.businessDate == date)
    }
  }
}
