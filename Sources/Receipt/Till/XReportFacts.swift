/// All that is printed of an X report: a reading that changes nothing.
public struct XReportFacts: Equatable, Sendable {
  /// Where it was read, and when.
  public var heading: SlipHeading
  /// What was read.
  public var reading: TillReading
  /// Who read it.
  public var readBy: String

  /// A reading at a moment.
  public init(heading: SlipHeading, reading: TillReading, readBy: String) {
    self.heading = heading
    self.reading = reading
    self.readBy = readBy
  }
}
