extension PrinterConversation {
  /// The longest that the five bytes of a pulse are waited for.
  private static let pulseMs: Int64 = 400

  /// Opens the drawer between slips.
  ///
  /// - Throws: `TransportProblem.notStarted` if the printer is in no state to: what it stores now
  ///   it would do much later.
  func open(_ wish: DrawerWish) throws(TransportProblem) {
    guard unfinishedBytes == 0 else {
      throw .notStarted(PrinterTrouble(.noProgress, detail: "a broken slip comes before"))
    }
    try look()
    write(wish)
  }

  /// Opens the drawer when a slip is out of our hands: no command is half said then.
  func openAfterSlip() {
    guard condition == nil, link.untakenBytes == 0, let wish = takeWish() else { return }
    write(wish)
  }

  private func write(_ wish: DrawerWish) {
    guard wish.begin() else { return wish.finish(.late) }
    let (count, trouble) = link.write(wish.bytes[...], limitMs: Self.pulseMs)
    hear()
    guard count < wish.bytes.count else { return wish.finish(.sent) }
    if count > 0 { leaveUnfinished(wish.bytes.count - count) }
    let detail = "the pulse was not taken: \(trouble.map { "\($0)" } ?? "no room")"
    wish.finish(.refused(PrinterTrouble(.noProgress, detail: detail)))
  }
}
