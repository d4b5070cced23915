/// A slip to print: it names a document, not bytes, and is drawn when it prints.
///
///     queued ──▶ sending ──▶ printed          the printer said so
///       ▲           │──────▶ accepted         all bytes taken, status good, no word from it
///       │           │──────▶ possiblyPrinted  broken off in the middle: a person decides
///       │           │──────▶ failed           it cannot be drawn, or there is no printer
///       └───────────┘                         nothing was sent: it waits for the printer
///
/// A `queued` one may also be given up (`failed`), a `failed` one be tried again (`queued`): see
/// `PrintDecision`.
public struct PrintJob: Equatable, Sendable {
  /// How far the slip has come.
  public enum State: String, CaseIterable, Sendable {
    case queued
    case sending
    case printed
    case accepted
    case possiblyPrinted
    case failed
  }

  /// What is printed: a document of a journal record.
  public struct Subject: Equatable, Sendable {
    public let document: PrintDocument
    public let epoch: Int64
    public let sequence: Int64
    /// Of a sale or return; else `nil`.
    public let saleID: SaleID?
    /// The number on a sale's or return's receipt; else `nil`.
    public let saleNumber: Int64?

    public init(
      document: PrintDocument, epoch: Int64, sequence: Int64, saleID: SaleID?, saleNumber: Int64?
    ) {
      self.document = document
      self.epoch = epoch
      self.sequence = sequence
      self.saleID = saleID
      self.saleNumber = saleNumber
    }
  }

  /// The place in the queue.
  public let key: Int64
  public let subject: Subject
  public let stationID: StationID
  /// Where it prints.
  public let tillID: TillID
  /// 0 for the first print, then the number on the copy.
  public let copy: Int
  public let state: State
  /// A code for why it failed or is in doubt, `nil` while all is well.
  public let reason: String?
  /// What a person decided about it last.
  public let decision: PrintDecision?
  public let createdAtMs: Int64

  public init(
    key: Int64, subject: Subject, stationID: StationID, tillID: TillID, copy: Int, state: State,
    reason: String?, decision: PrintDecision?, createdAtMs: Int64
  ) {
    self.key = key
    self.subject = subject
    self.stationID = stationID
    self.tillID = tillID
    self.copy = copy
    self.state = state
    self.reason = reason
    self.decision = decision
    self.createdAtMs = createdAtMs
  }
}
