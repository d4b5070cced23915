import POS
import POSStore
import Receipt

// Reports of tills, days and months: drawn from their records, whoever prints or looks at them.
extension ReceiptRoom {
  /// The slip of a record of a till, day or month; `nil` if its kind has none.
  func document(of event: StoredEvent, copy: Int) async throws -> ReceiptDocument? {
    let stationID: StationID = try event.body.id("stationID")
    let heading = try await heading(at: stationID, atMs: event.atMs, copy: copy)
    let person = try await store.displayName(of: try event.body.id("userID"))
    switch event.kind {
    case .xReport: return try await xReport(event.body, heading, readBy: person)
    case .tillClosed: return try await zReport(event, heading, closedBy: person)
    case .dayClosed: return try await dayClose(event, heading, closedBy: person)
    case .monthClosed: return try await monthClose(event, heading, closedBy: person)
    case .mealMoneyTaken, .mealMoneyUndone:
      return try await mealMoney(event, heading, takenBy: person)
    default: return nil
    }
  }

  /// A reading of a session: the members of an X report.
  func xReport(
    _ body: JSON, _ heading: SlipHeading, readBy person: String
  ) async throws -> ReceiptDocument {
    ReceiptDocument(
      xReport: XReportFacts(
        heading: heading, reading: try await reading(body, at: heading.station.id),
        readBy: person))
  }

  /// Where and when something happened.
  func heading(at stationID: StationID, atMs: Int64, copy: Int) async throws -> SlipHeading {
    guard let station = try await store.stations().first(where: { $0.id == stationID }) else {
      throw StoreRefusal.notFound
    }
    return SlipHeading(station: station, localTime: localTimeText(atMs: atMs), copy: copy)
  }

  private func zReport(
    _ event: StoredEvent, _ heading: SlipHeading, closedBy person: String
  ) async throws -> ReceiptDocument {
    let body = event.body
    guard let count = CashCount(json: body["counts"]) else {
      throw StoreProblem.badRecord("tillClosed")
    }
    let reason = body["reason"]?.stringValue.flatMap(OverShortReason.init(rawValue:))
    return ReceiptDocument(
      zReport: ZReportFacts(
        heading: heading, number: number(event.head.epoch, body["number"]),
        reading: try await reading(body, at: heading.station.id),
        counted: count.rows.filter { $0.count > 0 }.map {
          DenominationCount(denomination: Money(fen: $0.denominationFen), count: $0.count)
        },
        closing: TillClosing(
          closedBy: person, reason: reason.map { SlipName($0.name, en: $0.nameEn) }),
        perpetual: try PerpetualTotals(json: body["perpetual"]),
        proof: try await proof(of: event)))
  }

  private func dayClose(
    _ event: StoredEvent, _ heading: SlipHeading, closedBy person: String
  ) async throws -> ReceiptDocument {
    let body = event.body
    guard let date = body["businessDate"]?.stringValue.flatMap({ BusinessDate($0) }) else {
      throw StoreProblem.badRecord("dayClosed")
    }
    return ReceiptDocument(
      dayClose: DayCloseFacts(
        heading: heading, number: number(event.head.epoch, body["number"]), businessDate: date,
        zNumbers: (body["zNumbers"]?.arrayValue ?? []).map { number(event.head.epoch, $0) },
        totals: try await totals(body), tenders: tenders(body), closedBy: person,
        proof: try await proof(of: event)))
  }

  private func monthClose(
    _ event: StoredEvent, _ heading: SlipHeading, closedBy person: String
  ) async throws -> ReceiptDocument {
    let body = event.body
    let days = (body["days"]?.arrayValue ?? []).compactMap { day -> Receipt.ClosedDay? in
      guard let date = day["businessDate"]?.stringValue.flatMap({ BusinessDate($0) }) else {
        return nil
      }
      return Receipt.ClosedDay(
        businessDate: date, number: number(event.head.epoch, day["number"]),
        net: day.fen("salesFen") - day.fen("returnsFen"), transfer: day.fen("transferFen"))
    }
    return ReceiptDocument(
      monthClose: MonthCloseFacts(
        heading: heading, month: body["month"]?.stringValue ?? "", days: days,
        totals: try await totals(body), tenders: tenders(body), closedBy: person,
        proof: try await proof(of: event)))
  }

