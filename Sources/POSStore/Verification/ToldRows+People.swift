import GRDB
import POS

extension ToldRows {
  /// The categories that every database begins with.
  mutating func noteDefaultCategories(by key: JournalKey) {
    for category in NeedCategory.defaults {
      tell(
        "needCategory", category.code, ["name": category.name, "nameEn": category.nameEn],
        by: key)
    }
  }

  /// Notes the department that a record names, and the communities it adds.
  mutating func notePlaces(_ record: RowsOfRecord, _ kind: PersonSource.Kind) {
    tell("department", record.blob("departmentID"), ["kind": kind.rawValue], by: record.key)
    for place in record.body["communities"]?.arrayValue ?? [] {
      tell(
        "community", place["id"]?.stringValue.flatMap { Identifier<Store>($0)?.data },
        ["name": place["name"]?.stringValue], by: record.key)
    }
  }
}
