public import POS

/// All that is printed of a claim for the subsidy of meals of one centre: sums by day, and what
/// looks wrong. Names are not on it; the lines are in the export.
public struct MealClaimFacts: Equatable, Sendable {
  public var heading: SlipHeading
  public var centre: SlipName
  public var funder: String
  public var from: BusinessDate
  public var until: BusinessDate
  public var days: [MealClaimDay]
  /// Meals of days before, that count now.
  public var correctionCount: Int64
  public var correction: Money
  /// What the checks found, by name, with how many meals.
  public var findings: [MealClaimFinding]

  /// A claim.
  public init(
    heading: SlipHeading, centre: SlipName, funder: String, from: BusinessDate,
    until: BusinessDate, days: [MealClaimDay], correctionCount: Int64, correction: Money,
    findings: [MealClaimFinding]
  ) {
    self.heading = heading
    self.centre = centre
    self.funder = funder
    self.from = from
    self.until = until
    self.days = days
    self.correctionCount = correctionCount
    self.correction = correction
    self.findings = findings
  }

  /// All that is claimed.
  public var total: Money { days.lazy.map(\.subsidy).total + correction }
}

/// The subsidised meals of a day.
public struct MealClaimDay: Equatable, Sendable {
  public var date: BusinessDate
  public var count: Int64
  public var subsidy: Money

  /// A day.
  public init(date: BusinessDate, count: Int64, subsidy: Money) {
    self.date = date
    self.count = count
    self.subsidy = subsidy
  }
}

/// What a check of a claim found.
public struct MealClaimFinding: Equatable, Sendable {
  public var name: SlipName
  public var count: Int

  /// A finding.
  public init(name: SlipName, count: Int) {
    self.name = name
    self.count = count
  }
}

extension ReceiptDocument {
  /// A claim: its days, corrections, total, what was found, and room for two signatures.
  public init(mealClaim facts: MealClaimFacts) {
    var writer = SlipWriter()
    writer.writeHead(facts.heading, title: "助餐补贴申报单", titleEn: "MEAL SUBSIDY CLAIM")
    writer.writeNamed(SlipName("助餐点", en: "Centre"), PrintableText(facts.centre.name))
    writer.writeRow("补贴单位", "Funder", PrintableText(facts.funder))
    writer.writeRow("起", "From", PrintableText(facts.from.description))
    writer.writeRow("止", "Until", PrintableText(facts.until.description))
    writer.writeRow("打印", "Printed", PrintableText(facts.heading.localTime))
    writer.writeSection("每日", "BY DAY")
    for day in facts.days {
      writer.writeDetail(
        PrintableText("\(day.date) \(day.count) 份"), PrintableText(day.subsidy.yuanText))
    }
    if facts.correctionCount != 0 || facts.correction != .zero {
      writer.writeSection("补报更正", "CORRECTIONS")
      writer.writeDetail(
        PrintableText("此前各日 \(facts.correctionCount) 份"),
        PrintableText(facts.correction.yuanText))
    }
    writer.blocks.append(.rule())
    writer.writeRow("份数", "Meals", PrintableText("\(facts.days.reduce(0) { $0 + $1.count })"))
    writer.writeRow("合计", "Total", facts.total, .large)
    writer.writeSection("申报前核查", "CHECKS")
    for finding in facts.findings {
      writer.writeNamed(finding.name, PrintableText("\(finding.count)"), .bold)
    }
    if facts.findings.isEmpty {
      writer.writeNote("未发现异常。", "Nothing was found.")
    }
    writer.writeSignatureLine("经办人", "Prepared by")
    writer.writeSignatureLine("负责人", "Approved by")
    writer.writeEnd(facts.heading)
    self.init(writer.blocks)
  }
}
