/// The goods something is for, by category.
///
/// Denied beats allowed (RULES 3).
public struct GoodsSet: Equatable, Sendable {
  /// The only categories it is for; `nil` for all.
  public let allowed: Set<String>?
  /// The categories it is never for.
  public let denied: Set<String>

  public init(allowed: Set<String>? = nil, denied: Set<String> = []) {
    self.allowed = allowed
    self.denied = denied
  }

  /// All goods.
  public static let all = GoodsSet()

  /// Why goods of a category are not in the set; `nil` if they are.
  public func refusal(of category: String) -> GoodsRefusal? {
    if !denied.isEmpty, denied.contains(category) { return .denied }
    guard let allowed else { return nil }
    return allowed.contains(category) ? nil : .notAllowed
  }
}

/// Why goods are not in a set. The checks are made in the order of the cases.
public enum GoodsRefusal: Equatable, Sendable {
  case denied
  case notAllowed
}