  /// Money for meals, or what of it was given back.
  private func mealMoney(
    _ event: StoredEvent, _ heading: SlipHeading, takenBy person: String
  ) async throws -> ReceiptDocument {
    let deposit = try MealDeposit(body: event.body)
    let name = try await store.personName(deposit.personID) ?? ""
    let account = MealAccount(
      balance: event.body.fen("balanceFen"), owed: event.body.fen("owedFen"))
    return ReceiptDocument(
      mealMoney: MealMoneySlipFacts(
        heading: heading, person: MaskedName(name), purpose: deposit.purpose,
        amount: deposit.amount, kind: deposit.kind, given: deposit.given,
        account: event.kind == .mealMoneyTaken ? account : nil, takenBy: person,
        proof: SlipProof(journal: event.head)))
  }

  private func number(_ epoch: Int64, _ json: JSON?) -> ReceiptNumber {
    ReceiptNumber(epoch: epoch, number: json?.integerValue ?? 0)
  }

  /// The check code, and the signature where the record has one.
  private func proof(of event: StoredEvent) async throws -> SlipProof {
    let seal = try await store.seal(of: event)
    return SlipProof(
      journal: event.head,
      signature: seal.map {
        SlipSignature(
          signature: String(hexText($0.signature).prefix(16)),
          keyFingerprint: String($0.fingerprint.prefix(16)))
      })
  }
}

// What tills, days and months came to, from the members of their records.
extension ReceiptRoom {
  private func reading(_ body: JSON, at stationID: StationID) async throws -> Receipt.TillReading {
    let sums = try LedgerSums(json: body["ledger"] ?? [])
    let tenders = body["tenders"]?.arrayValue ?? []
    let accounts = sums.rows.map {
      LedgerStream(name: SlipName(""), account: $0.account, posted: $0.amount)
    }
    return Receipt.TillReading(
      session: try await session(body, at: stationID),
      counts: TillCounts(
        sales: Int(body["sales"]?.count("count") ?? 0),
        returns: Int(body["returns"]?.count("count") ?? 0),
        voids: Int(body["voids"]?.count("count") ?? 0),
        drawerOpenings: Int(body.count("drawerOpenings")), reprints: nil),
      tenders: tenders.compactMap(codeTender),
      money: TillMoney(
        sales: (body["sales"]?.fen("totalFen") ?? .zero) - gifts(sums),
        returns: body["returns"]?.fen("totalFen") ?? .zero, gifts: gifts(sums),
        concession: sums[.concession].wholeFen, pledge: sums[.pledge],
        cashRounding: -sums[.rounding].wholeFen,
        vouchers: try await voucherClaims(accounts).map {
          NamedAmount(name: $0.programme, amount: $0.amount)
        }, coupons: couponAmounts(accounts), mealTopUps: -sums[.mealAccounts].wholeFen,
        mealPayments: -sums[.mealsOnAccount].wholeFen, cash: cash(body, tenders)))
  }

  private func gifts(_ sums: LedgerSums) -> Money {
    -sums.rows.filter { $0.account.hasPrefix("liabilities:gifts:") }.lazy.map(\.amount).total
      .wholeFen
  }

  private func codeTender(_ tender: JSON) -> TenderReading? {
    guard let kind = tender["kind"]?.stringValue.flatMap(TenderKind.init(rawValue:)),
      kind != .cash
    else { return nil }
    return TenderReading(
      kind: kind, taken: tender.fen("takenFen") + tender.fen("correctedFen"),
      refunded: tender.fen("refundedFen"))
  }

  /// Cash as it stayed: the change is already taken off.
  private func cash(_ body: JSON, _ tenders: [JSON]) -> CashReading {
    let cash = tenders.first { $0["kind"]?.stringValue == TenderKind.cash.rawValue } ?? .null
    let movements = (body["movements"]?.arrayValue ?? []).compactMap {
      row -> Receipt.CashMovement? in
      guard row.count("count") > 0,
        let kind = row["kind"]?.stringValue.flatMap(Receipt.CashMovement.Kind.init(rawValue:))
      else { return nil }
      let times = row.count("count")
      return Receipt.CashMovement(
        kind: kind, amount: row.fen("amountFen"), reason: SlipName("\(times) 次", en: "times"),
        localTime: "")
    }
    return CashReading(
      float: body.fen("floatFen"), taken: cash.fen("takenFen") + cash.fen("correctedFen"),
      change: nil, refunds: cash.fen("refundedFen"), movements: movements)
  }

