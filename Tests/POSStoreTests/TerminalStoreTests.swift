import FoundationEssentials
import GRDB
import POS
import Testing

@testable import POSStore

@Suite struct TerminalStoreTests {
  private let fixture: StoreFixture
  private let terminal: EnrolledTerminal

  init() async throws {
    fixture = try await StoreFixture()
    let centre = Centre(
      id: StoreFixture.id(700), stationID: StoreFixture.stationID, name: "康乐", nameEn: "")
    _ = try await fixture.store.add(centre, by: fixture.manager, fixture.asked(700))
    terminal = try await fixture.enrol(701, serial: "CGXH1")
  }

  private func passes(_ count: Int, from first: Int = 0) -> [TerminalPass] {
    (first..<first + count).map { place in
      TerminalPass(
        key: "zk/CGXH1/\(place)", number: "\(place + 1)", wireTime: "2026-09-01 11:30:14",
        atMs: 1_788_233_414_000 + Int64(place), method: "face", recordNumber: nil, isLive: false)
    }
  }

  private func batch(_ passes: [TerminalPass]) -> TerminalBatch {
    TerminalBatch(terminalID: terminal.terminal.id, way: .push, passes: passes)
  }

  private func take(_ batch: TerminalBatch) async throws -> BatchOutcome {
    try await fixture.store.take(batch, from: terminal, atMs: StoreFixture.atMs)
  }

  private func count(_ table: String) async throws -> Int {
    try await fixture.store.read { unit in
      try Int.fetchOne(unit.db, sql: "SELECT COUNT(*) FROM \(table)") ?? 0
    }
  }

  @Test func aPassIsStoredOnceHoweverOftenAndTogetherWithWhatItComes() async throws {
    let rows = passes(10)

    let first = try await take(batch(Array(rows[0..<6]) + [rows[2]]))
    let second = try await take(batch(rows.reversed()))
    let third = try await take(batch(rows))

    #expect([first, second, third].map(\.newPassCount) == [6, 4, 0])
    #expect(try await count("terminalPass") == 10)
    #expect(try await count("terminalBatch") == 2)
    _ = try Verifier(folder: fixture.folder).verify { _, _ in }
  }

