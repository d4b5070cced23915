import Crypto

/// A place where meals are given out (助餐点), in the books of a station.
public struct Centre: Equatable, Sendable {
  public let id: CentreID
  /// The station whose books and day closes have its meals.
  public let stationID: StationID
  public let name: String
  public let nameEn: String

  public init(id: CentreID, stationID: StationID, name: String, nameEn: String) {
    self.id = id
    self.stationID = stationID
    self.name = name
    self.nameEn = nameEn
  }
}

/// That a number on the terminals of a centre is a person, for some days, both included.
public struct Enrolment: Equatable, Sendable {
  public let id: EnrolmentID
  public let centreID: CentreID
  /// As terminals send it, with its leading zeros.
  public let number: String
  public let personID: PersonID
  public let from: BusinessDate
  /// `nil`: until further notice.
  public let until: BusinessDate?

  public init(
    id: EnrolmentID, centreID: CentreID, number: String, personID: PersonID, from: BusinessDate,
    until: BusinessDate?
  ) {
    self.id = id
    self.centreID = centreID
    self.number = number
    self.personID = personID
    self.from = from
    self.until = until
  }

  /// Whether it is in force on a day.
  public func covers(_ date: BusinessDate) -> Bool {
    from <= date && (until.map { date <= $0 } ?? true)
  }

  /// Whether the same number at the same centre would be two people on some day.
  public func overlaps(_ other: Enrolment) -> Bool {
    centreID == other.centreID && number == other.number
      && (until.map { other.from <= $0 } ?? true) && (other.until.map { from <= $0 } ?? true)
  }
}

extension Enrolment {
  /// What the journal has in place of a number: it shows that a number was this one to who knows
  /// it, and two records of one number look different.
  public static func commitment(to number: String, of id: String) -> String {
    hexText(SHA256.hash(data: Array("\(id) \(number)".utf8)))
  }

  /// Whether a number may be entered: short, of letters and digits, and none that is a person's
  /// elsewhere (a telephone or an identity number).
  public static func isUsable(_ number: String) -> Bool {
    let isPlain = number.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
    }
    let isTelephone = number.utf8.count == 11 && number.utf8.first == UInt8(ascii: "1")
    return isPlain && (1...14).contains(number.utf8.count) && !isTelephone
  }
}

extension Enrolment {
  /// The members of its journal record that are its own.
  public var members: JSON {
    .members([
      "id": .string(id.text), "centreID": .string(centreID.text),
      "numberHash": .string(Self.commitment(to: number, of: id.text)),
      "personID": .string(personID.text), "from": .string(from.description),
      "until": until.map { .string($0.description) },
    ])
  }
}
