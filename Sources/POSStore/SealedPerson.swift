import Crypto
import FoundationEssentials
import GRDB
public import POS

/// A person in need, opened.
public struct StoredPerson: Equatable, Sendable {
  public let id: PersonID
  /// What all sources together say.
  public let details: PersonDetails
  public let birthDate: BusinessDate
  public let lastFour: String
  /// Every source with what it says, staff first, then the newest.
  public let sources: [PersonSource]

  /// The person as rules see them.
  public var facts: PersonFacts {
    PersonFacts(
      name: details.name ?? "", birthDate: birthDate, isResident: details.isResident ?? false,
      categories: details.categories ?? [], deceasedOn: details.deceasedOn)
  }
}

/// What is sealed in `person.sealed`: what all sources together say, and what the identity number
/// told of birth and end.
struct SealedPerson {
  static let context = "person"

  var details: PersonDetails
  let birthDate: BusinessDate
  let lastFour: String

  init(details: PersonDetails, birthDate: BusinessDate, lastFour: String) {
    self.details = details
    self.birthDate = birthDate
    self.lastFour = lastFour
  }

  init(opening bytes: Data, with key: PersonKey) throws {
    guard let plain = key.open(bytes, context: Self.context), let json = try? JSON(parsing: plain),
      let birth = json["birthDate"]?.stringValue, let date = BusinessDate(birthDateText: birth),
      let lastFour = json["lastFour"]?.stringValue
    else { throw StoreProblem.badRecord("person") }
    self.init(details: PersonDetails(json: json), birthDate: date, lastFour: lastFour)
  }

  func sealed(under key: PersonKey) -> Data {
    let json = details.json.adding("birthDate", .string(birthDate.description))
      .adding("lastFour", .string(lastFour))
    return Data(
      key.seal(json.canonicalBytes(), context: Self.context, nonce: AES.GCM.Nonce()))
  }
}

extension PersonSource {
  static func context(_ departmentID: Data) -> String { "source \(hexText(departmentID))" }

  func sealed(under key: PersonKey, of departmentID: Data) -> Data {
    let json = details.json.adding("atMs", .integer(atMs))
    return Data(
      key.seal(
        json.canonicalBytes(), context: Self.context(departmentID), nonce: AES.GCM.Nonce()))
  }

  /// A row of `personSource` joined with its `department`.
  init(row: Row, key: PersonKey) throws {
    let departmentID: Data = row["departmentID"]
    guard let plain = key.open(row["sealed"] as Data, context: Self.context(departmentID)),
      let json = try? JSON(parsing: plain), let atMs = json["atMs"]?.integerValue,
      let kind = Kind(rawValue: row["kind"])
    else { throw StoreProblem.badRecord("personSource") }
    self.init(kind: kind, name: row["name"], details: PersonDetails(json: json), atMs: atMs)
  }
}

/// What the journal says of a row that holds sealed data: a hash of all that is kept of the person.
///
/// Key, nonces and ciphertext are random, so the hash tells nothing of the person, and nothing can
/// be tried against it once they are destroyed.
struct Commitment {
  private var bytes: [UInt8] = []

  mutating func add(_ field: Data?) {
    let field = field.map(Array.init) ?? []
    withUnsafeBytes(of: UInt32(field.count).bigEndian) { bytes.append(contentsOf: $0) }
    bytes += field
  }

  /// 64 hexadecimal digits.
  var text: String { hexText(SHA256.hash(data: bytes)) }
}
