import POS
import POSStore

/// The one place where refusals of the rules and the store become answers.
enum StoreProblems {
  /// The problem behind an error of the layers below; `nil` if it is none that a client can know.
  static func problem(_ error: any Error) -> Problem? {
    switch error {
    case let refusal as StoreRefusal: problem(refusal)
    case let refusal as CheckoutRefusal: problem(refusal)
    case let refusal as ReturnRefusal: problem(refusal)
    case let refusal as TillRefusal: problem(refusal)
    case let refusal as PrintDecisionRefusal:
      Problem(.notDecidable, ["state": .string(refusal.state.rawValue)])
    case let refusal as DayRefusal: problem(refusal)
    case let refusal as TenderCorrectionRefusal: problem(refusal)
    case let refusal as ReliefRefusal: problem(refusal)
    case let refusal as MealRefusal: problem(refusal)
    case let refusal as TerminalRefusal: problem(refusal)
    case let item as RefusedItem: problem(item.refusal, index: item.index)
    case let refusal as ItemRefusal: problem(refusal, index: nil)
    case let failure as StoreFailure: problem(failure)
    default: nil
    }
  }

  private static func problem(_ refusal: StoreRefusal) -> Problem {
    switch refusal {
    case .notFound: Problem(.notFound)
    case .idReused: Problem(.idReused)
    case .noOpenTillSession: Problem(.tillSessionClosed)
    case .tillIsOpen(let id): Problem(.tillSessionOpen, ["tillSessionID": .string(id.text)])
    case .basketGone: Problem(.basketGone)
    case .approvalNotValid: Problem(.approvalNotValid)
    case .userNameTaken: Problem(.userNameTaken)
    case .lastManager: Problem(.lastManager)
    case .tillNameTaken:
      Problem(.badValue, ["member": "name", "expected": "a name that no till here has"])
    case .policy(let refusal): Problem(.badValue, refusal.values)
    case .unknownCampaign(let id): Problem(.unknownCampaign, ["campaign": .string(id)])
    case .alreadySetUp: Problem(.internalError)
    case .codeTaken: Problem(.codeTaken)
    case .partnerNameTaken: Problem(.partnerNameTaken)
    case .personKnown(let id): Problem(.personKnown, ["personID": .string(id.text)])
    case .unknownCategory(let code): Problem(.unknownCategory, ["category": .string(code)])
    case .phoneKnown(let id): Problem(.phoneKnown, ["memberID": .string(id.text)])
    case .pricingIsFixed:
      Problem(.badValue, ["member": "pricing", "expected": "as it is in the catalogue"])
    case .costOfGift: Problem(.badValue, ["member": "lines", "expected": "no costFen: a gift"])
    }
  }

  private static func problem(_ refusal: CheckoutRefusal) -> Problem {
    switch refusal {
    case .emptyBasket: Problem(.emptyBasket)
    case .voucherRefused(let id, let reason):
      Problem(
        .voucherRefused, ["voucherID": .string(id.text), "reason": .string(reason.code)])
    case .vouchersChanged(let now, _):
      Problem(
        .vouchersChanged,
        ["voucherFen": .integer(now.paid.fen), "forfeitFen": .integer(now.forfeited.fen)])
    case .priceChanged(let due, let seen):
      Problem(.priceChanged, ["dueFen": .integer(due.fen), "seenFen": .integer(seen.fen)])
    case .approvalNeeded(let acts): approvalNeeded(acts)
    case .codePaymentsExceedDue(let excess):
      Problem(.overpaidWithoutCash, ["excessFen": .integer(excess.fen)])
    case .underpaid(let missing):
      Problem(.underpaid, ["remainingFen": .integer(missing.fen)])
    }
  }

  private static func problem(_ refusal: ReturnRefusal) -> Problem {
    switch refusal {
    case .nothingAsked: Problem(.nothingAsked)
    case .unknownLine(let line): Problem(.unknownLine, ["line": .integer(Int64(line))])
    case .lineNamedTwice(let line):
      Problem(.badValue, ["member": "items", "line": .integer(Int64(line))])
    case .wrongKindOfQuantity(let line):
      Problem(.wrongQuantity, ["line": .integer(Int64(line))])
    case .moreThanLeft(let line, _, 0):
      Problem(.nothingLeftToReturn, ["line": .integer(Int64(line))])
    case .moreThanLeft(let line, let asked, let left):
      Problem(
        .moreThanLeft,
        ["line": .integer(Int64(line)), "asked": .integer(asked), "left": .integer(left)])
    case .noGiftLeft: Problem(.noGiftLeft)
    case .refundChanged(let refund, let seen):
      Problem(
        .refundChanged, ["refundFen": .integer(refund.fen), "seenFen": .integer(seen.fen)])
    case .approvalNeeded(let acts): approvalNeeded(acts)
    }
  }

