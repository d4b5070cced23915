/// A slip to print: it names a document, not bytes, and is drawn when it prints.
///
///     queued ──▶ sending ──▶ printed          the printer said so
///                   │──────▶ accepted         all bytes taken, status good, no word from it
///                   │──────▶ possiblyPrinted  broken off in the middle: a person decides
///                   └──────▶ failed           nothing came out
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

  /// The place in the queue.
  public let key: Int64
  public let saleID: SaleID
  public let stationID: StationID
  /// 0 for the first print, then the number on the copy.
  public let copy: Int
  public let state: State
  /// A code for why it failed, `nil` while all is well.
  public let reason: String?
  public let createdAtMs: Int64

  public init(
    key: Int64, saleID: SaleID, stationID: StationID, copy: Int, state: State, reason: String?,
    createdAtMs: Int64
  ) {
    self.key = key
    self.saleID = saleID
    self.stationID = stationID
    self.copy = copy
    self.state = state
    self.reason = reason
    self.createdAtMs = createdAtMs
  }
}
