public import POS

/// What stands at the head of every slip that is not a sale's.
public struct SlipHeading: Equatable, Sendable {
  /// The station or centre; its name heads the slip.
  public var station: Station
  /// The wall clock of the event, not of the printing: `2026-11-21 21:05:00`.
  public var localTime: String
  /// 0 for the first print, then the count of reprints.
  public var copy: Int

  /// A heading; without `copy` that of the first print.
  public init(station: Station, localTime: String, copy: Int = 0) {
    self.station = station
    self.localTime = localTime
    self.copy = copy
  }
}

/// A name in Chinese, and in English where there is one.
public struct SlipName: Hashable, Sendable {
  /// The Chinese name.
  public var name: String
  /// The English name; empty if there is none.
  public var nameEn: String

  /// A name; without `en` in Chinese alone.
  public init(_ name: String, en nameEn: String = "") {
    self.name = name
    self.nameEn = nameEn
  }

  /// Both names with a space between them.
  var both: String { nameEn.isEmpty ? name : "\(name) \(nameEn)" }
}

/// How anyone can check the slip against the journal.
public struct SlipProof: Equatable, Sendable {
  /// The journal record the slip is of.
  public var journal: JournalHead
  /// The signature over that record.
  public var signature: SlipSignature?

  /// The proof of a journalled record; without `signature` the slip says that it is not signed,
  /// if it is of a kind that is signed.
  public init(journal: JournalHead, signature: SlipSignature? = nil) {
    self.journal = journal
    self.signature = signature
  }
}

/// A signature in the short form that people compare.
public struct SlipSignature: Hashable, Sendable {
  /// The first digits of the signature.
  public var signature: String
  /// The fingerprint of the public key, as on the recovery sheet.
  public var keyFingerprint: String

  /// A signature and its key, already cut to what is printed.
  public init(signature: String, keyFingerprint: String) {
    self.signature = signature
    self.keyFingerprint = keyFingerprint
  }
}
