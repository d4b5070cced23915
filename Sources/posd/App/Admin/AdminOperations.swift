import HTTPTypes
import POS

/// The operations of the daemon's Unix socket, for the command line of its own user.
enum AdminOperations {
  /// The largest file one import may be: half a million products.
  static let largestImport = 64 * 1024 * 1024

  static let importProductsPath = "/admin/v1/import/products"
  static let importBeneficiariesPath = "/admin/v1/import/beneficiaries"
  static let usersPath = "/admin/v1/users"
  static let userChangesPath = "/admin/v1/users/changes"
  static let backupsPath = "/admin/v1/backups"
  static let printTestPath = "/admin/v1/print-test"
  static let tillsPath = "/admin/v1/tills"
  static let closeDayPath = "/admin/v1/close-day"
  static let importVouchersPath = "/admin/v1/import/vouchers"
  static let voucherCodesPath = "/admin/v1/voucher-codes"
  static let tillSettingsPath = "/admin/v1/tills/settings"

  /// `POST /admin/v1/import/products`, a CSV file.
  static func importProducts(
    _ handler: @escaping @Sendable (_ csv: [UInt8]) async throws -> JSON
  ) -> Operation {
    Operation(
      id: "adminImportProducts", method: .post, path: importProductsPath,
      summary: "import products from CSV", access: .anyone,
      body: .bytes(mediaType: "text/csv", limitBytes: largestImport),
      answers: [.json(.members(["type": "object"]))], errors: [.badValue, .diskFull]
    ) { request in .json(try await handler(request.bytes)) }
  }

  /// `POST /admin/v1/import/beneficiaries?source=…&district=…`, a department's list as CSV.
  static func importBeneficiaries(
    _ handler:
      @escaping @Sendable (
        _ csv: [UInt8], _ source: String, _ district: String
      ) async throws -> JSON
  ) -> Operation {
    Operation(
      id: "adminImportBeneficiaries", method: .post, path: importBeneficiariesPath,
      summary: "import people in need from CSV", access: .anyone,
      query: ["source", "district"].map {
        QueryParameter(name: $0, schema: Schema.text, need: .required)
      }, body: .bytes(mediaType: "text/csv", limitBytes: largestImport),
      answers: [.json(.members(["type": "object"]))], errors: [.badValue, .diskFull]
    ) { request in
      let words = try ["source", "district"].map {
        try request.query.text($0, count: 1...20) ?? ""
      }
      return .json(try await handler(request.bytes, words[0], words[1]))
    }
  }

  /// `POST /admin/v1/backups`, makes one; a failure is in the answer, for the terminal.
  static func backUp(_ handler: @escaping @Sendable (JSON) async -> JSON) -> Operation {
    Operation(
      id: "adminBackUp", method: .post, path: backupsPath, summary: "make a backup",
      access: .anyone, body: .json(.members(["type": "object"])),
      answers: [.json(.members(["type": "object"]))]
    ) { request in .json(await handler(request.json)) }
  }

  /// `POST /admin/v1/users`, one new user.
  static func addUser(
    _ handler: @escaping @Sendable (APIRequest) async throws -> APIResponse
  ) -> Operation {
    Operation(
      id: "adminAddUser", method: .post, path: usersPath, summary: "add a user",
      access: .anyone, body: .json(.members(["type": "object"])),
      answers: [.json(.members(["type": "object"]), status: 201)], errors: [.diskFull],
      handler: handler)
  }

  /// `GET /admin/v1/users`, all people.
  static func listUsers(_ handler: @escaping @Sendable () async throws -> JSON) -> Operation {
    Operation(
      id: "adminListUsers", method: .get, path: usersPath, summary: "the people",
      access: .anyone, answers: [.json(.members(["type": "object"]))]
    ) { _ in .json(try await handler()) }
  }

  /// `POST /admin/v1/users/changes` `{name, isActive}` or `{name, password, pin}`.
  static func changeUser(
    _ handler: @escaping @Sendable (JSON) async throws -> Void
  ) -> Operation {
    Operation(
      id: "adminChangeUser", method: .post, path: userChangesPath, summary: "change a person",
      access: .anyone, body: .json(.members(["type": "object"])),
      answers: [.json(.members(["type": "object"]))],
      errors: [.notFound, .lastManager, .diskFull]
    ) { request in
      try await handler(request.json)
      return .json(.members([:]))
    }
  }

