/// Something a printer said.
public enum PrinterAnswer: Equatable, Sendable {
  /// The answer to `DLE EOT n`; it does not say which n.
  case realTime(UInt8)
  /// An automatic status block (`GS a`).
  case automaticStatus(UInt8, UInt8, UInt8, UInt8)
  /// A single byte: the answer to `GS r`, or `GS I` 1 to 3.
  case single(UInt8)
  /// A maker string: the answer to `GS I` 65 to 69.
  case text(String)
  /// The answer to `GS ( H`: what came before this id is printed.
  case processID([UInt8])
  /// Another block: its bytes without the closing zero.
  case block([UInt8])
  case xon
  case xoff
}

/// Tells a printer's answers apart by their fixed bits, whatever pieces they arrive in.
///
/// `DLE EOT` `0xx1xx10`; first byte of an automatic status `0xx1xx00`, its others `0xx0xxxx`;
/// `XON` 11; `XOFF` 13; blocks start with 37, 53 or 5F and end with 00.
public struct AnswerParser: Sendable {
  /// Longer than any block of a printer; what goes on is noise.
  private static let longestBlock = 96

  private enum State: Sendable {
    case between
    case status
    case block
  }

  private var state = State.between
  private var held: [UInt8] = []

  public init() {}

  /// The answers that these bytes complete.
  public mutating func answers(in bytes: some Sequence<UInt8>) -> [PrinterAnswer] {
    bytes.compactMap { take($0) }
  }

  private mutating func take(_ byte: UInt8) -> PrinterAnswer? {
    switch state {
    case .between: begin(byte)
    case .status: takeStatus(byte)
    case .block: takeBlock(byte)
    }
  }

  private mutating func begin(_ byte: UInt8) -> PrinterAnswer? {
    switch byte {
    case 0x11: return .xon
    case 0x13: return .xoff
    case 0x37, 0x53, 0x5F:
      state = .block
      held = [byte]
      return nil
    case _ where byte & 0x93 == 0x12: return .realTime(byte)
    case _ where byte & 0x93 == 0x10:
      state = .status
      held = [byte]
      return nil
    case _ where byte & 0x90 == 0x00: return .single(byte)
    default: return nil
    }
  }

  private mutating func takeStatus(_ byte: UInt8) -> PrinterAnswer? {
    // A real-time answer may overtake the rest of a status block.
    if byte & 0x93 == 0x12 { return .realTime(byte) }
    guard byte & 0x90 == 0x00 else {
      state = .between
      return begin(byte)
    }
    held.append(byte)
    guard held.count == 4 else { return nil }
    state = .between
    return .automaticStatus(held[0], held[1], held[2], held[3])
  }

  private mutating func takeBlock(_ byte: UInt8) -> PrinterAnswer? {
    guard byte == 0 else {
      held.append(byte)
      if held.count > Self.longestBlock { state = .between }
      return nil
    }
    state = .between
    switch held[0] {
    case 0x5F: return .text(String(decoding: held.dropFirst(), as: UTF8.self))
    case 0x37 where held.count == 6 && held[1] == 0x22: return .processID(Array(held[2...]))
    default: return .block(held)
    }
  }
}
