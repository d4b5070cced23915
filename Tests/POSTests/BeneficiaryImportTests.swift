import POS
import Testing

@Suite struct BeneficiaryImportTests {
  /// Made-up people of a region that no place has.
  static let wang = "000000193603010018"
  static let li = "000000195005200021"

  static let rules = BeneficiaryRules(
    categories: NeedCategory.defaults, communities: ["红旗新苑"], district: "二七区",
    today: BusinessDate(daysSince1970: 20_778))

  static func read(_ text: String) throws -> BeneficiaryImport {
    try BeneficiaryImport(csv: Array(text.utf8), rules: rules)
  }

  static func row(_ text: String, header: String = "姓名,身份证号,社区,类别,户籍,电话,出生日期,死亡日期")
    throws -> BeneficiaryImport
  {
    try read("\(header)\n\(text)\n")
  }

  @Test func columnsAreFoundByTheirHeaderInAnyOrderBelowTitles() throws {
    let file = try Self.read(
      """
      二七区城市低保名单,,,,,
      制表：民政局,,,,,
      序号,人员类别,公民身份号码,姓 名,所属社区,联系电话
      1,城市低保、残疾人,\(Self.wang),王秀英,红旗新苑,0371-1000000
      """)

    let row = try #require(file.rows.first)
    #expect(row.name == "王秀英")
    #expect(row.lineNumber == 4)
    #expect(row.details.categories == ["minimumLiving", "disabled"])
    #expect(row.details.community == "红旗新苑")
    #expect(row.details.phone == "0371-1000000")
    #expect(file.unusedColumnCount == 1)
  }

  @Test func aFileOfGB18030ReadsTheSame() throws {
    // 姓名,身份证号 / 王五 in GB 18030, with tabs before the number as spreadsheets put them.
    let header: [UInt8] = [
      0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xC9, 0xED, 0xB7, 0xDD, 0xD6, 0xA4, 0xBA, 0xC5, 0x0A,
    ]
    let name: [UInt8] = [0xCD, 0xF5, 0xCE, 0xE5, 0x2C, 0x09]
    let file = try BeneficiaryImport(
      csv: header + name + Array(Self.wang.utf8), rules: Self.rules)

    #expect(file.rows.map(\.name) == ["王五"])
    #expect(file.rows.first?.number.text == Self.wang)
  }

  @Test(arguments: [
    ("王秀英,000000193603010019,,,,,,", BeneficiaryProblem.Reason.badIdentityNumber(.checkCharacter)),
    ("王秀英,,,,,,,", .badIdentityNumber(.missing)),
    (",\(Self.wang),,,,,,", .missing(.name)), ("王3,\(Self.wang),,,,,,", .badName),
    ("\(String(repeating: "王", count: 51)),\(Self.wang),,,,,,", .tooLong(.name)),
    ("王\u{202E}英,\(Self.wang),,,,,,", .unprintable(.name)),
    ("王秀英,\(Self.wang),,,,,1936-02-30,", .badBirthDate),
    ("王秀英,\(Self.wang),,,,,1936-03-02,", .otherBirthDate),
    ("王秀英,\(Self.wang),张三,,,,,", .unknownCommunity),
    ("王秀英,\(Self.wang),,富人,,,,", .unknownCategory),
    ("王秀英,\(Self.wang),,,,见备注,,", .badPhone),
    ("王秀英,\(Self.wang),,,,,,1936-02-28", .badDeceasedOn),
    ("王秀英,\(Self.wang),,,,,,2026-11-22", .badDeceasedOn),
    ("王秀英,\(Self.wang)", .wrongFieldCount(found: 2, expected: 8)),
    ("\"王秀英,\(Self.wang),,,,,,", .unreadable(.unterminatedQuote)),
  ])
  func aBadRowIsNamedByLineAndReason(row: String, reason: BeneficiaryProblem.Reason) throws {
    let file = try Self.row(row)

    #expect(file.rows.isEmpty)
    #expect(file.problems == [BeneficiaryProblem(lineNumber: 2, reason: reason)])
  }

  @Test(arguments: [
    ("二七区示例路1号", true), ("本区", true), ("河南省郑州市二七区", true), ("是", true), ("外区", false),
    ("金水区", false), ("否", false),
  ])
  func residenceIsInTheDistrictOrNot(text: String, isResident: Bool) throws {
    let file = try Self.row("王秀英,\(Self.wang),,,\(text),,,")

    #expect(file.rows.first?.details.isResident == isResident)
  }

