import FoundationEssentials
import GRDB
public import POS

extension Store {
  /// Who of these people may get something of a programme, and why others may not; that a list was
  /// looked up is journalled.
  ///
  /// - Throws: `StoreRefusal.notFound`: no such programme here.
  public func recipients(
    _ numbers: [IdentityNumber], of programmeID: ProgrammeID, by user: User, atMs: Int64
  ) async throws -> [Result<PersonID, PersonRefusal>] {
    try await write { unit in
      let (_, programme) = try unit.programme(programmeID, at: user.stationID)
      let day = try unit.openDay(at: user.stationID, atMs: atMs)
      let found = try numbers.map { number -> Result<PersonID, PersonRefusal> in
        guard let id = try unit.personID(of: number) else { return .failure(.unknown) }
        if let refusal = try unit.refusal(of: id, programme, on: day) { return .failure(refusal) }
        return .success(id)
      }
      let ids = found.compactMap { try? $0.get() }
      _ = try unit.append(
        .personLookedUp,
        .members([
          "stationID": .string(user.stationID.text), "userID": .string(user.id.text),
          "by": "identityNumber", "found": .array(ids.map { .string($0.text) }),
        ]), atMs: atMs)
      return found
    }
  }
}

extension PersonRefusal: Error {}
