import Crypto
import POS
import POSStore

/// The operations of the staff listener, by topic; each decodes, asks the store, encodes.
struct StaffAPI: Sendable {
  let store: Store
  let clock: Clock
  let logIns: LogInCheck
  let identities = IdentityCache()
  /// Where public receipt pages are, if anywhere.
  let publicBaseURL: String?
  let printers: Printers
  let drawers: Drawers
  let terminals: TerminalBoard
  var looks = SlipLooks()
  let mealBoards: MealBoards
  /// Notes outside the data folder who was forgotten.
  var noteForgotten: @Sendable () throws -> Void = {}
  let guesses: VoucherGuesses
  /// Slows who looks people up by their meal cards: it is for who stands at the till with money, so
  /// only a look-up that money follows costs nothing.
  let mealLooks = TryLimiter(freeOfUser: 20, freeOfAddress: 100)

  /// All operations under `/api/v1`.
  var operations: [Operation] {
    logInOperations + contextOperations + productOperations + quoteOperations + basketOperations
      + saleOperations + returnOperations + tenderCorrectionOperations
      + statementOperations + receiptOperations
      + printOperations
      + approvalOperations + userOperations + userChangeOperations + stockOperations
      + productChangeOperations
      + reportOperations
      + terminalOperations
      + beneficiaryOperations + memberOperations
      + tillsAndDays + meals
      + reliefOperations
  }

  private var tillsAndDays: [Operation] {
    tillOperations + drawerOperations + countOperations + zReportOperations
      + dayOperations + monthOperations
  }

  private var reliefOperations: [Operation] {
    programmeOperations + voucherOperations + couponOperations + handOutOperations
      + claimOperations
  }

  private var meals: [Operation] {
    centreOperations + mealOperations + mealAccountOperations + mealClaimOperations
      + mealBoardOperations
  }

  /// The user behind a request, as the rules know users.
  func user(_ request: APIRequest) throws -> User {
    let identity = try request.user()
    return User(
      id: identity.userID, name: identity.name, displayName: identity.displayName,
      role: identity.role, stationID: identity.stationID, centreID: identity.centreID)
  }

  /// The user behind a token hash.
  func authenticate(_ token: TokenHash) async throws -> Identity? {
    let nowMs = clock.nowMs
    if let user = identities.user(token, atMs: nowMs) { return Identity(user) }
    let generation = identities.generation
    let logIn = try await store.logIn(tokenHash: token.bytes, atMs: nowMs)
    guard let logIn else { return nil }
    identities.keep(logIn.user, token: token, expiresAtMs: logIn.expiresAtMs, since: generation)
    return Identity(logIn.user)
  }

  /// The name on receipts and screens of who made a record; no look-up for one's own.
  func displayName(of userID: UserID, askedBy user: User) async throws -> String {
    userID == user.id ? user.displayName : try await store.displayName(of: userID)
  }
}

extension Identity {
  init(_ user: User) {
    self.init(
      userID: user.id, name: user.name, displayName: user.displayName, role: user.role,
      stationID: user.stationID, centreID: user.centreID)
  }
}

extension Set where Element == Role {
  /// Who sells.
  static let sellers: Set<Role> = [.cashier, .manager]
  /// Who sells or reads what was sold.
  static let readers: Set<Role> = [.cashier, .manager, .auditor]
  static let managers: Set<Role> = [.manager]
  static let supervisors: Set<Role> = [.manager, .auditor]
  static let everyone = Set(Role.allCases)
}

extension JSON {
  /// SHA-256 of the canonical form: the same content has the same hash, whatever the order of its
  /// members.
  var contentHash: [UInt8] { Array(SHA256.hash(data: canonicalBytes())) }
}

extension APIRequest {
  /// The hash of the body's content.
  var contentHash: [UInt8] { json.contentHash }
}

/// Where lists go on: an integer key as text.
extension QueryValues {
  /// The parameters of every list.
  static let page: [QueryParameter] = [
    QueryParameter(name: "limit", schema: Schema.integer(1...200)),
    QueryParameter(name: "cursor", schema: Schema.text),
  ]

  /// The key of the last row of the page before; `nil` for the first page.
  func cursor() throws -> Int64? {
    guard let text = try text("cursor", count: 1...20) else { return nil }
    guard let key = Int64(text), key >= 0 else {
      throw Self.refusal(of: "cursor", expected: "the nextCursor of a page")
    }
    return key
  }
}

/// One page of a list; a full page names the key of its last row.
func page(_ rows: [(key: Int64, json: JSON)], limit: Int) -> JSON {
  let next = rows.count == limit ? rows.last.map { JSON.string(String($0.key)) } : nil
  return .members(["items": .array(rows.map(\.json)), "nextCursor": next ?? .null])
}
