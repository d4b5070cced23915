import POS
import POSStore
import Receipt

/// Draws the receipts of stored sales and returns.
struct ReceiptRoom: Sendable {
  /// For whom a receipt is: the public page shows neither the cashier nor payment references.
  enum Audience {
    case shopper
    case anyone
  }

  let store: Store
  /// What links to public pages begin with, if there are such pages.
  let publicBaseURL: String?
  /// The station's logo and font.
  var looks = SlipLooks()

  /// What a print job prints; `nil` if its record has no such document.
  func document(of job: PrintJob) async throws -> ReceiptDocument? {
    switch job.subject.document {
    case .sale, .saleReturn:
      guard let saleID = job.subject.saleID,
        let stored = try await store.sale(id: saleID, at: job.stationID)
      else { return nil }
      return try await document(of: stored, copy: job.copy)
    case .xReport, .zReport, .dayClose, .monthClose, .mealMoney, .mealMoneyUndone:
      let event = try await store.event(
        epoch: job.subject.epoch, sequence: job.subject.sequence, at: job.stationID)
      guard let event else { return nil }
      return try await document(of: event, copy: job.copy)
    case .voucher, .voucherBalance, .handOut:
      let event = try await store.reliefEvent(
        epoch: job.subject.epoch, sequence: job.subject.sequence, at: job.stationID)
      guard let event else { return nil }
      return try await reliefDocument(of: event, copy: job.copy)
    }
  }

  /// The receipt of a stored sale or return.
  ///
  /// - Parameter copy: 0 for the first print, then the count of reprints.
  func document(
    of stored: StoredSale, copy: Int, for audience: Audience = .shopper
  ) async throws -> ReceiptDocument {
    switch stored {
    case .sale(let sale):
      let heading = try await heading(
        sale.value.context, epoch: sale.head.epoch, number: sale.number, copy: copy, audience)
      var facts = SaleReceiptFacts(
        sale.value, heading: heading, pledgeRate: try rate(sale.value.policyID),
        campaign: try await campaign(sale.value.gift?.campaign),
        proof: proof(sale.head, sale.value.id))
      facts.couponNames = try await couponNames(of: sale.value, for: audience)
      return document(facts, for: audience)
    case .saleReturn(let made):
      let context = made.value.context
      guard
        case .sale(let original)? = try await store.sale(
          id: made.value.originalID, at: context.stationID)
      else { throw StoreRefusal.notFound }
      var heading = try await heading(
        context, epoch: made.head.epoch, number: made.number, copy: copy, audience)
      heading.original = ReceiptNumber(epoch: original.head.epoch, number: original.number)
      var facts = SaleReceiptFacts(
        made.value, of: original.value, heading: heading,
        pledgeRate: try rate(made.value.policyID),
        campaign: try await campaign(made.value.gift?.campaign),
        proof: proof(made.head, made.value.id))
      facts.couponNames = try await couponNames(of: original.value, for: audience)
      return document(facts, for: audience)
    }
  }

  /// The names of a sale's coupons; which coupons a shopper has is nobody else's matter.
  private func couponNames(of sale: Sale, for audience: Audience) async throws -> [String: SlipName]
  {
    guard case .shopper = audience else { return [:] }
    var names: [String: SlipName] = [:]
    for coupon in sale.coupons {
      let terms = try await store.coupon(id: coupon.id, at: sale.context.stationID)?.terms
      names[coupon.id.text] = terms.map { SlipName($0.name, en: $0.nameEn) }
    }
    return names
  }

  private func document(
    _ facts: SaleReceiptFacts, for audience: Audience
  ) -> ReceiptDocument {
    var facts = facts
    switch audience {
    case .shopper: break
    case .anyone:
      facts.tenders = facts.tenders.map { SaleReceiptTender(kind: $0.kind, amount: $0.amount) }
      // What is left on a voucher is for its holder to read.
      facts.vouchers = facts.vouchers.map {
        if case .left = $0.rest {
          SaleReceiptVoucher(amount: $0.amount, rest: .forfeited(.zero))
        } else {
          $0
        }
      }
    }
    var document = ReceiptDocument(sale: facts)
    if let logo = looks.logo { document.blocks.insert(.image(logo), at: 0) }
    return document
  }

  private func rate(_ policyID: String) throws -> BasisPoints {
    guard let policy = store.policies.policy(id: policyID) else {
      throw StoreProblem.badRecord("policy")
    }
    return policy.pledgeRate
  }

  private func proof(_ head: JournalHead, _ id: SaleID) -> SaleReceiptProof {
    SaleReceiptProof(journal: head, publicURL: publicBaseURL.map { "\($0)/r/\(id.text)" })
  }

  private func heading(
    _ context: TillContext, epoch: Int64, number: Int64, copy: Int, _ audience: Audience
  ) async throws -> SaleReceiptHeading {
    guard let station = try await store.stations().first(where: { $0.id == context.stationID })
    else { throw StoreRefusal.notFound }
    let cashier: String? =
      switch audience {
      case .shopper: try await store.displayName(of: context.userID)
      case .anyone: nil
      }
    return SaleReceiptHeading(
      station: station, number: ReceiptNumber(epoch: epoch, number: number),
      localTime: localTimeText(atMs: context.atMs), cashier: cashier, copy: copy)
  }

  private func campaign(_ id: String?) async throws -> (name: String, nameEn: String)? {
    guard let id, id != Gift.generalCampaign else { return nil }
    return try await store.campaigns().first { $0.id == id }.map { ($0.name, $0.nameEn) }
  }
}
