import ArgumentParser
import POS

extension ImportCommand {
  /// `posd import vouchers FILE --user NAME --programme NAME --amount YUAN --from DAY --until DAY`.
  struct Vouchers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "vouchers", abstract: "Issue vouchers to a list of people.",
      discussion: """
        A CSV file with a column 身份证号, UTF-8 or GB 18030. Everyone must be in the registry and in \
        the programme's categories; every row left out is named by its line, never with what stands \
        in it. The same list with the same days again issues nothing. Asks for the password of the \
        manager in whose name it is done. While a daemon runs, it does the work.
        """)

    @OptionGroup(title: "Data") var folder: FolderOptions

    @Argument(help: "The CSV file; - is standard input.")
    var file: String

    @Option(help: "The log-in name of a manager.")
    var user: String

    @Option(help: "The programme, by its name or id.")
    var programme: String

    @Option(help: "What each voucher is worth, in yuan: 50.00.")
    var amount: String

    @Option(help: "The first day they are good for: 2026-12-01.")
    var from: String

    @Option(help: "The last day they are good for.")
    var until: String

    @Option(
      name: .customLong("repeat"),
      help: "The last month in which the same people get the same again: 2027-06.")
    var repeatMonthly: String?

    func run() async throws {
      guard let worth = Money(yuanText: amount) else {
        throw ValidationError("--amount is an amount in yuan: 50.00")
      }
      let config = try await folder.load()
      let bytes = try CommandFile.bytes(file)
      let text = String(validating: bytes, as: UTF8.self) ?? GB18030.text(decoding: bytes)
      let request = JSON.members([
        "user": .string(user), "password": .string(try SecretPrompt.ask("Password")),
        "programme": .string(programme), "amountFen": .integer(worth.fen),
        "validFrom": .string(from), "validUntil": .string(until),
        "repeatMonthly": repeatMonthly.map(JSON.string), "csv": .string(text),
      ])
      let report = try await StationAccess.open(config).perform(
        daemon: { client in
          try client.post(AdminOperations.importVouchersPath, body: request.bytes())
        },
        direct: { desk in try await desk.importVouchers(request) })
      let problems = report["problems"]?.arrayValue ?? []
      for problem in problems {
        let line = problem["line"]?.integerValue ?? 0
        Console.output("line \(line): \(problem["reason"]?.stringValue ?? "")")
      }
      for issue in report["issues"]?.arrayValue ?? [] {
        Console.output("issue \(issue.stringValue ?? "")")
      }
      Console.output(
        "\(report["issued"]?.integerValue ?? 0) issued, "
          + "\(report["issuedBefore"]?.integerValue ?? 0) issued before, "
          + "\(problems.count) left out")
    }
  }
}

extension ExportCommand {
  /// `posd export vouchers --user NAME --issue ID`.
  struct Vouchers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "vouchers", abstract: "The codes of an issue, to be sent: as good as money.",
      discussion: """
        CSV, UTF-8 with byte-order mark. Whoever reads the file can spend what is in it: send it to \
        nobody whole, and delete it afterwards. Asks for the password of a manager; each code is \
        put on record as shown. While a daemon runs, it does the work.
        """)

    @OptionGroup(title: "Data") var folder: FolderOptions

    @Option(help: "The log-in name of a manager.")
    var user: String

    @Option(help: "The issue, by its id.")
    var issue: String

    func run() async throws {
      let config = try await folder.load()
      let request = JSON.members([
        "user": .string(user), "password": .string(try SecretPrompt.ask("Password")),
        "issueID": .string(issue),
      ])
      let answer = try await StationAccess.open(config).perform(
        daemon: { client in
          try client.post(AdminOperations.voucherCodesPath, body: request.bytes())
        },
        direct: { desk in try await desk.voucherCodes(request) })
      Console.error("these codes are as good as money: delete the file when they are sent")
      let columns = ["voucherID", "personID", "code", "validFrom", "validUntil"]
      let output = ExportOutput()
      try output.write(
        "\u{FEFF}" + "券编号 voucher,人员编号 person,券码 code,生效 from,截止 until,余额 left CNY\r\n")
      for item in answer["items"]?.arrayValue ?? [] {
        let left = Money(fen: item["leftFen"]?.integerValue ?? 0).yuanText
        let cells = columns.map { SalesTable.cell(item[$0]?.stringValue ?? "") } + [left]
        try output.write(cells.joined(separator: ",") + "\r\n")
      }
      try output.finish()
    }
  }
}
