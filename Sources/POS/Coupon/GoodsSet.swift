/// The goods something is for, by category.
///
/// Denied beats allowed (RULES 3).
public struct GoodsSet: Equatable, Sendable {
  private let allowedSet: CategorySet?
  private let deniedSet: CategorySet
  /// Whether it is for all goods.
  let isAll: Bool

  public init(allowed: Set<String>? = nil, denied: Set<String> = []) {
    allowedSet = allowed.map(CategorySet.init)
    deniedSet = CategorySet(denied)
    isAll = allowed == nil && denied.isEmpty
  }

  /// The only categories it is for; `nil` for all.
  public var allowed: Set<String>? { allowedSet?.words }

  /// The categories it is never for.
  public var denied: Set<String> { deniedSet.words }

  /// All goods.
  public static let all = GoodsSet()

  /// Why goods of a category are not in the set; `nil` if they are.
  public func refusal(of category: String) -> GoodsRefusal? {
    refusal(of: category, CategoryKey(category))
  }

  /// The same, for a category whose key is known.
  func refusal(of category: String, _ key: CategoryKey?) -> GoodsRefusal? {
    if isAll { return nil }
    if deniedSet.contains(category, key) { return .denied }
    guard let allowedSet else { return nil }
    return allowedSet.contains(category, key) ? nil : .notAllowed
  }
}

/// Why goods are not in a set. The checks are made in the order of the cases.
public enum GoodsRefusal: Equatable, Sendable {
  case denied
  case notAllowed
}
