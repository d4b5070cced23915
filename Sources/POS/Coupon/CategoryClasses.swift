/// The categories of some lines, each once, so that goods are judged once for all their lines.
struct CategoryClasses {
  private(set) var categories: [String] = []
  /// By line: the index of its category.
  private(set) var ofLine: [Int] = []

  init(_ lines: [LineItem]) {
    ofLine.reserveCapacity(lines.count)
    for line in lines {
      let category = line.goods.category
      if let index = categories.firstIndex(of: category) {
        ofLine.append(index)
      } else {
        ofLine.append(categories.count)
        categories.append(category)
      }
    }
  }

  /// The lines whose category is in a set of goods.
  func lines(in goods: GoodsSet) -> [Int] {
    if goods == .all { return Array(ofLine.indices) }
    let isIn = categories.map { goods.refusal(of: $0) == nil }
    return ofLine.indices.filter { isIn[ofLine[$0]] }
  }
}
