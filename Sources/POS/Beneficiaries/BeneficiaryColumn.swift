/// What a column of a department's list means.
public enum BeneficiaryColumn: String, CaseIterable, Sendable {
  case name
  case identityNumber
  case community
  case category
  case residence
  case phone
  case birthDate
  case deceasedOn
  case note

  /// Columns that every list has.
  static let needed: [BeneficiaryColumn] = [.name, .identityNumber]

  /// The headers that departments write for it, in Chinese and English, without spaces and in
  /// lower case.
  public static let headers: [BeneficiaryColumn: [String]] = [
    .name: ["姓名", "对象姓名", "救助对象", "户主姓名", "人员姓名", "申请人", "申请人姓名", "name"],
    .identityNumber: [
      "身份证号", "身份证号码", "身份证", "公民身份号码", "公民身份证号", "证件号码", "证件号",
      "居民身份证号码", "identity_number", "identitynumber",
    ],
    .community: [
      "社区", "所属社区", "社区名称", "村(社区)", "村（社区）", "社区（村）", "社区(村)", "所在社区",
      "居委会", "村居", "community",
    ],
    .category: [
      "类别", "人员类别", "救助类别", "对象类别", "困难类别", "救助类型", "人员类型", "category",
    ],
    .residence: [
      "户籍", "户籍地", "户籍地址", "户口所在地", "户籍所在地", "户口", "是否本区户籍", "residence",
    ],
    .phone: [
      "电话", "联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "本人电话", "phone",
    ],
    .birthDate: ["出生日期", "出生年月日", "生日", "birth_date", "birthdate"],
    .deceasedOn: ["死亡日期", "去世日期", "deceased_on", "deceasedon"],
    .note: ["备注", "说明", "note"],
  ]

  private static let byHeader: [String: BeneficiaryColumn] = Dictionary(
    uniqueKeysWithValues: headers.flatMap { column, names in names.map { ($0, column) } })

  /// The meaning of a header; `nil` for one that is not used.
  init?(header: String) {
    let plain = header.filter { !$0.isWhitespace && $0 != "*" && $0 != "＊" }.lowercased()
    guard let column = Self.byHeader[plain] else { return nil }
    self = column
  }
}
