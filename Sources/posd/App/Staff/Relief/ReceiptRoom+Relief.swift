import POS
import POSStore
import Receipt

// Vouchers, hand-outs and claims: drawn from their records when they print. A voucher's code is made
// then, and stands nowhere else.
extension ReceiptRoom {
  /// The slip of a record of relief; `nil` if its kind has none.
  func reliefDocument(of event: StoredEvent, copy: Int) async throws -> ReceiptDocument? {
    let stationID: StationID = try event.body.id("stationID")
    let heading = try await heading(at: stationID, atMs: event.atMs, copy: copy)
    switch event.kind {
    case .voucherPrinted: return try await voucher(event.body, heading)
    case .handedOut: return try await handOut(event, heading)
    default: return nil
    }
  }

  private func voucher(_ body: JSON, _ heading: SlipHeading) async throws -> ReceiptDocument? {
    let id: VoucherID = try body.id("voucherID")
    guard let voucher = try await store.voucher(id: id, at: heading.station.id),
      let leftFen = body["leftFen"]?.integerValue
    else { return nil }
    let code = try await store.code(of: id)
    let programme = SlipName(voucher.programme.name, en: voucher.programme.nameEn)
    guard body["slip"]?.stringValue == VoucherSlip.voucher.rawValue else {
      return ReceiptDocument(
        voucherBalance: VoucherBalanceFacts(
          heading: heading, programme: programme, code: code.text, before: Money(fen: leftFen),
          validTo: voucher.validity.upperBound))
    }
    return ReceiptDocument(
      voucher: VoucherSlipFacts(
        heading: heading, programme: programme,
        kind: voucher.programme.terms.kind == .singleUse ? .singleUse : .balance,
        amount: Money(fen: leftFen), validity: voucher.validity,
        goods: voucher.programme.terms.goods.allowed.map { $0.sorted() } ?? [], code: code.text))
  }

  private func handOut(
    _ event: StoredEvent, _ heading: SlipHeading
  ) async throws -> ReceiptDocument? {
    let handOut = try HandOut(body: event.body)
    let programme = try await store.programmeNames([handOut.programmeID])[handOut.programmeID]
    let name = try await store.personName(handOut.personID) ?? ""
    return ReceiptDocument(
      handOut: HandOutSlipFacts(
        heading: heading,
        number: ReceiptNumber(
          epoch: event.head.epoch, number: event.body["number"]?.integerValue ?? 0),
        programme: SlipName(programme?.name ?? "", en: programme?.nameEn ?? ""),
        person: MaskedName(name), goods: handOut.lines.map(\.handed),
        handedBy: try await store.displayName(of: handOut.userID),
        proof: SlipProof(journal: event.head)))
  }

  /// The slip of a claim.
  func document(
    of claim: Claim, in claims: DayClaims, named programme: Programme?, at stationID: StationID,
    atMs: Int64
  ) async throws -> ReceiptDocument {
    let heading = try await heading(at: stationID, atMs: atMs, copy: 0)
    let party = programme.map { SlipName($0.name, en: $0.nameEn) } ?? SlipName(claim.party.text)
    return ReceiptDocument(
      claim: ClaimSlipFacts(
        heading: heading, businessDate: claims.businessDate, isDayClosed: claims.isClosed,
        name: party, funder: programme?.funder ?? claim.party.text,
        lines: claim.lines.map(\.slipLine), amount: claim.amount, forfeited: claim.forfeited,
        areChecksGood: claim.checks.allSatisfy(\.isGood)))
  }

  /// What sponsors of coupons owe, of the streams of a close.
  func couponAmounts(_ streams: [LedgerStream]) -> [NamedAmount] {
    streams.compactMap { stream in
      stream.account.rest(after: "assets:coupon-claims:").map {
        NamedAmount(
          name: $0 == "fund" ? SlipName("慈善基金", en: "Charity fund") : SlipName($0),
          amount: stream.posted.wholeFen)
      }
    }
  }

  /// What funders of programmes owe, of the streams of a close.
  func voucherClaims(_ streams: [LedgerStream]) async throws -> [VoucherClaim] {
    let found = streams.compactMap { stream in
      stream.account.rest(after: "assets:voucher-claims:").flatMap { ProgrammeID($0) }.map {
        (id: $0, amount: stream.posted.wholeFen)
      }
    }
    let programmes = try await store.programmeNames(Set(found.map(\.id)))
    return found.map { id, amount in
      let forfeited = streams.first { $0.account == Account.forfeited(id).name }?.posted
      return VoucherClaim(
        programme: SlipName(programmes[id]?.name ?? "", en: programmes[id]?.nameEn ?? ""),
        amount: amount, forfeited: forfeited?.wholeFen ?? .zero)
    }
  }
}

extension String {
  fileprivate func rest(after prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}

extension HandOutLine {
  fileprivate var handed: HandedGoods {
    switch quantity {
    case .units(let units): HandedGoods(name: name, quantity: "\(units) \(unit)")
    case .grams(let grams): HandedGoods(name: name, quantity: "\(grams) g")
    }
  }
}

extension ClaimLine {
  fileprivate var slipLine: ClaimSlipFacts.Line {
    ClaimSlipFacts.Line(
      number: ReceiptNumber(epoch: epoch, number: number), line: line.map { $0 + 1 },
      goods: goods, amount: amount, forfeited: forfeited, isReturn: isReturn)
  }
}