  private func session(_ body: JSON, at stationID: StationID) async throws -> TillSessionFacts {
    let tillID: TillID = try body.id("tillID")
    guard
      let till = try await store.tills(of: stationID).first(where: { $0.id == tillID }),
      let known = try await store.tillReading(id: try body.id("tillSessionID"), at: stationID)
    else { throw StoreRefusal.notFound }
    let openedAt = localTimeText(atMs: known.session.openedAtMs)
    var people = [
      ResponsiblePerson(
        name: try await store.displayName(of: known.session.openedBy), since: openedAt)
    ]
    if known.responsible != known.session.openedBy {
      people.append(
        ResponsiblePerson(name: try await store.displayName(of: known.responsible), since: ""))
    }
    return TillSessionFacts(
      tillName: till.name, businessDate: known.businessDate, openedAt: openedAt,
      endedAt: known.endedAtMs.map { localTimeText(atMs: $0) }, responsible: people)
  }

  private func totals(_ body: JSON) async throws -> CloseTotals {
    let campaigns = try await store.campaigns()
    let transfer = body["fundTransfer"] ?? .null
    let streams = (body["streams"]?.arrayValue ?? []).map(stream)
    let overShort = streams.first { $0.account == Account.overShort.name }?.posted ?? .zero
    return CloseTotals(
      saleCount: body.count("saleCount"), sales: body.fen("salesFen"),
      returnCount: body.count("returnCount"), returns: body.fen("returnsFen"), streams: streams,
      coupons: couponAmounts(streams),
      fundTransfer: FundTransfer(
        carriedIn: transfer.microYuan("carriedInMicroYuan"),
        pledge: transfer.microYuan("pledgeMicroYuan"), transfer: transfer.fen("transferFen"),
        carriedOut: transfer.microYuan("carriedOutMicroYuan")),
      gifts: (body["giftTransfers"]?.arrayValue ?? []).map { gift in
        let id = gift["campaign"]?.stringValue ?? ""
        let campaign = campaigns.first { $0.id == id }
        return NamedAmount(
          name: SlipName(campaign?.name ?? id, en: campaign?.nameEn ?? ""),
          amount: gift.fen("amountFen"))
      },
      reliefFund: body.fen("reliefFundTransferFen"), overShort: -overShort.wholeFen,
      vouchers: try await voucherClaims(streams))
  }

  private func stream(_ json: JSON) -> LedgerStream {
    let stream = json["stream"]?.stringValue.flatMap(POS.Stream.init(rawValue:)) ?? .other
    return LedgerStream(
      name: SlipName(stream.name, en: stream.nameEn),
      account: json["account"]?.stringValue ?? "", posted: json.microYuan("amountMicroYuan"))
  }

  private func tenders(_ body: JSON) -> [TenderMatch] {
    (body["tenders"]?.arrayValue ?? []).compactMap { tender in
      guard let kind = tender["kind"]?.stringValue.flatMap(TenderKind.init(rawValue:)) else {
        return nil
      }
      let statement = tender["statementFen"]?.integerValue
      return TenderMatch(
        kind: kind, net: tender.fen("netFen"), statement: statement.map { Money(fen: $0) })
    }
  }
}

extension JSON {
  /// The id in a member of a record.
  func id<Subject>(_ name: String) throws -> Identifier<Subject> {
    guard let id = self[name]?.stringValue.flatMap({ Identifier<Subject>($0) }) else {
      throw StoreProblem.badRecord(name)
    }
    return id
  }

  fileprivate func count(_ name: String) -> Int64 { self[name]?.integerValue ?? 0 }

  fileprivate func fen(_ name: String) -> Money { Money(fen: count(name)) }

  fileprivate func microYuan(_ name: String) -> MicroYuan { MicroYuan(count(name)) }
}

extension MicroYuan {
  /// Whole fen; accounts that hold money, not pledges, have no less.
  var wholeFen: Money { Money(fen: value / MicroYuan.perFen) }
}
