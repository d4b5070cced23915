import Dispatch
import GRDB
import Synchronization
import Testing

@testable import POSStore

@Suite(.timeLimit(.minutes(1))) struct GroupWriterTests {
  private struct Refused: Error, Equatable {}

  /// How often each piece of work ran.
  private final class Runs: Sendable {
    private let counts = Mutex<[String: Int]>([:])
    var all: [String: Int] { counts.withLock { $0 } }
    func note(_ name: String) { counts.withLock { $0[name, default: 0] += 1 } }
  }

  /// How long the writer is held at most: longer than the time limit of a test, so that a slow
  /// machine never sees the queue run empty before it is full.
  private static let longestHold = DispatchTimeInterval.seconds(90)

  /// Waits without taking a processor from the others; the time limit of the test ends it.
  private func until(_ condition: () -> Bool) async throws {
    while !condition() { try await Task.sleep(for: .milliseconds(1)) }
  }

  private typealias Work = @Sendable (Database) throws -> Void

  /// Does pieces of work in one batch: the writer is held until all of them wait.
  private func together(_ writer: GroupWriter, _ works: [Work]) async throws -> [Bool] {
    let hold = DispatchSemaphore(value: 0)
    let runs = Runs()
    return try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
      group.addTask {
        try await writer.perform { _ in
          runs.note("hold")
          _ = hold.wait(timeout: .now() + Self.longestHold)
        }
        return (-1, true)
      }
      defer { hold.signal() }
      try await until { !runs.all.isEmpty }
      for (number, work) in works.enumerated() {
        group.addTask {
          do { try await writer.perform(work) } catch is Refused { return (number, false) }
          return (number, true)
        }
        try await until { writer.waitingCount > number }
      }
      hold.signal()
      var outcomes: [Int: Bool] = [:]
      for try await (number, isDone) in group { outcomes[number] = isDone }
      return works.indices.map { outcomes[$0] ?? false }
    }
  }

  private static func insert(_ name: String, _ runs: Runs) -> Work {
    { db in
      runs.note(name)
      try db.execute(sql: "INSERT INTO setting (name, value) VALUES (?, '')", arguments: [name])
    }
  }

  private static func names(_ store: Store) async throws -> [String] {
    try await store.read { unit in
      try String.fetchAll(unit.db, sql: "SELECT name FROM setting WHERE name LIKE 't%'")
    }
  }

  @Test func workThatRefusesBeforeItWritesMakesNobodyRunAgain() async throws {
    let fixture = try await StoreFixture()
    let runs = Runs()

    let outcomes = try await together(
      fixture.store.writer,
      [Self.insert("t1", runs), { _ in throw Refused() }, Self.insert("t2", runs)])

    #expect(outcomes == [true, false, true])
    #expect(try await Self.names(fixture.store) == ["t1", "t2"])
    #expect(runs.all == ["t1": 1, "t2": 1])
  }

  @Test func workThatThrowsAfterItWroteIsUndoneAlone() async throws {
    let fixture = try await StoreFixture()
    let runs = Runs()

    let outcomes = try await together(
      fixture.store.writer,
      [
        Self.insert("t1", runs),
        { db in
          try Self.insert("t2", runs)(db)
          throw Refused()
        },
        Self.insert("t3", runs),
      ])

    #expect(outcomes == [true, false, true])
    #expect(try await Self.names(fixture.store) == ["t1", "t3"])
    #expect(runs.all == ["t1": 2, "t2": 2, "t3": 1])
  }

  @Test func loneWorkThatThrowsAfterItWroteIsUndone() async throws {
    let fixture = try await StoreFixture()
    let runs = Runs()

    await #expect(throws: Refused()) {
      try await fixture.store.writer.perform { db in
        try Self.insert("t1", runs)(db)
        throw Refused()
      }
    }

    #expect(try await Self.names(fixture.store).isEmpty)
    #expect(runs.all == ["t1": 1])
  }

  /// What ran, in its order.
  private final class Order: Sendable {
    private let names = Mutex<[String]>([])
    var all: [String] { names.withLock { $0 } }
    func note(_ name: String) { names.withLock { $0.append(name) } }
  }

  @Test func oneMachineGoesBeforePeopleWhoWaitAndTheOthersAfterThem() async throws {
    let fixture = try await StoreFixture()
    let writer = fixture.store.writer
    let hold = DispatchSemaphore(value: 0)
    let order = Order()
    let waiting: [(name: String, turn: GroupWriter.Turn)] = [
      ("m1", .machine), ("m2", .machine), ("m3", .machine), ("p1", .person), ("p2", .person),
    ]

    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await writer.perform { _ in
          order.note("hold")
          _ = hold.wait(timeout: .now() + Self.longestHold)
        }
      }
      defer { hold.signal() }
      try await until { !order.all.isEmpty }
      for (place, one) in waiting.enumerated() {
        group.addTask { try await writer.perform(turn: one.turn) { _ in order.note(one.name) } }
        try await until { writer.waitingCount > place }
      }
      hold.signal()
      try await group.waitForAll()
    }

    #expect(order.all == ["hold", "m1", "p1", "p2", "m2", "m3"])
  }
}
