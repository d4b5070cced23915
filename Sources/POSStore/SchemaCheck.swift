import GRDB

/// Whether the tables, indexes and triggers of a file are those of this program: a file without its
/// triggers would let records be changed.
enum SchemaCheck {
  /// - Throws: `Finding` naming the first object that differs.
  static func run(_ db: Database) throws {
    let fresh = try DatabaseQueue()
    try Migrations.migrator.migrate(fresh)
    let expected = try fresh.read(definitions)
    let found = try definitions(db)
    for name in Set(expected.keys).union(found.keys).sorted()
    where expected[name] != found[name] {
      throw Finding(place: name, problem: "is not as this program made it: changed schema")
    }
  }

  /// What we define; not what SQLite makes for itself (statistics, the tables behind a search
  /// index), which may differ from one of its versions to the next.
  private static func definitions(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL
        AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'productSearch\\_%' ESCAPE '\\'
        """)
    return Dictionary(uniqueKeysWithValues: rows.map { ($0["name"], $0["sql"]) })
  }
}
