import FoundationEssentials
import GRDB
public import POS

/// What a new database begins with.
public struct SetUp: Sendable {
  public let origin: Identifier<Store>
  public let station: Station
  public let tills: [Till]
  public let policy: CharityPolicy
  public let campaigns: [Campaign]
  public let layouts: [InStoreLayout]
  public let atMs: Int64

  public init(
    origin: Identifier<Store>, station: Station, tills: [Till], policy: CharityPolicy,
    campaigns: [Campaign], layouts: [InStoreLayout], atMs: Int64
  ) {
    self.origin = origin
    self.station = station
    self.tills = tills
    self.policy = policy
    self.campaigns = campaigns
    self.layouts = layouts
    self.atMs = atMs
  }
}

extension Store {
  /// Whether the database has a station.
  public var isSetUp: Bool { !origin.isEmpty }

  /// Gives a new database its identity, first station, tills and policy; journalled.
  ///
  /// - Throws: `StoreRefusal.alreadySetUp`.
  public func setUp(_ setUp: SetUp) async throws {
    try await writer.perform { db in
      let done = try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'origin'")
      guard done == nil else { throw StoreRefusal.alreadySetUp }
      try db.execute(
        sql: "INSERT INTO setting (name, value) VALUES ('origin', ?)",
        arguments: [setUp.origin.text])
      let unit = UnitOfWork(db: db, facts: StationFacts(origin: setUp.origin.text))
      try unit.append(.setUp, setUp.body, atMs: setUp.atMs)
      try unit.insert(setUp.station)
      for till in setUp.tills { try unit.insert(till) }
      try unit.insert(setUp.policy, atMs: setUp.atMs)
      for campaign in setUp.campaigns { try unit.insert(campaign) }
      for layout in setUp.layouts { try unit.insert(layout) }
    }
    try loadFacts()
  }

  /// The stations this `posd` owns, by name.
  public func stations() async throws -> [Station] {
    try await read { unit in
      try Row.fetchAll(unit.db, sql: "SELECT id, name, nameEn FROM station ORDER BY name").map {
        Station(id: Identifier($0["id"] as Data), name: $0["name"], nameEn: $0["nameEn"])
      }
    }
  }

  /// The tills of a station, by name.
  public func tills(of stationID: StationID) async throws -> [Till] {
    try await read { unit in
      try Row.fetchAll(
        unit.db, sql: "SELECT id, name FROM till WHERE stationID = ? ORDER BY name",
        arguments: [stationID.data]
      ).map { Till(id: Identifier($0["id"] as Data), stationID: stationID, name: $0["name"]) }
    }
  }

  /// What shoppers may give to.
  public func campaigns() async throws -> [Campaign] {
    try await read { unit in
      try Row.fetchAll(unit.db, sql: "SELECT id, name, nameEn FROM campaign ORDER BY id").map {
        Campaign(id: $0["id"], name: $0["name"], nameEn: $0["nameEn"])
      }
    }
  }
}

extension UnitOfWork {
  /// Adds a station with its first till; journalled.
  func add(_ station: Station, _ till: Till, atMs: Int64) throws {
    try insert(station)
    try insert(till)
    try append(.stationAdded, station.body(tills: [till]), atMs: atMs)
  }

  fileprivate func insert(_ station: Station) throws {
    try db.execute(
      sql: "INSERT INTO station (id, name, nameEn) VALUES (?, ?, ?)",
      arguments: [station.id.data, station.name, station.nameEn])
  }

  fileprivate func insert(_ till: Till) throws {
    try db.execute(
      sql: "INSERT INTO till (id, stationID, name) VALUES (?, ?, ?)",
      arguments: [till.id.data, till.stationID.data, till.name])
  }

  fileprivate func insert(_ campaign: Campaign) throws {
    try db.execute(
      sql: "INSERT INTO campaign (id, name, nameEn) VALUES (?, ?, ?)",
      arguments: [campaign.id, campaign.name, campaign.nameEn])
  }

  fileprivate func insert(_ layout: InStoreLayout) throws {
    try db.execute(
      sql: "INSERT INTO inStoreLayout (prefix, content) VALUES (?, ?)",
      arguments: [layout.prefix, layout.content.rawValue])
  }
}

extension SetUp {
  /// What the first record tells.
  fileprivate var body: JSON {
    station.body(tills: tills)
      .adding(
        "campaigns",
        .array(
          campaigns.map {
            .members([
              "id": .string($0.id), "name": .string($0.name), "nameEn": .string($0.nameEn),
            ])
          })
      )
      .adding(
        "layouts",
        .array(
          layouts.map {
            .members(["prefix": .string($0.prefix), "content": .string($0.content.rawValue)])
          }))
  }
}

extension Station {
  fileprivate func body(tills: [Till]) -> JSON {
    .members([
      "stationID": .string(id.text), "name": .string(name), "nameEn": .string(nameEn),
      "tills": .array(
        tills.map { .members(["id": .string($0.id.text), "name": .string($0.name)]) }),
    ])
  }
}
