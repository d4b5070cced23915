/// The papers that receipts are set for, by the columns of their printer's normal font.
public enum PaperWidth: Int, CaseIterable, Sendable {
  /// 58 mm, 384 dots.
  case columns32 = 32
  /// 80 mm with 512 dots, or 42-column mode.
  case columns42 = 42
  /// 80 mm, 576 dots.
  case columns48 = 48

  /// Columns of the normal font.
  public var columns: Int { rawValue }

  /// Dots that every printer of this width has: 12 a column.
  public var widthDots: Int { rawValue * 12 }
}
