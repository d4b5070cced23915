/// Limits of what a codec takes, with their reasons.
public enum AttendanceLimits {
  /// Bytes of one upload of a ZKTeco terminal: they send pieces of about 900 KB (A; M).
  public static let uploadBytes = 2 << 20
  /// Bytes of one push of a Hikvision terminal: an event and two pictures of a face.
  public static let pushBytes = 4 << 20
  /// Bytes of a file: 300,000 rows, as many as the largest terminals keep, and room.
  public static let fileBytes = 32 << 20
  /// Bytes of the event in a push: ten times the largest in the manual.
  public static let eventBytes = 64 << 10
  /// Bytes of a query: twice that of the longest handshake.
  public static let queryBytes = 4 << 10
  /// Bytes of a row that can be a recognition; V5.8 rows end in a position of some hundred bytes.
  public static let rowBytes = 4 << 10
  /// Columns of a row that are looked at; the widest firmware sends 12, security 13.
  public static let columns = 40
  /// Bad rows kept of one upload. The others are one entry with their count, so that junk cannot
  /// fill the disk.
  public static let quarantinedRows = 200
  /// Events that are no recognition, kept of one upload; as for bad rows.
  public static let uncountedEvents = 20_000
}
