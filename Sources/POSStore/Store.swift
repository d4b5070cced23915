import FoundationEssentials
import GRDB
public import POS
import Synchronization

/// The one database file of a `posd`, and the only code that knows SQL.
///
/// Invariants:
/// 1. What a method has returned from is on disk: WAL with `synchronous = FULL`, read back at
///    opening (GRDB sets NORMAL when it opens a WAL database).
/// 2. Each writing method is one unit of work: all of it or none.
/// 3. Journal, sales, postings and movements only grow; triggers refuse anything else, and
///    `recursive_triggers` keeps `INSERT OR REPLACE` from passing them.
/// 4. One process, one writing connection; only it checkpoints.
public final class Store: Sendable {
  /// The database's file name in the data folder.
  public static let fileName = "posd.sqlite"

  let pool: DatabasePool
  let writer: GroupWriter
  let products = ProductMemory()
  /// Posted after each commit that changed the print queue or a printer.
  public let printSignal = ChangeSignal()
  /// Posted after each commit that changed a till or its printer.
  public let tillSignal = ChangeSignal()
  /// Posted after each commit that recorded or changed a meal.
  public let mealSignal = ChangeSignal()
  let facts: Mutex<StationFacts>

  /// What never changes while requests are served, but by set-up.
  struct StationFacts {
    var origin = ""
    /// Signs closes; never read from the file.
    var signer: JournalSigner?
    /// Open what is kept of people; never read from the file.
    var personalKeys: PersonalKeys?
    var policies = PolicyTimeline()
    var layouts: [InStoreLayout] = []
    var printSignal = ChangeSignal()
    var tillSignal = ChangeSignal()
    var mealSignal = ChangeSignal()
  }

  /// Opens the database in a folder, bringing an older schema up to date after copying it.
  ///
  /// - Throws: `StoreProblem` if the file would not keep what it is given, or is newer than us.
  public init(folder: String) throws {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;
          """)
    }
    let path = folder + "/" + Self.fileName
    pool = try DatabasePool(path: path, configuration: configuration)
    writer = GroupWriter(pool)
    facts = Mutex(StationFacts())
    try Self.migrate(pool, path: path)
    try Self.makeDurable(pool)
    try pool.read { db in try QuickCheck.run(db) }
    try loadFacts()
  }

  /// Closes the file; nothing may be asked of the store afterwards.
  public func close() throws { try pool.close() }

  /// The id of this `posd` in the journal; empty before set-up.
  public var origin: String { facts.withLock { $0.origin } }

  /// The policies in force, by date.
  public var policies: PolicyTimeline { facts.withLock { $0.policies } }

  /// What the station's own scale prints.
  public var layouts: [InStoreLayout] { facts.withLock { $0.layouts } }

  /// One unit of work; see `GroupWriter.perform`.
  func write<Value: Sendable>(
    turn: GroupWriter.Turn = .person,
    _ work: @escaping @Sendable (UnitOfWork) throws -> Value
  ) async throws -> Value {
    let facts = facts.withLock { $0 }
    do {
      return try await writer.perform(turn: turn) { [products] db in
        try work(UnitOfWork(db: db, facts: facts, products: products))
      }
    } catch let error as DatabaseError {
      throw StoreFailure(error)
    }
  }

  /// Reads a consistent state.
  func read<Value: Sendable>(
    _ work: @escaping @Sendable (UnitOfWork) throws -> Value
  ) async throws -> Value {
    let facts = facts.withLock { $0 }
    do {
      return try await pool.read { db in try work(UnitOfWork(db: db, facts: facts)) }
    } catch let error as DatabaseError {
      throw StoreFailure(error)
    }
  }

  func loadFacts() throws {
    let (signer, personalKeys) = facts.withLock { ($0.signer, $0.personalKeys) }
    let (printSignal, tillSignal, mealSignal) = (printSignal, tillSignal, mealSignal)
    let loaded = try pool.read { db in
      StationFacts(
        origin: try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'origin'")
          ?? "",
        signer: signer, personalKeys: personalKeys,
        policies: try Self.policies(db),
        layouts: try Self.layouts(db), printSignal: printSignal,
        tillSignal: tillSignal, mealSignal: mealSignal)
    }
    facts.withLock { $0 = loaded }
  }

  private static func layouts(_ db: Database) throws -> [InStoreLayout] {
    try Row.fetchAll(db, sql: "SELECT prefix, content FROM inStoreLayout").map { row in
      guard let content = InStoreLayout.Content(rawValue: row["content"]),
        let layout = InStoreLayout(prefix: row["prefix"], content: content)
      else { throw StoreProblem.badRecord("inStoreLayout") }
      return layout
    }
  }

  private static func migrate(_ pool: DatabasePool, path: String) throws {
    let migrator = Migrations.migrator
    let (isNewer, applied, isComplete) = try pool.read { db in
      (
        try migrator.hasBeenSuperseded(db), try migrator.appliedIdentifiers(db),
        try migrator.hasCompletedMigrations(db)
      )
    }
    guard !isNewer else { throw StoreProblem.newerThanProgram }
    if !applied.isEmpty, !isComplete {
      let copy = path + ".before-step-\(applied.count + 1)"
      if FileManager.default.fileExists(atPath: copy) {
        // Left by a start that was broken off between copy and migration.
        try FileManager.default.removeItem(atPath: copy)
      }
      try pool.writeWithoutTransaction { db in
        try db.execute(sql: "VACUUM INTO ?", arguments: [copy])
      }
    }
    try migrator.migrate(pool)
  }

  private static func makeDurable(_ pool: DatabasePool) throws {
    try pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      // Savepoints keep their undo pages in memory, not in a temporary file.
      try db.execute(sql: "PRAGMA temp_store = MEMORY")
      let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous")
      let journalMode = try String.fetchOne(db, sql: "PRAGMA journal_mode")
      let triggers = try Int.fetchOne(db, sql: "PRAGMA recursive_triggers")
      guard synchronous == 2, journalMode == "wal", triggers == 1 else {
        throw StoreProblem.notDurable
      }
    }
  }
}

/// Why a database cannot be used.
public enum StoreProblem: Error, Equatable, Sendable {
  /// WAL with full syncs could not be set.
  case notDurable
  /// The file was written by a newer program.
  case newerThanProgram
  /// The file was written by an older program and has not been brought up to date.
  case olderThanProgram
  /// A table, index or trigger is not as this program made it.
  case changedSchema(String)
  /// A stored record does not read as what it should be.
  case badRecord(String)
  /// The journal's end does not fit together; `verify` tells more.
  case brokenJournal(String)
  /// The journal is signed with another key than the one given, by fingerprint.
  case otherKey(recorded: String, given: String)
}

/// One transaction's view of the database, with what is known beside it.
struct UnitOfWork {
  let db: Database
  let facts: Store.StationFacts
  /// What the writer remembers of the catalogue; `nil` where nothing is written.
  var products: ProductMemory?

  /// The products as this transaction sees them.
  var catalogue: CatalogueReader {
    CatalogueReader(db: db, layouts: facts.layouts, memory: products)
  }
}
