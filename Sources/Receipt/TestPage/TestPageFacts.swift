/// What a test page says of the printer it comes out of.
public struct TestPageFacts: Equatable, Sendable {
  /// A question to the printer and what it said.
  public struct Answer: Equatable, Sendable {
    /// `DLE EOT 1`, and what is asked with it.
    public var question: PrintableText
    /// What it means, and the byte; `nil` for silence.
    public var answer: PrintableText?

    public init(question: PrintableText, answer: PrintableText?) {
      self.question = question
      self.answer = answer
    }
  }

  /// Whether the page opens the drawer.
  public enum DrawerTest: Sendable {
    case notAsked
    /// Asked, and the profile has no pin for it.
    case noPin
    case opens
  }

  public var profile: PrinterProfile
  /// Why it has this profile.
  public var reason: PrintableText
  /// The printer, as the setting names it.
  public var address: PrintableText
  public var answers: [Answer]
  public var drawer: DrawerTest

  public init(
    profile: PrinterProfile, reason: PrintableText, address: PrintableText, answers: [Answer],
    drawer: DrawerTest
  ) {
    self.profile = profile
    self.reason = reason
    self.address = address
    self.answers = answers
    self.drawer = drawer
  }
}
