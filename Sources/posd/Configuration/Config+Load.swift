import Configuration
import FoundationEssentials
import Logging
import POS

extension Config {
  /// Reads all settings and checks them.
  ///
  /// Throws a `ConfigProblem` in this order: unknown names in the environment, the file (missing,
  /// not JSON, unknown names), then each setting's value.
  static func load(
    arguments: [Setting: ConfigValue], file: String?, environment: [String: String]
  ) async throws -> Config {
    let fileName = file ?? environment[fileVariable]
    try checkNames(environment: environment)
    var providers: [any ConfigProvider] = [
      InMemoryProvider(name: "arguments", values: keyed(arguments)),
      EnvironmentVariablesProvider(environmentVariables: withoutPrefix(environment)),
    ]
    if let fileName {
      try checkNames(file: fileName)
      let place = InMemoryProvider(values: ["filePath": ConfigValue(stringLiteral: fileName)])
      providers.append(try await FileProvider<JSONSnapshot>(config: ConfigReader(provider: place)))
    }
    let standards = Setting.allCases.map { ($0, $0.standard) }
    providers.append(
      InMemoryProvider(
        name: "defaults", values: keyed(Dictionary(uniqueKeysWithValues: standards))))
    return try Config(SettingReader(ConfigReader(providers: providers)))
  }

  /// Names the file of settings, as `--config` does.
  static let fileVariable = "POSD_CONFIG"

  private static func keyed(_ values: [Setting: ConfigValue]) -> [AbsoluteConfigKey: ConfigValue] {
    Dictionary(uniqueKeysWithValues: values.map { (AbsoluteConfigKey($0.key.key), $0.value) })
  }

  private static func withoutPrefix(_ environment: [String: String]) -> [String: String] {
    var values: [String: String] = [:]
    for setting in Setting.allCases {
      values[String(setting.environmentName.dropFirst("POSD_".count))] =
        environment[setting.environmentName]
    }
    return values
  }

  private static func checkNames(environment: [String: String]) throws {
    let known = Set(Setting.allCases.map(\.environmentName) + [fileVariable])
    let unknown = environment.keys.filter { $0.hasPrefix("POSD_") && !known.contains($0) }
    if let name = unknown.min() {
      throw ConfigProblem(
        "the environment has \(name), which is no setting; these are: "
          + known.sorted().joined(separator: ", "))
    }
  }

  private static func checkNames(file name: String) throws {
    guard let data = try? Data(contentsOf: URL(filePath: name)) else {
      throw ConfigProblem("cannot read the settings file \(name)")
    }
    let json: JSON
    do throws(JSONProblem) {
      json = try JSON(parsing: Array(data))
    } catch {
      throw ConfigProblem("the settings file \(name) is not JSON: \(error)")
    }
    let known = Set(Setting.allCases.map(\.rawValue))
    for path in try paths(of: json, in: name) where !known.contains(path) {
      throw ConfigProblem(
        "the settings file \(name) has \"\(path)\", which is no setting; these are: "
          + known.sorted().joined(separator: ", "))
    }
  }

  private static func paths(of json: JSON, in name: String, under path: String = "") throws
    -> [String]
  {
    guard case .object(let members) = json else {
      guard path.isEmpty else { return [path] }
      throw ConfigProblem("the settings file \(name) must hold one JSON object")
    }
    return try members.flatMap { member in
      try paths(
        of: member.value, in: name, under: path.isEmpty ? member.name : "\(path).\(member.name)")
    }
  }
}

extension Config {
  fileprivate init(_ reader: SettingReader) throws {
    data = try reader.text(.data)
    guard !data.isEmpty else {
      throw ConfigProblem(
        "no data folder: give --data DIR, POSD_DATA or \"data\" in the settings file")
    }
    keyFile = try reader.keyFile(beside: data)
    let backups = try reader.text(.backupFolder)
    backupFolder = backups.isEmpty ? nil : backups
    guard backups.isEmpty || backups.hasPrefix("/") else {
      throw ConfigProblem(.backupFolder, "must be a whole path, as /mnt/backup")
    }
    guard let backupAt = BackupTime(try reader.text(.backupAt)) else {
      throw ConfigProblem(.backupAt, "must be a time, as 02:30")
    }
    self.backupAt = backupAt
    guard let backupKeep = BackupKeep(try reader.text(.backupKeep)) else {
      throw ConfigProblem(.backupKeep, "must be days, weeks and months to keep, as 7d4w12m")
    }
    self.backupKeep = backupKeep
    guard let listen = try reader.address(.listen) else {
      throw ConfigProblem(.listen, "must be ADDRESS:PORT")
    }
    self.listen = listen
    publicListen = try reader.address(.publicListen)
    terminalListen = try reader.address(.terminalListen)
    publicBaseURL = try reader.baseURL(.publicBaseURL)
    certificate = try reader.certificate(outside: data)
    allowInsecureLAN = try reader.flag(.allowInsecureLAN)
    allowedHosts = Set(try reader.texts(.allowedHosts).map { $0.lowercased() })
    stationName = try reader.text(.stationName)
    stationNameEn = try reader.text(.stationNameEn)
    printFolder = try reader.optionalText(.printFolder)
    printerProfile = try reader.optionalText(.printerProfile)
    printerProfiles = try reader.optionalText(.printerProfiles)
    printerPatience = try reader.count(.printerPatience, in: 1...120)
    printer = try reader.printer(.printer)
    guard printer == nil || printFolder == nil else {
      throw ConfigProblem(.printer, "a printer and a print folder cannot both take the receipts")
    }
    let logo = try reader.text(.logo)
    self.logo = logo.isEmpty ? nil : logo
    let font = try reader.text(.glyphFont)
    glyphFont = font.isEmpty ? nil : font
    logLevel = try reader.level(.logLevel)
    requestsPerSecond = try reader.count(.requestsPerSecond, in: 0...1_000_000)
    requestBurst = try reader.count(.requestBurst, in: 1...1_000_000)
    let clock = try reader.text(.testClock)
    testClock = clock.isEmpty ? nil : clock
    try checkReach()
  }