  private static func problem(_ refusal: TillRefusal) -> Problem {
    switch refusal {
    case .clockBehind(let lastMs, let nowMs):
      Problem(.clockBehind, ["lastMs": .integer(lastMs), "nowMs": .integer(nowMs)])
    case .clockAhead(let lastMs, let nowMs):
      Problem(.clockAhead, ["lastMs": .integer(lastMs), "nowMs": .integer(nowMs)])
    case .approvalNeeded(let act): approvalNeeded([act])
    case .sessionClosed: Problem(.tillSessionClosed)
    case .notOpposite: Problem(.correctionNotOpposite)
    case .alreadyCorrected: Problem(.alreadyCorrected)
    case .countStale: Problem(.countStale)
    case .reasonNeeded(let difference, let tolerance):
      Problem(
        .reasonNeeded,
        ["differenceFen": .integer(difference.fen), "toleranceFen": .integer(tolerance.fen)])
    }
  }

  private static func problem(_ refusal: TerminalRefusal) -> Problem {
    switch refusal {
    case .unknownCentre: Problem(.notFound)
    case .serialInUse: Problem(.terminalKnown)
    case .retired: Problem(.terminalRetired)
    }
  }

  static func problem(_ refusal: DayRefusal) -> Problem {
    switch refusal {
    case .past(let date): Problem(.dayPast, ["lastClosed": .string(date.description)])
    case .notBegun(let today): Problem(.dayNotBegun, ["today": .string(today.description)])
    case .earlierDayOpen(let date):
      Problem(.earlierDayOpen, ["businessDate": .string(date.description)])
    case .tillsNotClosed(let ids):
      Problem(.tillsNotClosed, ["tillSessionIDs": .array(ids.map { .string($0.text) })])
    case .monthNotOver(let today): Problem(.monthNotOver, ["today": .string(today.description)])
    }
  }

  private static func problem(_ refusal: TenderCorrectionRefusal) -> Problem {
    switch refusal {
    case .unknownTender(let index):
      Problem(.unknownTender, ["tender": .integer(Int64(index))])
    case .sameKind: Problem(.sameTender)
    case .hasReturns: Problem(.hasReturns)
    }
  }

  private static func problem(_ refusal: ReliefRefusal) -> Problem {
    switch refusal {
    case .programmeEnded: Problem(.programmeEnded)
    case .personNotEligible(let index, let reason):
      Problem(
        .personNotEligible,
        ["index": .integer(Int64(index)), "reason": .string(reason.rawValue)])
    case .validityPast: Problem(.validityPast)
    case .voucherState(let state): Problem(.voucherState, ["state": .string(state.rawValue)])
    case .nothingLeft: Problem(.nothingLeft)
    case .couponCodeTaken: Problem(.couponCodeTaken)
    case .couponEnded: Problem(.couponEnded)
    case .alreadyHandedOut: Problem(.alreadyHandedOut)
    case .unknownVoucher(let index):
      Problem(.unknownVoucher, ["index": .integer(Int64(index))])
    case .unknownCoupon(let index): Problem(.unknownCoupon, ["index": .integer(Int64(index))])
    case .unknownMember: Problem(.noSuchMember)
    }
  }

  private static func problem(_ refusal: MealRefusal) -> Problem {
    switch refusal {
    case .enrolmentOverlaps(let id):
      Problem(.enrolmentOverlaps, ["enrolmentID": .string(id.text)])
    case .ownWitness: Problem(.ownWitness)
    case .rulingDoesNotFit(let verdict):
      Problem(.rulingDoesNotFit, ["verdict": .string(verdict)])
    case .managerNeeded: Problem(.wrongRole, ["role": .string(Role.centre.rawValue)])
    case .underpaid(let missing):
      Problem(.underpaid, ["remainingFen": .integer(missing.fen)])
    case .notToBeUndone: Problem(.notToBeUndone)
    case .moreThanOwed(let owed): Problem(.moreThanOwed, ["owedFen": .integer(owed.fen)])
    }
  }

  private static func approvalNeeded(_ acts: Set<ManagedAct>) -> Problem {
    Problem(
      .approvalNeeded, ["acts": .array(acts.map(\.rawValue).sorted().map(JSON.string))])
  }

  private static func problem(_ refusal: ItemRefusal, index: Int?) -> Problem {
    let place: JSON = index.map { .integer(Int64($0)) } ?? .null
    return switch refusal {
    case .badBarcode(let digits, _):
      Problem(.badBarcode, ["index": place, "barcode": .string(digits)])
    case .unknownBarcode(let digits):
      Problem(.unknownBarcode, ["index": place, "barcode": .string(digits)])
    case .unknownProduct: Problem(.unknownProduct, ["index": place])
    case .quantityMissing: Problem(.quantityMissing, ["index": place])
    case .quantityOnLabel: Problem(.quantityOnLabel, ["index": place])
    case .wrongKindOfQuantity: Problem(.wrongQuantity, ["index": place])
    case .emptyLabel: Problem(.emptyLabel, ["index": place])
    }
  }

  private static func problem(_ failure: StoreFailure) -> Problem {
    switch failure {
    case .diskFull: Problem(.diskFull)
    case .failed: Problem(.storageFailed)
    }
  }
}
