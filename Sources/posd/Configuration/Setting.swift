import Configuration

/// The name of one setting; the only list of them.
///
/// `station.nameEn` is `{"station": {"nameEn": …}}` in the file and `POSD_STATION_NAME_EN` in the
/// environment.
enum Setting: String, CaseIterable, Sendable {
  case data
  case keyFile
  case backupFolder
  case backupAt
  case backupKeep
  case listen
  case publicListen
  case terminalListen
  case publicBaseURL
  case tlsCertificate
  case tlsKey
  case allowInsecureLAN
  case allowedHosts
  case stationName = "station.name"
  case stationNameEn = "station.nameEn"
  case printFolder
  case printer
  case printerProfile
  case printerProfiles
  case printerPatience
  case logo
  case glyphFont
  case logLevel
  case requestsPerSecond
  case requestBurst
  case testClock

  /// The key in the terms of swift-configuration.
  var key: ConfigKey { ConfigKey(rawValue) }

  /// The variable in the environment: `_` before each capital that follows a small letter.
  var environmentName: String {
    var name = "POSD_"
    var previous: Character = "_"
    for character in rawValue {
      if character.isUppercase, previous.isLowercase { name.append("_") }
      name.append(character == "." ? "_" : character.uppercased())
      previous = character
    }
    return name
  }

  /// The value where nobody sets one; an empty text is "not set".
  var standard: ConfigValue {
    switch self {
    case .listen: "127.0.0.1:8080"
    case .data, .keyFile, .backupFolder, .publicListen, .terminalListen, .publicBaseURL,
      .tlsCertificate, .tlsKey, .printFolder, .printer, .printerProfile,
      .printerProfiles, .logo, .glyphFont, .testClock:
      ""
    case .backupAt: "02:30"
    case .backupKeep: "7d4w12m"
    case .stationName: "慈善驿站"
    case .stationNameEn: "Charity Station"
    case .allowInsecureLAN: false
    case .allowedHosts: ConfigValue(.stringArray([]), isSecret: false)
    case .printerPatience: 10
    case .logLevel: "info"
    case .requestsPerSecond: 5000
    case .requestBurst: 5000
    }
  }
}
