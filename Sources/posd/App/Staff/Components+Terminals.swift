import POS

// The schemas of meal terminals.
extension Components {
  static let ofTerminals: [JSON.Member] = [
    JSON.Member(
      "Terminal",
      open([
        "id", "serial", "family", "centreID", "model", "zoneMinutes", "hasSecret", "isInUse",
        "numberCount", "addedAtMs", "lastContactMs", "clockAheadMs",
      ])),
    JSON.Member(
      "UnknownTerminal",
      open(["serial", "family", "firstAtMs", "lastAtMs", "attempts", "address"])),
    JSON.Member(
      "QuarantinedRow",
      open([
        "kind", "reason", "redacted", "rowCount", "seenCount", "firstAtMs", "lastAtMs",
      ])),
    JSON.Member(
      "TerminalEvidence",
      open([
        "meaning", "detail", "operatorNumber", "subjectNumber", "wireTime", "atMs",
        "receivedAtMs",
      ])),
    JSON.Member(
      "TerminalCommand", open(["kind", "number", "state", "createdAtMs", "sentAtMs", "result"])),
    JSON.Member("TerminalWork", open(["items", "counts"])),
  ]
}
