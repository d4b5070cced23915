import GRDB
public import POS

extension Store {
  /// Takes in a policy for days to come; journalled.
  ///
  /// - Throws: `StoreRefusal.policy`.
  public func add(_ policy: CharityPolicy, atMs: Int64) async throws {
    try await write { unit in
      // What is on file, for another may have come while this one waited.
      let timeline = try Self.policies(unit.db)
      do throws(PolicyRefusal) {
        _ = try timeline.adding(policy, atMs: atMs)
      } catch {
        throw StoreRefusal.policy(error)
      }
      try unit.insert(policy, atMs: atMs)
    }
    try loadFacts()
  }

  static func policies(_ db: Database) throws -> PolicyTimeline {
    let texts = try String.fetchAll(db, sql: "SELECT content FROM policy")
    let policies = try texts.map { text in
      guard let json = try? JSON(parsing: Array(text.utf8)), let policy = CharityPolicy(json: json)
      else { throw StoreProblem.badRecord("policy") }
      return policy
    }
    if policies.isEmpty { return PolicyTimeline() }
    guard let timeline = PolicyTimeline(policies) else { throw StoreProblem.badRecord("policy") }
    return timeline
  }
}

extension UnitOfWork {
  /// Writes a policy that fits among the others; journalled.
  func insert(_ policy: CharityPolicy, atMs: Int64) throws {
    try db.execute(
      sql: "INSERT INTO policy (id, effectiveFrom, content) VALUES (?, ?, ?)",
      arguments: [
        policy.id, policy.effectiveFrom.description,
        String(decoding: policy.json.canonicalBytes(), as: UTF8.self),
      ])
    try append(.policy, policy.json, atMs: atMs)
  }
}
