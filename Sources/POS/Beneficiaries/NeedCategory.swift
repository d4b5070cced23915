/// A category of people in need: data that each district keeps, never a choice of the program.
public struct NeedCategory: Equatable, Sendable {
  /// Letters and digits, beginning with a letter; what vouchers and rules name.
  public let code: String
  public let name: String
  public let nameEn: String

  public init(code: String, name: String, nameEn: String) {
    self.code = code
    self.name = name
    self.nameEn = nameEn
  }

  /// The eleven that a new database begins with.
  public static let defaults = [
    NeedCategory(code: "minimumLiving", name: "低保", nameEn: "minimum living allowance"),
    NeedCategory(code: "lowIncome", name: "低收入", nameEn: "low income"),
    NeedCategory(code: "destitute", name: "特困", nameEn: "destitute"),
    NeedCategory(code: "veterans", name: "优抚", nameEn: "veterans and their families"),
    NeedCategory(code: "elderly", name: "老人", nameEn: "elderly"),
    NeedCategory(code: "disabled", name: "残疾", nameEn: "disabled"),
    NeedCategory(code: "women", name: "困难妇女", nameEn: "women in need"),
    NeedCategory(code: "workers", name: "困难职工", nameEn: "workers in need"),
    NeedCategory(code: "children", name: "困难儿童", nameEn: "children in need"),
    NeedCategory(code: "illness", name: "大病", nameEn: "serious illness"),
    NeedCategory(code: "bereaved", name: "失独", nameEn: "parents who lost their only child"),
  ]

  /// Names of the departments for categories of the defaults, beside their own name.
  public static let synonyms: [String: String] = [
    "城市低保": "minimumLiving", "农村低保": "minimumLiving", "最低生活保障": "minimumLiving",
    "低保户": "minimumLiving", "低保边缘": "lowIncome", "低收入家庭": "lowIncome", "低边": "lowIncome",
    "特困供养": "destitute", "特困人员": "destitute", "五保": "destitute", "三无": "destitute",
    "优抚对象": "veterans", "退役军人": "veterans", "军烈属": "veterans",
    "老年人": "elderly", "高龄老人": "elderly", "空巢老人": "elderly", "残疾人": "disabled",
    "重度残疾": "disabled", "妇女": "women", "单亲母亲": "women", "职工": "workers",
    "特困职工": "workers", "儿童": "children", "孤儿": "children", "留守儿童": "children",
    "事实无人抚养儿童": "children", "重病": "illness", "大病患者": "illness",
    "失独家庭": "bereaved", "计生特殊家庭": "bereaved",
  ]
}
