import HTTPTypes
import Hummingbird
import NIOCore
import POS
import POSStore
import ServiceLifecycle

// The live board of a centre: server-sent events.
extension StaffAPI {
  var mealBoardOperations: [Operation] {
    [
      Operation(
        id: "mealBoard", method: .get, path: "/api/v1/centres/{id}/board",
        summary: "meals of today as they are recorded, live", access: .roles(.mealReaders),
        answers: [.bytes(mediaType: "text/event-stream")], errors: [.notFound],
        handler: mealBoard)
    ]
  }

  private func mealBoard(_ request: APIRequest) async throws -> APIResponse {
    let centre = try await centre(of: request)
    guard let token = request.headers[.authorization].flatMap(SessionToken.hash(authorization:))
    else { throw Problem(.notLoggedIn) }
    let feed = MealFeed(api: self, centre: centre, token: token)
    var answer = APIResponse(status: .ok, mediaType: "text/event-stream")
    answer.stream = AsyncThrowingStream { try await feed.next() }
    return answer
  }
}

/// What one board has seen, and what it is told next.
private actor MealFeed {
  private let api: StaffAPI
  private let centre: Centre
  private let token: TokenHash
  private let ticks: AsyncStream<Void>
  /// The day on the board, and the newest record that is on it; `nil` before the first look.
  private var seen: (date: BusinessDate, recordKey: Int64)?

  init(api: StaffAPI, centre: Centre, token: TokenHash) {
    self.api = api
    self.centre = centre
    self.token = token
    ticks = api.mealBoards.ticks()
  }

  /// The next events; `nil` when the daemon stops or the log-in is over.
  func next() async throws -> ByteBuffer? {
    for await _ in ticks.cancelOnGracefulShutdown() {
      // Who is logged out sees no more.
      guard try await api.authenticate(token) != nil else { return nil }
      return ByteBuffer(string: try await news())
    }
    return nil
  }

  /// The events since the last look; at first, and on a new day, all.
  private func news() async throws -> String {
    let nowMs = api.clock.nowMs
    let policy = api.store.policies.policy(atMs: nowMs)
    let date = policy.date(atMs: nowMs)
    let since = seen?.date == date ? seen?.recordKey : nil
    let board = try await api.store.mealBoard(of: centre.id, on: date, since: since)
    seen = (date, board.recordKey)
    let counts = JSON.members([
      "servedCount": .integer(board.servedCount), "waitingCount": .integer(board.waitingCount),
      "nowMs": .integer(nowMs), "period": policy.meals.period(atMs: nowMs)?.view ?? .null,
    ])
    let meals = board.meals.map { $0.boardView(policy.meals) }
    guard since != nil else {
      return event(
        "state",
        JSON.members(["centre": centre.view, "date": .string(date.description)])
          .adding(contentsOf: counts).adding("meals", .array(meals)))
    }
    return meals.reversed().map { event("meal", $0) }.joined() + event("counts", counts)
  }

  private func event(_ name: String, _ data: JSON) -> String {
    "event: \(name)\ndata: \(String(decoding: data.bytes(), as: UTF8.self))\n\n"
  }
}
