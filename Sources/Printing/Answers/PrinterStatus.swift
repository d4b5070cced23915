/// The questions of `DLE EOT n`.
public enum StatusQuestion: UInt8, CaseIterable, Sendable {
  case printer = 1
  case offlineCause = 2
  case error = 3
  case paper = 4

  /// The command, answered even when the printer is offline.
  public var bytes: [UInt8] { [0x10, 0x04, rawValue] }
}

/// What is known of a printer from what it said; `nil` is unknown.
public struct PrinterStatus: Equatable, Sendable {
  /// What the paper sensors see.
  public enum Paper: Sendable {
    case enough
    case nearEnd
    case out
  }

  public var paper: Paper?
  public var isOffline: Bool?
  public var isCoverOpen: Bool?
  public var hasCutterJam: Bool?
  public var isUnrecoverable: Bool?
  /// The level of drawer pin 3; whether high means open depends on the drawer.
  public var isDrawerPinHigh: Bool?

  /// Nothing known.
  public init() {}

  /// What keeps it from printing, the first thing to mend first.
  public var condition: PrinterCondition? {
    if isCoverOpen == true { return .coverOpen }
    if isUnrecoverable == true { return .unrecoverable }
    if hasCutterJam == true { return .cutterJam }
    if paper == .out { return .paperOut }
    return isOffline == true ? .offline : nil
  }

  /// What it can still print with, but not for long.
  public var warning: PrinterCondition? { paper == .nearEnd ? .paperNearEnd : nil }

  /// Takes in a block of the automatic status (`GS a`), which says everything.
  public mutating func apply(automatic first: UInt8, _ second: UInt8, _ third: UInt8) {
    isDrawerPinHigh = first & 0x04 != 0
    isOffline = first & 0x08 != 0
    isCoverOpen = first & 0x20 != 0
    hasCutterJam = second & 0x08 != 0
    isUnrecoverable = second & 0x20 != 0
    paper = Self.paper(isOut: third & 0x0C != 0, isNearEnd: third & 0x03 != 0)
  }

  /// Takes in the answer to one question.
  public mutating func apply(_ byte: UInt8, to question: StatusQuestion) {
    switch question {
    case .printer:
      isDrawerPinHigh = byte & 0x04 != 0
      isOffline = byte & 0x08 != 0
    case .offlineCause:
      isCoverOpen = byte & 0x04 != 0
      if byte & 0x20 != 0 { paper = .out }
      if byte & 0x40 == 0 {
        hasCutterJam = false
        isUnrecoverable = false
      }
    case .error:
      hasCutterJam = byte & 0x08 != 0
      isUnrecoverable = byte & 0x20 != 0
    case .paper:
      paper = Self.paper(isOut: byte & 0x60 != 0, isNearEnd: byte & 0x0C != 0)
    }
  }

  /// Whether an answer says that there is an error to be asked about.
  static func hasError(_ byte: UInt8, to question: StatusQuestion) -> Bool {
    question == .offlineCause && byte & 0x40 != 0
  }

  private static func paper(isOut: Bool, isNearEnd: Bool) -> Paper {
    if isOut { return .out }
    return isNearEnd ? .nearEnd : .enough
  }
}
