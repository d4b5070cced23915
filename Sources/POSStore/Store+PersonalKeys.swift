import Crypto
public import POS
import Synchronization

extension Store {
  /// Keeps and reads personal data with these keys from now on; without them nothing of people can
  /// be written or read, and all else works.
  public func keepPeople(with keys: PersonalKeys) {
    facts.withLock { $0.personalKeys = keys }
  }
}

extension UnitOfWork {
  /// The keys of personal data.
  var personalKeys: PersonalKeys {
    guard let keys = facts.personalKeys else {
      preconditionFailure("what is kept of people is opened by who has the keys")
    }
    return keys
  }

  /// A new key for a person.
  func newPersonKey() -> PersonKey {
    guard let key = PersonKey(Self.randomBytes(PersonalKeys.keyBytes)) else {
      preconditionFailure("a person's key has 32 bytes")
    }
    return key
  }

  /// Bytes from the system's random source.
  static func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}
