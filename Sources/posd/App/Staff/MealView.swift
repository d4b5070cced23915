import POS
import POSStore
import Receipt

extension RecordedMeal {
  /// The meal as lists show it, with the name.
  var view: JSON {
    common.adding("name", name.map(JSON.string) ?? .null)
  }

  /// The meal as a board shows it: the name masked, with what is left on the account.
  func boardView(_ policy: MealPolicy) -> JSON {
    let isSomebody = decision.personID != nil
    return common.adding("balanceFen", .integer(isSomebody ? account.balance.fen : 0))
      .adding("owedFen", .integer(isSomebody ? account.owed.fen : 0))
      .adding("isLow", .bool(isSomebody && account.isLow(policy)))
  }

  private var common: JSON {
    var reason: MealException?
    if case .exception(let exception) = decision.verdict { reason = exception }
    let charge = decision.charge
    return .members([
      "id": id(pass.id), "centreID": id(pass.centreID), "atMs": .integer(pass.atMs),
      "receivedAtMs": .integer(pass.receivedAtMs), "date": .string(decision.date.description),
      "way": .string(pass.way.word), "personID": id(decision.personID),
      "masked": name.map { .string(MaskedName($0).text) } ?? .null,
      "number": pass.number.isEmpty ? .null : .string(pass.number),
      "verdict": .string(decision.verdict.word),
      "reason": reason.map { .string($0.rawValue) } ?? .null,
      "reasonName": reason.map { .string($0.name) } ?? .null,
      "reasonNameEn": reason.map { .string($0.nameEn) } ?? .null,
      "otherID": id(decision.verdict.otherPass), "otherCentreID": id(otherCentreID),
      "period": decision.verdict.period.map(JSON.string) ?? .null,
      "ruling": decision.ruling.map { .string($0.rawValue) } ?? .null,
      "isWaiting": .bool(decision.isWaiting), "priceFen": .integer(charge?.price.fen ?? 0),
      "subsidyFen": .integer(charge?.subsidy?.amount.fen ?? 0),
      "restFen": .integer(charge?.rest.fen ?? 0),
      "paidBy": charge.map { .string($0.way.rawValue) } ?? .null, "journal": .string(record),
    ])
  }

  private func id<Subject>(_ id: Identifier<Subject>?) -> JSON {
    id.map { .string($0.text) } ?? .null
  }
}

extension MealAccount {
  /// Whether less than one meal of today is left in it.
  func isLow(_ policy: MealPolicy) -> Bool {
    balance < policy.periods.map(\.price).max() ?? .zero
  }
}

extension MealPeriod {
  /// The period as boards show it.
  var view: JSON {
    .members([
      "code": .string(code), "name": .string(name), "nameEn": .string(nameEn),
      "priceFen": .integer(price.fen),
    ])
  }
}

extension Centre {
  /// The centre as clients see it.
  var view: JSON {
    .members(["id": .string(id.text), "name": .string(name), "nameEn": .string(nameEn)])
  }
}
