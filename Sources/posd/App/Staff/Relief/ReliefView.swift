import POS
import POSStore

extension Programme {
  /// A programme as the API shows it.
  var view: JSON {
    JSON.members([
      "id": .string(id.text), "version": .integer(version), "name": .string(name),
      "nameEn": .string(nameEn), "funder": .string(funder),
      "people": people.map { .array($0.sorted().map(JSON.string)) } ?? .null,
      "kind": .string(terms.kind.rawValue), "refundPolicy": .string(terms.refundPolicy.rawValue),
      "dailyCapFen": terms.dailyCap.map { .integer($0.fen) } ?? .null,
      "goods": terms.goods.json, "window": terms.window.json, "isEnded": .bool(isEnded),
    ])
  }

  /// What everybody may see of it.
  var publicView: JSON {
    .members(["id": .string(id.text), "name": .string(name), "nameEn": .string(nameEn)])
  }
}

extension StoredVoucher {
  /// What can be done with it on a day.
  func stateText(on today: BusinessDate) -> String {
    switch state {
    case .blocked, .replaced: state.rawValue
    case .active where left == .zero: "spent"
    case .active where validity.upperBound < today: "expired"
    case .active where validity.lowerBound > today: "notYetValid"
    case .active: "active"
    }
  }

  /// What a cashier sees: never for whom it is.
  func view(code: VoucherCode, on today: BusinessDate) -> JSON {
    .members([
      "voucherID": .string(id.text), "codeEnd": .string(code.end),
      "programme": programme.publicView, "kind": .string(programme.terms.kind.rawValue),
      "worthFen": .integer(worth.fen), "leftFen": .integer(left.fen),
      "validFrom": .string(validity.lowerBound.description),
      "validUntil": .string(validity.upperBound.description),
      "state": .string(stateText(on: today)), "goods": programme.terms.goods.json,
      "window": programme.terms.window.json,
      "dailyCapFen": programme.terms.dailyCap.map { .integer($0.fen) } ?? .null,
    ])
  }

  /// What a manager sees.
  func managerView(code: VoucherCode, on today: BusinessDate) -> JSON {
    view(code: code, on: today).adding("personID", personID.map { .string($0.text) } ?? .null)
  }
}

extension StoredCoupon {
  /// A coupon as the API shows it.
  var view: JSON {
    terms.json.adding("useCount", .integer(Int64(useCount))).adding("isEnded", .bool(isEnded))
  }
}

extension VoucherPlacement {
  /// What becomes of a voucher in a basket.
  func view(_ programme: Programme?, codeEnd: String) -> JSON {
    .members([
      "voucherID": .string(offer.id.text), "codeEnd": .string(codeEnd),
      "programme": programme?.publicView ?? .null, "kind": .string(offer.terms.kind.rawValue),
      "worthFen": .integer(offer.worth.fen), "placedFen": .integer(paid.fen),
      "forfeitedFen": .integer(forfeited.fen), "leftFen": .integer(left.fen),
      "expiry": .string(offer.expiry.description),
      "lines": .array(
        cells.enumerated().filter { $0.element != .zero }.map { line, amount in
          .members(["line": .integer(Int64(line)), "amountFen": .integer(amount.fen)])
        }),
      "uncovered": .array(
        uncovered.map {
          .members(["line": .integer(Int64($0.line)), "reason": .string($0.reason.code)])
        }), "refusal": refusal?.view ?? .null,
    ])
  }
}

extension CouponOutcome {
  /// What became of a coupon in a basket.
  var view: JSON {
    .members([
      "couponID": .string(terms.id.text), "code": .string(terms.code),
      "name": .string(terms.name), "nameEn": .string(terms.nameEn),
      "payer": .string(terms.payer.text), "amountFen": .integer(amount.fen),
      "refusal": refusal?.view ?? .null,
    ])
  }
}

/// A refusal as data: `{"code","values"}`.
private func refusalView(_ code: String, _ values: KeyValuePairs<String, JSON?> = [:]) -> JSON {
  .members(["code": .string(code), "values": .members(values)])
}