  @Test func aPersonOfTwoLinesIsOneUnderOneName() throws {
    let file = try Self.row(
      """
      王秀英,\(Self.wang),红旗社区,低保,,,,
      王秀英,\(Self.wang),,残疾,,0371-1000000,,
      李四,\(Self.wang),,低保,,,,
      李四,\(Self.li),,低保,,,,
      """)

    #expect(file.rows.map(\.name) == ["王秀英", "李四"])
    #expect(file.rows.first?.details.categories == ["minimumLiving", "disabled"])
    #expect(file.rows.first?.details.phone == "0371-1000000")
    #expect(file.joinedCount == 1)
    #expect(
      file.problems == [BeneficiaryProblem(lineNumber: 4, reason: .otherNameOnLine(2))])
  }

  @Test func aFileWithoutTheNeededColumnsIsNoList() {
    #expect(throws: BeneficiaryFileProblem.empty) { try Self.read("") }
    #expect(throws: BeneficiaryFileProblem.noHeader) { try Self.read("姓名,社区\n王秀英,红旗社区\n") }
    #expect(throws: BeneficiaryFileProblem.repeatedColumn(.name)) {
      try Self.read("姓名,身份证号,户主姓名\n")
    }
  }

  @Test func noHeaderHasTwoMeanings() {
    let all = BeneficiaryColumn.headers.values.flatMap { $0 }

    #expect(Set(all).count == all.count)
    #expect(NeedCategory.defaults.count == 11)
    let codes = Set(NeedCategory.defaults.map(\.code))
    #expect(NeedCategory.synonyms.values.allSatisfy(codes.contains))
  }
}

@Suite struct PersonDetailsTests {
  static func source(
    _ kind: PersonSource.Kind, _ name: String, atMs: Int64, _ set: (inout PersonDetails) -> Void
  ) -> PersonSource {
    var details = PersonDetails()
    set(&details)
    return PersonSource(kind: kind, name: name, details: details, atMs: atMs)
  }

  @Test func theNewestSourceCountsAndStaffAboveAll() {
    let old = Self.source(.department, "民政局", atMs: 1) {
      $0.name = "王秀英"
      $0.categories = ["minimumLiving"]
      $0.phone = "0371-1000001"
      $0.isResident = true
    }
    let new = Self.source(.department, "残联", atMs: 2) {
      $0.name = "王秀瑛"
      $0.categories = ["disabled"]
    }
    let staff = Self.source(.staff, "工作人员", atMs: 0) { $0.phone = "0371-1000002" }

    for sources in [[old, new, staff], [staff, new, old], [new, old, staff]] {
      let all = PersonDetails(of: sources)
      #expect(all.name == "王秀瑛")
      #expect(all.phone == "0371-1000002")
      #expect(all.isResident == true)
      #expect(all.categories == ["minimumLiving", "disabled"])
    }
  }

  @Test func staffSayWhichCategoriesThereAre() {
    let office = Self.source(.department, "民政局", atMs: 5) { $0.categories = ["minimumLiving"] }
    let staff = Self.source(.staff, "工作人员", atMs: 1) { $0.categories = [] }

    #expect(PersonDetails(of: [office, staff]).categories == [])
  }

  @Test func detailsReadBackAsTheyWereWritten() {
    let source = Self.source(.staff, "工作人员", atMs: 1) {
      $0.name = "王秀英"
      $0.community = "红旗社区"
      $0.categories = ["b", "a"]
      $0.residence = "二七区"
      $0.isResident = false
      $0.phone = "0371-1000002"
      $0.note = "行动不便"
      $0.deceasedOn = BusinessDate(daysSince1970: 20_000)
    }

    #expect(PersonDetails(json: source.details.json) == source.details)
    #expect(PersonDetails(json: PersonDetails().json) == PersonDetails())
  }

  @Test(arguments: [
    ("王秀英", "王秀英", true), ("王秀英", "王", true), ("王 秀英", "王秀", true), ("王秀英", "秀英", false),
    ("阿依古丽·买买提", "阿依古丽•买买提", true), ("王秀英", "", false), ("Anna", "anna", true),
  ])
  func namesAreComparedAsPeopleWriteThem(name: String, typed: String, isMatch: Bool) {
    #expect(PersonName.isMatch(name, typed: typed) == isMatch)
  }

  @Test(
    arguments: [
      ("13800138000", "13800138000"), ("+86 138-0013-8000", "13800138000"),
      ("8613800138000", "13800138000"), ("12800138000", nil), ("1380013800", nil), ("", nil),
      ("0371-1000000", nil), ("１３８００１３８０００", nil),
    ] as [(String, String?)])
  func aMobilePhoneHasElevenDigits(text: String, mobile: String?) {
    #expect(PhoneNumber.mobile(text) == mobile)
  }
}