  /// `POST /admin/v1/print-test` `{drawer}`, a test page on the station's printer; answers `lines`
  /// for the person who asked, or a `failure`.
  static func printTest(
    _ handler: @escaping @Sendable (_ opensDrawer: Bool) async throws -> JSON
  ) -> Operation {
    Operation(
      id: "adminPrintTest", method: .post, path: printTestPath, summary: "print a test page",
      access: .anyone, body: .json(.members(["type": "object"])),
      answers: [.json(.members(["type": "object"]))], errors: [.badValue]
    ) { request in
      .json(try await handler(request.json["drawer"] == .bool(true)))
    }
  }

  /// `POST /admin/v1/close-day` `{user, password, date?}`; answers the `slip` of the close.
  static func closeDay(
    _ handler: @escaping @Sendable (JSON) async throws -> JSON
  ) -> Operation {
    Operation(
      id: "adminCloseDay", method: .post, path: closeDayPath, summary: "close a business day",
      access: .anyone, body: .json(.members(["type": "object"])),
      answers: [.json(.members(["type": "object"]))],
      errors: [
        .loginFailed, .wrongRole, .dayPast, .dayNotBegun, .earlierDayOpen, .tillsNotClosed,
        .diskFull,
      ]
    ) { request in .json(try await handler(request.json)) }
  }

  /// `POST /admin/v1/import/vouchers`: vouchers for a list of people.
  static func importVouchers(
    _ handler: @escaping @Sendable (JSON) async throws -> JSON
  ) -> Operation {
    Operation(
      id: "adminImportVouchers", method: .post, path: importVouchersPath,
      summary: "issue vouchers to a list", access: .anyone,
      body: .json(.members(["type": "object"]), limitBytes: 8 * 1024 * 1024),
      answers: [.json(.members(["type": "object"]))],
      errors: [
        .loginFailed, .wrongRole, .programmeEnded, .validityPast, .personNotEligible, .diskFull,
      ]
    ) { request in .json(try await handler(request.json)) }
  }

  /// `POST /admin/v1/voucher-codes` `{user, password, issueID}`: the codes, put on record as shown.
  static func voucherCodes(
    _ handler: @escaping @Sendable (JSON) async throws -> JSON
  ) -> Operation {
    Operation(
      id: "adminVoucherCodes", method: .post, path: voucherCodesPath,
      summary: "the codes of an issue", access: .anyone,
      body: .json(.members(["type": "object"])),
      answers: [.json(.members(["type": "object"]))],
      errors: [.loginFailed, .wrongRole, .notFound, .diskFull]
    ) { request in .json(try await handler(request.json)) }
  }

  /// `GET /admin/v1/tills`, all tills.
  static func listTills(_ handler: @escaping @Sendable () async throws -> JSON) -> Operation {
    Operation(
      id: "adminListTills", method: .get, path: tillsPath, summary: "the tills",
      access: .anyone, answers: [.json(.members(["type": "object"]))]
    ) { _ in .json(try await handler()) }
  }

  /// `POST /admin/v1/tills`, one new till.
  static func addTill(
    _ handler: @escaping @Sendable (APIRequest) async throws -> APIResponse
  ) -> Operation {
    Operation(
      id: "adminAddTill", method: .post, path: tillsPath, summary: "add a till",
      access: .anyone, body: .json(.members(["type": "object"])),
      answers: [.json(.members(["type": "object"]), status: 201)], errors: [.diskFull],
      handler: handler)
  }

  /// `POST /admin/v1/tills/settings`, the printer and drawer of a till.
  static func setTill(
    _ handler: @escaping @Sendable (APIRequest) async throws -> APIResponse
  ) -> Operation {
    Operation(
      id: "adminSetTill", method: .post, path: tillSettingsPath,
      summary: "give a till a printer or a drawer", access: .anyone,
      body: .json(.members(["type": "object"])),
      answers: [.json(.members(["type": "object"]))], errors: [.notFound, .diskFull],
      handler: handler)
  }
}
