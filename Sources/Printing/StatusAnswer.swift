/// A question to a printer, and the byte it answered; `nil` is silence.
public struct StatusAnswer: Equatable, Sendable {
  public let question: StatusQuestion
  public let byte: UInt8?

  public init(question: StatusQuestion, byte: UInt8?) {
    self.question = question
    self.byte = byte
  }
}
