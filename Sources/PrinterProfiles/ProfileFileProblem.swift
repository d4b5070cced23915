/// What is wrong with a profile file: where, and what would be right.
public struct ProfileFileProblem: Error, Equatable, Sendable {
  public let file: String
  /// The first line is 1; `nil` for the file as a whole.
  public let line: Int?
  /// `raster.bandRows`; `nil` where no key is to blame.
  public let key: String?
  /// What is wrong and what would be right.
  public let fault: String

  public init(file: String, line: Int? = nil, key: String? = nil, _ fault: String) {
    self.file = file
    self.line = line
    self.key = key
    self.fault = fault
  }
}

extension ProfileFileProblem: CustomStringConvertible {
  public var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return "printer profile \(place): \(key.map { "\($0): " } ?? "")\(fault)"
  }
}
