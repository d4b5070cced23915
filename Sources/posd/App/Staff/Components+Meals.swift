import POS

extension Components {
  /// The schemas of meals; what is in them is in docs/API.md.
  static let ofMeals: [JSON.Member] = [
    JSON.Member("Centre", open(["id", "name", "nameEn"])),
    JSON.Member(
      "Enrolment", open(["id", "centreID", "number", "personID", "name", "from", "until"])),
    JSON.Member(
      "Meal",
      open([
        "id", "centreID", "atMs", "receivedAtMs", "date", "way", "personID", "name", "masked",
        "number", "verdict", "reason", "reasonName", "reasonNameEn", "otherID", "otherCentreID",
        "period", "ruling", "isWaiting", "priceFen", "subsidyFen", "restFen", "paidBy", "journal",
      ])),
    JSON.Member(
      "MealAccount",
      open(["personID", "masked", "balanceFen", "owedFen", "creditLimitFen", "isLow"])),
    JSON.Member(
      "MealTopUp",
      open([
        "id", "personID", "purpose", "amountFen", "tender", "balanceFen", "owedFen",
        "tillSessionID", "businessDate", "atMs", "by", "journal",
      ])),
    JSON.Member(
      "MealMoneyUndone",
      open([
        "id", "undoes", "personID", "purpose", "amountFen", "tender", "tillSessionID",
        "businessDate", "atMs", "by", "journal",
      ])),
    JSON.Member("MealStatement", open(["personID", "balanceFen", "owedFen", "items"])),
    JSON.Member("MealClaims", open(["from", "until", "items", "checks"])),
    JSON.Member(
      "MealClaimLine",
      open([
        "mealID", "date", "bookedDate", "atMs", "personID", "masked", "period", "subsidyFen",
        "rule", "funder", "isCorrection", "record",
      ])),
  ]
}