  @Test func batchesThatComeAtOnceStoreEachPassOnce() async throws {
    let (store, terminal) = (fixture.store, terminal)
    let batches = stride(from: 0, to: 200, by: 10).map { start in
      batch(passes(min(25, 200 - start), from: start))
    }
    try await withThrowingTaskGroup(of: Int.self) { group in
      for one in batches + batches + batches {
        group.addTask {
          try await store.take(one, from: terminal, atMs: StoreFixture.atMs).newPassCount
        }
      }
      let sum = try await group.reduce(0, +)
      #expect(sum == 200)
    }
    #expect(
      try await fixture.store.passCount(
        of: terminal.terminal.id, from: BusinessDate(atMs: 1_788_233_414_000),
        through: BusinessDate(atMs: 1_788_233_414_000)) == 200)
    _ = try Verifier(folder: fixture.folder).verify { _, _ in }
  }

  @Test func aBadRowIsListedOnceAndCounted() async throws {
    var bad = batch([])
    bad.quarantined = [
      QuarantineRow(kind: "attendance", reason: "badTime", redacted: "<3>", rowCount: 1)
    ]

    for _ in 0..<3 { _ = try await take(bad) }

    let listed = try await fixture.store.quarantine(
      of: terminal.terminal.id, before: nil, limit: 10)
    #expect(listed.map(\.seenCount) == [3])
    #expect(try await count("terminalBatch") == 0)
  }

  @Test func junkCannotFillTheDisk() async throws {
    for start in stride(from: 0, to: 3000, by: 200) {
      var bad = batch([])
      bad.quarantined = (start..<start + 200).map {
        QuarantineRow(kind: "attendance", reason: "badTime", redacted: "\($0)", rowCount: 1)
      }
      _ = try await take(bad)
    }

    #expect(try await count("quarantine") <= 2001)
  }

  @Test func rowsOfABatchAreNeverChangedOrDeleted() async throws {
    _ = try await take(batch(passes(2)))

    for sql in ["UPDATE terminalPass SET number = '9'", "DELETE FROM terminalPass"] {
      await #expect(throws: (any Error).self) {
        try await fixture.store.write { unit in try unit.db.execute(sql: sql) }
      }
    }
  }

  @Test func aSerialNumberIsInUseOnce() async throws {
    await #expect(throws: TerminalRefusal.serialInUse) {
      _ = try await fixture.enrol(702, serial: "CGXH1")
    }
    let retired = try await fixture.store.retire(
      terminal.terminal.id, by: fixture.manager.id, fixture.asked(703).request,
      atMs: StoreFixture.atMs)
    #expect(!retired.terminal.isInUse)
    let again = try await fixture.enrol(704, serial: "CGXH1")
    #expect(again.isInUse)
    _ = try Verifier(folder: fixture.folder).verify { _, _ in }
  }

  @Test func aCommandIsSentUntilItsResultComesAndNotForEver() async throws {
    let id = terminal.terminal.id
    let store = fixture.store
    var nowMs = StoreFixture.atMs
    let queued = try await store.queue([.check], on: id, request: nil, atMs: nowMs)
    let key = try #require(queued.commands.first?.key)

    for _ in 0..<TerminalCommand.mostTries {
      #expect(try await store.commandsToSend(to: id, atMs: nowMs).map(\.key) == [key])
      #expect(try await store.commandsToSend(to: id, atMs: nowMs).isEmpty)
      nowMs += TerminalCommand.patienceMs + 1
    }
    #expect(try await store.commandsToSend(to: id, atMs: nowMs).isEmpty)

    let states = try await store.commands(of: id, limit: 10).map(\.state)
    #expect(states == [.failed])
    #expect(try await store.finish(key, on: id, isDone: true, result: nil) == nil)
  }

  /// Enrols one of two people at the centre: 900 or 901.
  private func enrol(
    _ person: Int, _ id: Int, as number: String, from: String, until: String?
  ) async throws {
    if try await fixture.store.nameToPut(of: StoreFixture.id(person)) == nil {
      let identity = person == 900 ? "000000193603010018" : "000000195005200021"
      var details = PersonDetails()
      details.name = "王秀英"
      _ = try await fixture.store.add(
        PersonRequest(
          id: StoreFixture.id(person), personID: StoreFixture.id(person), details: details,
          content: [1]), number: try IdentityNumber(identity), by: fixture.manager, atMs: 1)
    }
    let enrolment = Enrolment(
      id: StoreFixture.id(id), centreID: StoreFixture.id(700), number: number,
      personID: StoreFixture.id(person), from: try #require(BusinessDate(from)),
      until: until.flatMap { BusinessDate($0) })
    _ = try await fixture.store.enrol(enrolment, by: fixture.manager, fixture.asked(id))
  }

  private func remove(on today: String, atMs: Int64 = StoreFixture.atMs) async throws -> [String] {
    let id = terminal.terminal.id
    let before = try await fixture.store.commands(of: id, limit: 100).count
    try await fixture.store.queueRemovals(
      on: terminal, endedBefore: try #require(BusinessDate(today)), atMs: atMs)
    let all = try await fixture.store.commands(of: id, limit: 100)
    return all.dropLast(before).reversed().map(\.kind.word)
  }

  @Test func whoLeftIsRemovedOnceAndAgainADayAfterAFailure() async throws {
    try await enrol(900, 800, as: "1", from: "2026-11-01", until: "2100-06-30")

    #expect(try await remove(on: "2100-06-30") == [])
    #expect(try await remove(on: "2100-07-01") == ["removePerson"])
    #expect(try await remove(on: "2100-07-01") == [])
    let id = terminal.terminal.id
    let sent = try await fixture.store.commandsToSend(to: id, atMs: StoreFixture.atMs)
    _ = try await fixture.store.finish(
      try #require(sent.first?.key), on: id, isDone: false, result: "busy")
    #expect(try await remove(on: "2100-07-01", atMs: StoreFixture.atMs + 86_399_999) == [])
    #expect(
      try await remove(on: "2100-07-02", atMs: StoreFixture.atMs + 86_400_000) == ["removePerson"])
  }

  @Test func whoComesBackStaysAndANumberPassedOnIsEmptiedFirst() async throws {
    try await enrol(900, 800, as: "1", from: "2026-11-01", until: "2100-06-30")
    try await enrol(900, 801, as: "1", from: "2100-07-01", until: nil)
    try await enrol(900, 810, as: "2", from: "2026-11-01", until: "2100-06-30")
    try await enrol(901, 820, as: "2", from: "2100-07-01", until: nil)
    // Over before the terminal came: it may have the face of who is there now.
    try await enrol(900, 830, as: "3", from: "2020-01-01", until: "2020-12-31")
    try await enrol(901, 840, as: "3", from: "2021-01-01", until: nil)
    try await enrol(900, 850, as: "4", from: "2020-01-01", until: "2020-12-31")

    #expect(
      try await remove(on: "2100-07-01") == ["removePerson", "removePerson", "putPerson"])
  }
}

extension StoreFixture {
  /// A terminal at the centre 700.
  func enrol(_ number: Int, serial: String) async throws -> EnrolledTerminal {
    let one = Terminal(
      id: Self.id(number), serial: serial, family: .zktecoAttendance, centreID: Self.id(700),
      model: "", zoneMinutes: 480)
    return try await store.enrol(
      NewTerminal(terminal: one, secretHash: nil), by: manager, asked(number).request,
      atMs: Self.atMs
    ).terminal
  }
}