  private func checkReach() throws {
    for (setting, address) in [(Setting.listen, listen), (.publicListen, publicListen ?? listen)]
    where !address.isLoopback && certificate == nil && !allowInsecureLAN {
      throw ConfigProblem(
        setting,
        "\(address.host) is reached from other machines, and nothing is encrypted: passwords "
          + "would cross the network in the clear. Give --tls-certificate and --tls-key, use "
          + "127.0.0.1, or take the risk with --allow-insecure-lan")
    }
  }
}

/// Reads single settings; a value of the wrong kind is refused by name.
private struct SettingReader {
  let reader: ConfigReader

  init(_ reader: ConfigReader) { self.reader = reader }

  func text(_ setting: Setting) throws -> String {
    try reading(setting, "must be text") { try reader.requiredString(forKey: setting.key) }
  }

  func optionalText(_ setting: Setting) throws -> String? {
    let text = try text(setting)
    return text.isEmpty ? nil : text
  }

  func texts(_ setting: Setting) throws -> [String] {
    try reading(setting, "must be a list of texts") {
      try reader.requiredStringArray(forKey: setting.key)
    }
  }

  func flag(_ setting: Setting) throws -> Bool {
    try reading(setting, "must be true or false") { try reader.requiredBool(forKey: setting.key) }
  }

  func count(_ setting: Setting, in range: ClosedRange<Int>) throws -> Int {
    let fault = "must be a whole number \(range.lowerBound)…\(range.upperBound)"
    let value = try reading(setting, fault) { try reader.requiredInt(forKey: setting.key) }
    guard range.contains(value) else { throw ConfigProblem(setting, fault) }
    return value
  }

  /// Certificate and key, both or neither; the key is refused inside the data folder, like every
  /// other secret.
  func certificate(outside data: String) throws -> CertificateFiles? {
    let (chain, key) = (try optionalText(.tlsCertificate), try optionalText(.tlsKey))
    guard let chain else {
      if key == nil { return nil }
      throw ConfigProblem(.tlsCertificate, "is needed with a key")
    }
    guard let key else { throw ConfigProblem(.tlsKey, "is needed with a certificate") }
    guard !key.hasPrefix(data.hasSuffix("/") ? data : data + "/") else {
      throw ConfigProblem(.tlsKey, "may not be in the data folder: a copy would have it")
    }
    return CertificateFiles(chain: chain, key: key)
  }

  /// The path of the key file, `DIR.keys` unless it is given; refused inside the data folder.
  func keyFile(beside data: String) throws -> String {
    let given = try text(.keyFile)
    var folder = data
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    if given.isEmpty { return folder + ".keys" }
    guard !given.hasPrefix(folder + "/") else {
      throw ConfigProblem(
        .keyFile, "the keys may not be in the data folder: a copy would have both")
    }
    return given
  }

  func address(_ setting: Setting) throws -> ListenAddress? {
    let text = try text(setting)
    if text.isEmpty { return nil }
    guard let address = ListenAddress(text) else {
      throw ConfigProblem(
        setting, "\"\(text)\" is not ADDRESS:PORT with the address in digits, as 127.0.0.1:8080")
    }
    return address
  }

  func printer(_ setting: Setting) throws -> PrinterAddress? {
    let text = try text(setting)
    if text.isEmpty { return nil }
    guard let address = PrinterAddress(text) else {
      throw ConfigProblem(
        setting,
        "\"\(text)\" is none of usb, usb:04b8:0e28, usb@1-2.4, tcp:192.0.2.7:9100, or such with #PROFILE behind"
      )
    }
    return address
  }

  func baseURL(_ setting: Setting) throws -> String? {
    let text = try text(setting)
    if text.isEmpty { return nil }
    guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host() != nil,
      url.query() == nil, url.fragment() == nil
    else {
      throw ConfigProblem(setting, "\"\(text)\" is not like https://receipts.example.org")
    }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  func level(_ setting: Setting) throws -> Logger.Level {
    let text = try text(setting)
    guard let level = Logger.Level(rawValue: text) else {
      let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
      throw ConfigProblem(setting, "\"\(text)\" is none of \(levels)")
    }
    return level
  }

  private func reading<Value>(
    _ setting: Setting, _ fault: String, _ read: () throws -> Value
  ) throws -> Value {
    do { return try read() } catch { throw ConfigProblem(setting, fault) }
  }
}
