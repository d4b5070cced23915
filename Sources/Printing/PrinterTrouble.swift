/// What stood in the way of a slip, and how far it had come.
public struct PrinterTrouble: Equatable, Sendable {
  /// `nil` where no printer is to blame: a folder that is gone.
  public let condition: PrinterCondition?
  /// Bytes of the slip the printer took before it stopped; 0 if nothing was sent.
  public let bytesTaken: Int
  /// For the log: what was tried and what came back.
  public let detail: String

  public init(_ condition: PrinterCondition?, bytesTaken: Int = 0, detail: String) {
    self.condition = condition
    self.bytesTaken = bytesTaken
    self.detail = detail
  }
}

extension PrinterTrouble: CustomStringConvertible {
  public var description: String {
    guard let condition else { return detail }
    let sentence = "\(condition.rawValue): \(detail)"
    return bytesTaken > 0 ? "\(sentence) (\(bytesTaken) bytes taken)" : sentence
  }
}
