/// The categories of some lines, each once, so that goods are judged once for all their lines.
struct CategoryClasses {
  private(set) var categories: [(text: String, key: CategoryKey?)] = []
  /// By line: the index of its category.
  private(set) var ofLine: [Int] = []
  /// The indices of all lines.
  private let all: [Int]

  init(_ lines: [LineItem]) {
    all = Array(lines.indices)
    ofLine.reserveCapacity(lines.count)
    for index in lines.indices { ofLine.append(place(of: lines[index].goods.category)) }
  }

  private mutating func place(of text: String) -> Int {
    let key = CategoryKey(text)
    let known = categories.firstIndex { known in
      key == nil || known.key == nil ? known.text == text : known.key == key
    }
    if let known { return known }
    categories.append((text, key))
    return categories.count - 1
  }

  /// The lines whose category is in a set of goods.
  func lines(in goods: GoodsSet) -> [Int] {
    if goods.isAll { return all }
    let isIn = categories.map { goods.refusal(of: $0.text, $0.key) == nil }
    var lines: [Int] = []
    lines.reserveCapacity(all.count)
    for line in all where isIn[ofLine[line]] { lines.append(line) }
    return lines
  }
}
