import POS
import POSStore

extension StoredPerson {
  /// The person as managers see them.
  var view: JSON {
    .members([
      "personID": .string(id.text), "name": .string(details.name ?? ""),
      "last4": .string(lastFour), "birthDate": .string(birthDate.description),
      "community": details.community.map(JSON.string) ?? .null,
      "categories": .array((details.categories ?? []).sorted().map(JSON.string)),
      "isResident": .bool(details.isResident ?? false),
      "residence": details.residence.map(JSON.string) ?? .null,
      "phone": details.phone.map(JSON.string) ?? .null,
      "note": details.note.map(JSON.string) ?? .null,
      "deceasedOn": details.deceasedOn.map { .string($0.description) } ?? .null,
      "sources": .array(sources.map(\.view)),
    ])
  }

  /// The person as a centre's staff see them: the name, and what decides about meals.
  var centreView: JSON {
    .members([
      "personID": .string(id.text), "name": .string(details.name ?? ""),
      "birthDate": .string(birthDate.description), "isResident": .bool(facts.isResident),
      "deceasedOn": details.deceasedOn.map { .string($0.description) } ?? .null,
    ])
  }
}

extension PersonSource {
  fileprivate var view: JSON {
    JSON.members([
      "kind": .string(kind.rawValue), "source": .string(name), "atMs": .integer(atMs),
    ]).adding(contentsOf: details.json)
  }
}

extension StoredMember {
  /// The member as staff see them.
  var view: JSON {
    .members([
      "id": .string(member.id.text), "number": .string(member.number.digits),
      "phone": .string(phone), "joinedAtMs": .integer(joinedAtMs),
    ])
  }
}

extension MemberHistory {
  /// What their shopping has come to.
  fileprivate var given: JSON {
    .members([
      "pledgeMicroYuan": .integer(pledged.value), "concessionMicroYuan": .integer(concession.value),
      "giftMicroYuan": .integer(gifts.value),
    ])
  }

  /// The newest sales of the station, and the sums of all.
  var view: JSON {
    .members([
      "saleCount": .integer(saleCount), "paidFen": .integer(paid.fen), "given": given,
      "sales": .array(
        sales.map { sale in
          .members([
            "id": .string(sale.value.id.text), "number": .integer(sale.number),
            "atMs": .integer(sale.value.context.atMs),
            "businessDate": .string(sale.value.businessDate.description),
            "totalFen": .integer(sale.value.totals.due.fen),
            "pledgeMicroYuan": .integer(sale.value.totals.pledge.value),
          ])
        }),
    ])
  }
}

extension Components {
  static let ofPeople: [JSON.Member] = [
    JSON.Member(
      "Beneficiary", open(["personID", "name", "birthDate", "isResident", "deceasedOn"])),
    JSON.Member("Member", open(["id", "number", "phone", "joinedAtMs"])),
  ]
}
