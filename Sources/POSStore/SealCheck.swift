import GRDB
import POS

/// What a walk over the journal knows of keys, signatures and series.
///
/// 1. A later epoch begins with `restored`, which names the record before it.
/// 2. `keyAdded` names the key it replaces; the last one is the key in `setting`.
/// 3. Each signature is of the record before it, by the key in force; and what must be signed is.
struct SealCheck {
  let origin: String
  /// Fingerprints from paper; empty trusts the journal's own keys.
  let trusted: Set<String>
  private(set) var key: VerifyingKey?
  private(set) var fingerprints: [String] = []
  private(set) var count: Int64 = 0
  /// The place of a record whose signature must be next.
  private var awaited: JournalKey?

  private static let unsigned = "is not signed: its signature is missing"

  init(origin: String, trusted: Set<String>) {
    self.origin = origin
    self.trusted = trusted
  }

  /// What the next record must be a signature of, as soon as there is a key.
  static let sealed: Set<JournalKind> = [
    .keyAdded, .restored, .tillClosed, .dayClosed, .monthClosed,
  ]

  /// Takes the next record, which is a sale.
  func passSale(at key: JournalKey) throws { try pass(.sale, at: key) }

  /// Takes the next record, which is none.
  mutating func check(_ record: OtherRecord) throws {
    try pass(record.kind, at: record.key)
    awaited = nil
    switch record.kind {
    case .restored:
      guard try SeriesOpened(body: record.body).head == record.previous else {
        throw record.key.wrong("does not name the end of the journal it was restored from")
      }
    case .keyAdded: try take(try KeyAdded(body: record.body), at: record.key)
    case .signature: try check(try JournalSeal(body: record.body), record)
    default: break
    }
    if Self.sealed.contains(record.kind), key != nil { awaited = record.key }
  }

  private func pass(_ kind: JournalKind, at key: JournalKey) throws {
    if let awaited, kind != .signature { throw awaited.wrong(Self.unsigned) }
    let opensSeries = key.sequence == 1 && key.epoch > 1
    guard opensSeries == (kind == .restored) else {
      throw key.wrong(
        opensSeries
          ? "opens series \(key.epoch) without a restore" : "is a restore that opens no series")
    }
  }

  /// After the last record.
  func finish(_ db: Database) throws {
    if let awaited { throw awaited.wrong(Self.unsigned) }
    guard try Store.verifyingKey(db) == key else {
      throw Finding(place: "setting", problem: "verifyingKey is not the last of the journal")
    }
    guard trusted.isEmpty || key != nil else {
      throw Finding(place: "journal", problem: "knows no key, so nothing in it is signed")
    }
  }

  private mutating func take(_ added: KeyAdded, at place: JournalKey) throws {
    let fingerprint = added.key.fingerprint
    guard added.replaces == key?.fingerprint else {
      throw place.wrong("brings in key \(fingerprint) that does not follow the one before it")
    }
    guard trusted.isEmpty || trusted.contains(fingerprint) else {
      throw place.wrong("brings in key \(fingerprint), which is not the one given: unknown key")
    }
    key = added.key
    fingerprints.append(added.key.fingerprint)
  }

  private mutating func check(_ seal: JournalSeal, _ record: OtherRecord) throws {
    guard seal.head == record.previous else {
      throw record.key.wrong("signs another record than the one before it")
    }
    guard let key, seal.fingerprint == key.fingerprint else {
      throw record.key.wrong(
        "is signed with key \(seal.fingerprint), which is not the key in force")
    }
    guard seal.isMade(by: key, origin: origin) else {
      throw record.key.wrong(
        "its signature is not that of the key \(key.fingerprint): forged record")
    }
    count += 1
  }
}
