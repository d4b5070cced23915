import Crypto

/// One record of the journal: what happened, chained by SHA-256 to the record before it.
///
/// Invariants of the journal:
/// 1. Its key is (origin, epoch, sequence); sequences of an epoch are 1, 2, 3 … without a gap.
/// 2. Each record holds the hash of the one before, across epochs too; the first of all holds 32
///    zero bytes. A later epoch begins with `restored`, and only so.
/// 3. The canonical bytes are stored as they were hashed and never made again.
///
/// The format is frozen in `docs/JOURNAL.md` with test vectors.
public struct JournalRecord: Equatable, Sendable {
  public let kind: JournalKind
  public let head: JournalHead
  /// The canonical JSON that was hashed.
  public let bytes: [UInt8]

  /// The record that follows `previous`.
  ///
  /// - Parameters:
  ///   - origin: the id of the `posd` that writes, lower-case UUID text.
  ///   - atMs: milliseconds since 1970, UTC.
  ///   - body: what happened; no personal data, no free text about people.
  ///   - epoch: a later epoch than `previous` begins here; `nil` stays in its own.
  public init(
    kind: JournalKind, body: JSON, atMs: Int64, origin: String, after previous: JournalHead,
    opening epoch: Int64? = nil
  ) {
    precondition(epoch ?? .max > previous.epoch, "an epoch is later than the one before it")
    self.kind = kind
    let sequence = epoch == nil ? previous.sequence + 1 : 1
    bytes = JSON.members([
      "v": 1,
      "origin": .string(origin),
      "epoch": .integer(epoch ?? previous.epoch),
      "seq": .integer(sequence),
      "prev": .string(previous.hashText),
      "at": .integer(atMs),
      "kind": .string(kind.rawValue),
      "body": body,
    ]).canonicalBytes()
    head = JournalHead(
      epoch: epoch ?? previous.epoch, sequence: sequence,
      hash: Array(SHA256.hash(data: bytes)))
  }
}

/// Where the journal stands: the key and the hash of its last record.
public struct JournalHead: Hashable, Sendable {
  public let epoch: Int64
  public let sequence: Int64
  /// 32 bytes.
  public let hash: [UInt8]

  public init(epoch: Int64, sequence: Int64, hash: [UInt8]) {
    precondition(hash.count == 32, "a SHA-256 hash has 32 bytes")
    self.epoch = epoch
    self.sequence = sequence
    self.hash = hash
  }

  /// Before the first record of the first epoch.
  public static let empty = JournalHead(
    epoch: 1, sequence: 0, hash: Array(repeating: 0, count: 32))

  /// 64 lower-case hexadecimal digits.
  public var hashText: String { hexText(hash) }

  /// Epoch and sequence: `1-42`.
  public var place: String { "\(epoch)-\(sequence)" }

  /// Epoch and sequence of a place as `place` writes it; `nil` for any other text.
  public static func place(_ text: some StringProtocol) -> (epoch: Int64, sequence: Int64)? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let epoch = Int64(parts[0]), let sequence = Int64(parts[1]),
      (1...latestEpoch).contains(epoch), (1..<1 << 40).contains(sequence),
      "\(epoch)-\(sequence)" == text
    else { return nil }
    return (epoch, sequence)
  }

  /// The last epoch there can be: keys are epoch × 2⁴⁰ + sequence, in 63 bits.
  public static let latestEpoch: Int64 = (1 << 23) - 1

  /// What a receipt prints so that a cut tail can be proven: number and first 12 digits.
  public var checkCode: String {
    "\(epoch)-\(sequence)-\(hashText.prefix(12))"
  }
}

/// What a journal record tells of.
public enum JournalKind: String, CaseIterable, Sendable {
  case setUp
  case keyAdded
  case signature
  case restored
  case stationAdded
  case tillAdded
  case policy
  case catalogImport
  case userAdded
  case userChanged
  case logIn
  case logInRefused
  case logOut
  case tillOpened
  case approval
  case sale
  case saleReturn = "return"
  case basketVoided
  case reprint
  case partnerAdded
  case stockDelivered
  case stockSentBack
  case stockWrittenOff
  case stockCounted
  case productAdded
  case productChanged
  case clockStep
  case cashMoved
  case drawerOpened
  case tillHandedOver
  case tillEnded
  case tillCounted
  case xReport
  case tillClosed
  case tenderCorrected
  case statementImported
  case centreAdded
  case enrolled
  case enrolmentEnded
  case mealLogged
  case mealRuled
  case mealsJudged
  case mealMoneyTaken
  case mealMoneyUndone
  case dayClosed
  case monthClosed
  case printDecision
  case needCategoryAdded
  case peopleImported
  case personAdded
  case personChanged
  case personLookedUp
  case personForgotten
  case memberAdded
  case memberForgotten
  case programmeAdded
  case programmeChanged
  case vouchersIssued
  case voucherRepeatEnded
  case voucherBlocked
  case voucherUnblocked
  case voucherReplaced
  case voucherPrinted
  case voucherGuesses
  case couponAdded
  case couponEnded
  case handedOut
  case terminalAdded
  case terminalReplaced
  case terminalRetired
  case terminalBatch
}

/// Lower-case hexadecimal digits of bytes.
public func hexText(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  text.reserveCapacity(64)
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
