import ArgumentParser
import Configuration
import FoundationEssentials

/// The options every command with a data folder has.
struct FolderOptions: ParsableArguments {
  @Option(help: "The data folder. [POSD_DATA]")
  var data: String?

  @Option(
    help: ArgumentHelp(
      "A JSON file of settings. [POSD_CONFIG]",
      discussion: "Arguments beat the environment, which beats this file.", valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp(
      "The station's keys. (default: DIR.keys beside the data folder) [POSD_KEY_FILE]",
      valueName: "file"))
  var keyFile: String?

  /// The settings given as arguments.
  var values: [Setting: ConfigValue] {
    var values: [Setting: ConfigValue] = [:]
    values[.data] = data.map { ConfigValue(stringLiteral: $0) }
    values[.keyFile] = keyFile.map { ConfigValue(stringLiteral: $0) }
    return values
  }

  /// Reads all settings, with `more` arguments.
  func load(_ more: [Setting: ConfigValue] = [:]) async throws -> Config {
    try await Config.load(
      arguments: values.merging(more) { $1 }, file: config,
      environment: ProcessInfo.processInfo.environment)
  }
}

/// The options of a daemon.
struct ListenOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where staff pages and the API are served. [POSD_LISTEN]",
      discussion: "Port 0 takes any free port; the ready line names it. (default: 127.0.0.1:8080)",
      valueName: "address:port"))
  var listen: String?

  @Option(
    help: ArgumentHelp(
      "Where receipts are served to anyone, read-only. [POSD_PUBLIC_LISTEN]",
      discussion: "Nowhere unless given.", valueName: "address:port"))
  var publicListen: String?

  @Option(
    help: ArgumentHelp(
      "Where meal terminals send what they see. [POSD_TERMINAL_LISTEN]",
      discussion: "Nowhere unless given; the demo takes any free port of this machine.",
      valueName: "address:port"))
  var terminalListen: String?

  @Option(
    name: .customLong("public-base-url"),
    help: ArgumentHelp(
      "What links on receipts begin with. [POSD_PUBLIC_BASE_URL]",
      discussion: "Receipts have no link unless given.", valueName: "url"))
  var publicBaseURL: String?

  @Option(
    help: ArgumentHelp(
      "A further name the staff listener answers to; may be repeated. [POSD_ALLOWED_HOSTS]",
      valueName: "name"))
  var allowedHost: [String] = []

  @Option(
    name: .customLong("tls-certificate"),
    help: ArgumentHelp(
      "Certificate chain (PEM): staff and public pages are served by HTTPS. [POSD_TLS_CERTIFICATE]",
      valueName: "file"))
  var tlsCertificate: String?

  @Option(
    name: .customLong("tls-key"),
    help: ArgumentHelp(
      "The certificate's private key (PEM), readable by nobody else. [POSD_TLS_KEY]",
      valueName: "file"))
  var tlsKey: String?

  @Flag(
    name: .customLong("allow-insecure-lan"),
    help: ArgumentHelp(
      "Serve other machines although nothing is encrypted. [POSD_ALLOW_INSECURE_LAN]",
      discussion: "Anyone on that network can read passwords and sales."))
  var allowInsecureLAN = false

  @Option(
    help: ArgumentHelp(
      "The station's name on receipts. [POSD_STATION_NAME]", valueName: "name"))
  var stationName: String?

  @Option(
    help: ArgumentHelp(
      "The station's name in English. [POSD_STATION_NAME_EN]", valueName: "name"))
  var stationNameEn: String?

  @Option(
    help: ArgumentHelp(
      "The receipt printer: usb, usb:VID:PID, usb@BUS-PORT or tcp:HOST:PORT. [POSD_PRINTER]",
      discussion: "posd printers lists what is plugged in.", valueName: "printer"))
  var printer: String?

  @Option(
    help: ArgumentHelp(
      "A folder where a virtual printer puts receipts as files. [POSD_PRINT_FOLDER]",
      discussion: "Without it nothing is printed.", valueName: "folder"))
  var printFolder: String?

  @OptionGroup var profiles: ProfileOptions

  @Option(
    help: ArgumentHelp(
      "A Portable Bitmap (.pbm) for the top of receipts. [POSD_LOGO]", valueName: "file"))
  var logo: String?

  @Option(
    help: ArgumentHelp(
      "The font file that draws characters a printer lacks. [POSD_GLYPH_FONT]",
      discussion: "Without it the font of fonts-noto-cjk is looked for.", valueName: "file"))
  var glyphFont: String?

  @Option(
    help: ArgumentHelp(
      "trace, debug, info, notice, warning, error or critical. [POSD_LOG_LEVEL]",
      discussion: "(default: info)", valueName: "level"))
  var logLevel: String?

  /// The settings given as arguments.
  var values: [Setting: ConfigValue] {
    var values: [Setting: ConfigValue] = [:]
    let texts: [(Setting, String?)] = [
      (.listen, listen), (.publicListen, publicListen),
      (.terminalListen, terminalListen), (.publicBaseURL, publicBaseURL),
      (.tlsCertificate, tlsCertificate), (.tlsKey, tlsKey),
      (.stationName, stationName), (.stationNameEn, stationNameEn),
      (.printFolder, printFolder), (.printer, printer), (.logo, logo), (.glyphFont, glyphFont),
      (.logLevel, logLevel),
    ]
    for (setting, text) in texts {
      values[setting] = text.map { ConfigValue(stringLiteral: $0) }
    }
    if !allowedHost.isEmpty {
      values[.allowedHosts] = ConfigValue(.stringArray(allowedHost), isSecret: false)
    }
    if allowInsecureLAN { values[.allowInsecureLAN] = true }
    return values.merging(profiles.values) { $1 }
  }
}

/// What is known of printers.
struct ProfileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The profile every printer has, by its id. [POSD_PRINTER_PROFILE]",
      discussion: "Without it the printer says what it is. posd printers --profiles lists them.",
      valueName: "id"))
  var printerProfile: String?

  @Option(
    help: ArgumentHelp(
      "A folder of printer profiles of your own. [POSD_PRINTER_PROFILES]",
      discussion: "They win over those of the program.", valueName: "folder"))
  var printerProfiles: String?

  /// The settings given as arguments.
  var values: [Setting: ConfigValue] {
    var values: [Setting: ConfigValue] = [:]
    values[.printerProfile] = printerProfile.map { ConfigValue(stringLiteral: $0) }
    values[.printerProfiles] = printerProfiles.map { ConfigValue(stringLiteral: $0) }
    return values
  }
}
