import HTTPTypes
import POS

// The operations of the command line on meal terminals.
extension AdminOperations {
  static let terminalsPath = "/admin/v1/terminals"
  static let replaceTerminalPath = "/admin/v1/terminals/replace"
  static let importAttendancePath = "/admin/v1/import/attendance"
  /// The largest file of rows; `AttendanceLimits.fileBytes`.
  private static let largestAttendance = 32 << 20

  /// Of a desk, told by `changed` when terminals are others.
  static func terminals(
    _ desk: StationDesk, changed: @escaping @Sendable () async throws -> Void
  ) -> [Operation] {
    let open = JSON.members(["type": "object"])
    return [
      Operation(
        id: "adminListTerminals", method: .get, path: terminalsPath, summary: "the terminals",
        access: .anyone, answers: [.json(open)]
      ) { _ in .json(try await desk.listTerminals()) },
      Operation(
        id: "adminAddTerminal", method: .post, path: terminalsPath, summary: "enrol a terminal",
        access: .anyone, body: .json(open), answers: [.json(open, status: 201)],
        errors: [.diskFull]
      ) { request in
        let made = try await desk.addTerminal(request.json)
        try await changed()
        return .json(made, status: .created)
      },
      Operation(
        id: "adminReplaceTerminal", method: .post, path: replaceTerminalPath,
        summary: "replace a terminal", access: .anyone,
        body: .json(open, limitBytes: 1 << 20), answers: [.json(open, status: 201)],
        errors: [.diskFull]
      ) { request in
        let made = try await desk.replaceTerminal(request.json)
        try await changed()
        return .json(made, status: .created)
      },
      Operation(
        id: "adminImportAttendance", method: .post, path: importAttendancePath,
        summary: "import rows of a terminal from a file", access: .anyone,
        query: [
          QueryParameter(name: "terminal", schema: Schema.text, need: .required),
          QueryParameter(name: "columns", schema: Schema.text),
        ],
        body: .bytes(mediaType: "application/octet-stream", limitBytes: largestAttendance),
        answers: [.json(open)], errors: [.badValue, .diskFull]
      ) { request in
        let serial = try request.query.text("terminal", count: 1...64) ?? ""
        let columns = try request.query.text("columns", count: 1...20)
        return .json(
          try await desk.importAttendance(request.bytes, serial: serial, columns: columns))
      },
    ]
  }
}
