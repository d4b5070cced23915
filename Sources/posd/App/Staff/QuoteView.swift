import POS

extension Quote {
  /// The quote as an answer; with a payment if something was tendered.
  func view(_ payment: Payment?) -> JSON {
    let toPay = payment?.remaining ?? policy.cashRounding.rounded(remaining)
    return .members([
      "policyID": .string(policy.id),
      "lines": JSON.array(lines.enumerated().map { $1.view(index: $0) }),
      "gift": gift?.json ?? .null,
      "totals": totals.view,
      "payment": payment.map(\.view) ?? .null,
      "cashSuggestionsFen": .array(cashSuggestions(for: toPay).map { .integer($0.fen) }),
      "approvalsNeeded": .array(managedActs.map(\.rawValue).sorted().map(JSON.string)),
    ])
  }
}

extension LineItem {
  /// The line as an answer.
  func view(index: Int) -> JSON {
    json.adding("index", .integer(Int64(index))).adding("pledge", .string(pledge.yuanText))
  }
}

extension Totals {
  var view: JSON {
    .members([
      "listFen": .integer(list.fen), "concessionFen": .integer(concession.fen),
      "adjustmentFen": .integer(adjustment.fen), "netFen": .integer(net.fen),
      "giftFen": .integer(gift.fen), "dueFen": .integer(due.fen),
      "pledgeMicroYuan": .integer(pledge.value), "pledge": .string(pledge.yuanText),
    ])
  }
}

extension Payment {
  var view: JSON {
    .members([
      "nonCashFen": .integer(tendering.codeTotal.fen), "cashPartFen": .integer(cashPart.fen),
      "roundingFen": .integer(rounding.fen), "cashKeptFen": .integer(cashKept.fen),
      "cashGivenFen": tendering.cashGiven.map { .integer($0.fen) } ?? .null,
      "changeFen": .integer(change.fen), "remainingFen": .integer(remaining.fen),
    ])
  }
}
