import POS

extension PrintableText {
  /// The text in lines of at most this many columns; an empty text is one empty line.
  ///
  /// Words of narrow letters stay whole while they fit. No line begins with closing punctuation
  /// or ends with opening punctuation unless nothing else is possible. Spaces at a break vanish.
  func lines(width limit: Int) -> [PrintableText] {
    if width <= limit { return [self] }
    let cells = breakingCells()
    var lines: [PrintableText] = []
    var start = 0
    while start < cells.count {
      let end = LineBreaker(cells: cells, start: start).end(width: limit)
      let lastSolid = (start..<end).last { !cells[$0].isSpace } ?? start
      lines.append(text(cells[start..<lastSolid + 1]))
      start = (end..<cells.count).first { !cells[$0].isSpace } ?? cells.count
    }
    return lines
  }

  private func text(_ cells: ArraySlice<BreakingCell>) -> PrintableText {
    guard let first = cells.first, let last = cells.last else { return .empty }
    return PrintableText(String(string[first.range.lowerBound..<last.range.upperBound]))
  }

  private func breakingCells() -> [BreakingCell] {
    var cells: [BreakingCell] = []
    cells.reserveCapacity(string.utf8.count)
    if isDirect {
      let scalars = string.unicodeScalars
      for index in scalars.indices {
        let scalar = scalars[index]
        cells.append(
          BreakingCell(
            range: index..<scalars.index(after: index),
            width: GB18030.width(of: GB18030.code(of: scalar)), scalar: scalar))
      }
      return cells
    }
    for index in string.indices {
      guard let scalar = string[index].unicodeScalars.first else { continue }
      let width = GB18030.width(of: string[index])
      cells.append(
        BreakingCell(
          range: index..<string.index(after: index), width: width, scalar: scalar))
    }
    return cells
  }
}

/// One character of a text that is being broken into lines.
private struct BreakingCell {
  let range: Range<String.Index>
  let width: Int
  let scalar: Unicode.Scalar

  var isSpace: Bool { scalar == " " || scalar == "\u{3000}" }
  var isClosing: Bool { closingPunctuation.contains(scalar) }
  var isOpening: Bool { openingPunctuation.contains(scalar) }
}

private let closingPunctuation = Set(
  "，。、；：！？）》”’」』】〕〉…—·％℃‰,.;:!?)]}%".unicodeScalars)
private let openingPunctuation = Set("（《“‘「『【〔〈￥$([{".unicodeScalars)

/// Finds where the line that begins at `start` ends.
private struct LineBreaker {
  let cells: [BreakingCell]
  let start: Int

  /// The index after the last character of the line; at least one character is on it.
  func end(width limit: Int) -> Int {
    var full = start
    var used = 0
    while full < cells.count, used + cells[full].width <= limit {
      used += cells[full].width
      full += 1
    }
    if full == cells.count { return full }
    guard full > start else { return start + 1 }
    let candidates = (start + 1...full).reversed()
    return candidates.first(where: canBreakAtWord)
      ?? candidates.first(where: keepsPunctuation) ?? full
  }

  /// Between words, or beside a wide character.
  private func canBreakAtWord(_ index: Int) -> Bool {
    guard let (before, after) = neighbours(of: index), keepsPunctuation(index) else {
      return false
    }
    return before + 1 < after || cells[before].width != 1 || cells[after].width != 1
  }

  /// No punctuation comes to stand where it may not.
  private func keepsPunctuation(_ index: Int) -> Bool {
    guard let (before, after) = neighbours(of: index) else { return false }
    return !cells[before].isOpening && !cells[after].isClosing
  }

  /// The nearest characters that are not spaces before and after a break.
  private func neighbours(of index: Int) -> (before: Int, after: Int)? {
    let before = (start..<index).last { !cells[$0].isSpace }
    let after = (index..<cells.count).first { !cells[$0].isSpace }
    guard let before, let after else { return nil }
    return (before, after)
  }
}