extension VoucherRefusal {
  /// The refusal as data.
  var view: JSON {
    switch self {
    case .notWithHolder: refusalView(code)
    case .notYetValid(let from): refusalView(code, ["from": .string(from.description)])
    case .expired(let until): refusalView(code, ["until": .string(until.description)])
    case .notOnThisWeekday, .notAtThisHour, .notAtThisStation, .spent, .blocked,
      .noEligibleGoods:
      refusalView(code)
    case .dailyCapReached(let cap): refusalView(code, ["capFen": .integer(cap.fen)])
    }
  }

  /// Its stable name.
  var code: String {
    switch self {
    case .notWithHolder: "not_with_holder"
    case .notYetValid: "not_yet_valid"
    case .expired: "expired"
    case .notOnThisWeekday: "not_on_this_weekday"
    case .notAtThisHour: "not_at_this_hour"
    case .notAtThisStation: "not_at_this_station"
    case .spent: "spent"
    case .blocked: "blocked"
    case .dailyCapReached: "daily_cap_reached"
    case .noEligibleGoods: "no_eligible_goods"
    }
  }
}

extension UncoveredReason {
  /// Its stable name.
  var code: String {
    switch self {
    case .deniedToRelief: "denied_to_relief"
    case .categoryDenied: "category_denied"
    case .categoryNotAllowed: "category_not_allowed"
    case .dailyCapReached: "daily_cap_reached"
    case .worthUsed: "worth_used"
    }
  }
}

extension CouponRefusal {
  /// The refusal as data.
  var view: JSON {
    switch self {
    case .ended: refusalView("ended")
    case .memberNeeded: refusalView("member_needed")
    case .notYetValid(let from):
      refusalView("not_yet_valid", ["from": .string(from.description)])
    case .expired(let until): refusalView("expired", ["until": .string(until.description)])
    case .notOnThisWeekday: refusalView("not_on_this_weekday")
    case .notAtThisHour: refusalView("not_at_this_hour")
    case .notAtThisStation: refusalView("not_at_this_station")
    case .usedUp: refusalView("used_up")
    case .usedUpByMember: refusalView("used_up_by_member")
    case .groupTaken(let group): refusalView("group_taken", ["group": .string(group)])
    case .noEligibleGoods: refusalView("no_eligible_goods")
    case .belowMinimumSpend(let needed, let spent):
      refusalView(
        "below_minimum_spend",
        ["neededFen": .integer(needed.fen), "spentFen": .integer(spent.fen)])
    case .nothingOff: refusalView("nothing_off")
    }
  }
}

extension Sale {
  /// Vouchers, coupons and member of a sale, where it has any.
  var reliefView: [JSON.Member] {
    var members: [JSON.Member] = []
    if !vouchers.isEmpty {
      members.append(JSON.Member("vouchers", .array(vouchers.map(\.view))))
      members.append(
        JSON.Member("voucherFen", .integer(vouchers.lazy.map(\.paid).total.fen)))
      members.append(
        JSON.Member("forfeitFen", .integer(vouchers.lazy.map(\.forfeited).total.fen)))
    }
    if !coupons.isEmpty {
      members.append(
        JSON.Member(
          "coupons",
          .array(
            coupons.map {
              .members([
                "couponID": .string($0.id.text), "amountFen": .integer($0.amount.fen),
              ])
            })))
    }
    if let memberID { members.append(JSON.Member("memberID", .string(memberID.text))) }
    return members
  }
}

extension PlacedVoucher {
  fileprivate var view: JSON {
    .members([
      "voucherID": .string(id.text), "programmeID": .string(programmeID.text),
      "kind": .string(kind.rawValue), "worthFen": .integer(worth.fen),
      "paidFen": .integer(paid.fen), "forfeitedFen": .integer(forfeited.fen),
      "leftFen": .integer(left.fen),
    ])
  }
}
