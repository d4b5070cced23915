/// The rules of meals once more, in the plainest way: RULES section 6, seconds and fen. One person,
/// 70 or older and a resident; lunch 10:30 to 13:30 at 10.00, dinner 17:00 to 19:00 at 8.00, 3.00 a
/// day, 20.00 on account.
struct PlainMeals {
  struct Pass: Hashable {
    let id: Int
    let centre: Int
    /// Seconds since the midnight that began the first day.
    let second: Int
    /// Whether it is of no use whatever the others say.
    let isBad: Bool
  }

  struct Word: Hashable {
    let pass: Int
    let word: String
    let order: Int
  }

  struct Meal: Hashable {
    var kind: String
    var of: Int?
    var priceFen = 0
    var subsidyFen = 0
    var way: String?
  }

  /// What was decided on closed days, by pass.
  var closed: [Int: Meal] = [:]
  var balanceFen = 0
  var owedFen = 0
  var topUps: [(second: Int, fen: Int)] = []

  private static let periods = [(630 * 60, 810 * 60, 1000), (1020 * 60, 1140 * 60, 800)]

  private static func period(_ second: Int) -> Int? {
    periods.firstIndex { $0.0 <= second % 86_400 && second % 86_400 < $0.1 }
  }

  func meals(of passes: [Pass], words: [Word]) -> [Int: Meal] {
    let passes = passes.sorted { ($0.second, $0.centre, $0.id) < ($1.second, $1.centre, $1.id) }
    var result = closed
    var eaten: [Pass] = passes.filter {
      ["served", "second", "conflict"].contains(closed[$0.id]?.kind ?? "")
    }
    let decided = eaten
    for pass in passes where closed[pass.id] == nil {
      let same =
        decided.first { $0.centre == pass.centre && abs(pass.second - $0.second) <= 600 }
        ?? eaten.first {
          $0.centre == pass.centre && (0...600).contains(pass.second - $0.second)
            && !decided.contains($0)
        }
      if pass.isBad {
        result[pass.id] = Meal(kind: "exception")
      } else if let same {
        result[pass.id] = Meal(kind: "repeat", of: same.id)
      } else if Self.period(pass.second) == nil {
        result[pass.id] = Meal(kind: "exception")
      } else {
        eaten.append(pass)
      }
    }
    var said: [Int: Word] = [:]
    for word in words.sorted(by: { $0.order < $1.order }) {
      let repeated = result[word.pass].flatMap { $0.kind == "repeat" ? $0.of : nil }
      said[repeated ?? word.pass] = word
    }
    decide(
      eaten.sorted { ($0.second, $0.centre, $0.id) < ($1.second, $1.centre, $1.id) }, said, &result)
    return result
  }

  private func decide(_ meals: [Pass], _ said: [Int: Word], _ result: inout [Int: Meal]) {
    for day in 0..<4 {
      for period in 0..<2 {
        let here = meals.filter {
          $0.second / 86_400 == day && Self.period($0.second) == period
            && said[$0.id]?.word != "dismissed"
        }
        let before = here.filter { closed[$0.id] != nil }
        let first =
          before.first { closed[$0.id]?.kind == "served" }
          ?? before.first { (closed[$0.id]?.priceFen ?? 0) > 0 }
          ?? here.first { closed[$0.id] == nil }
        for meal in meals where closed[meal.id] == nil {
          guard meal.second / 86_400 == day, Self.period(meal.second) == period else { continue }
          let isAfter = first.map { closed[$0.id] != nil || isBefore($0, meal) } ?? false
          if let first, first != meal, isAfter {
            result[meal.id] = Meal(
              kind: first.centre == meal.centre ? "second" : "conflict", of: first.id)
          } else {
            result[meal.id] = Meal(kind: "served")
          }
        }
      }
    }
    pay(meals, said, &result)
  }

  private func isBefore(_ a: Pass, _ b: Pass) -> Bool {
    (a.second, a.centre, a.id) < (b.second, b.centre, b.id)
  }

  private func pay(_ meals: [Pass], _ said: [Int: Word], _ result: inout [Int: Meal]) {
    var balance = balanceFen
    var owed = owedFen
    var toCome = topUps.sorted { $0.second < $1.second }
    func counts(_ meal: Pass, _ kind: String) -> Bool {
      let word = said[meal.id]?.word
      return kind == "served" && word != "dismissed" || kind == "second" && word == "confirmed"
        || kind == "conflict" && word == "settled"
    }
    var helped = Set(
      meals.filter {
        (closed[$0.id]?.subsidyFen ?? 0) > 0 && said[$0.id]?.word != "dismissed"
      }.map { $0.second / 86_400 })
    for meal in meals {
      while let topUp = toCome.first, topUp.second <= meal.second {
        balance += topUp.fen
        toCome.removeFirst()
      }
      guard var made = result[meal.id], let period = Self.period(meal.second) else { continue }
      let rest = made.priceFen - made.subsidyFen
      switch (counts(meal, made.kind), made.priceFen > 0) {
      case (true, true), (false, false): break
      case (false, true):
        if made.way == "account" { balance += rest } else { owed -= rest }
        made.priceFen = 0
        made.subsidyFen = 0
        made.way = nil
      case (true, false):
        made.priceFen = Self.periods[period].2
        let day = meal.second / 86_400
        if made.kind == "served", !helped.contains(day) {
          made.subsidyFen = 300
          helped.insert(day)
        }
        let rest = made.priceFen - made.subsidyFen
        if balance >= rest {
          made.way = "account"
          balance -= rest
        } else {
          made.way = owed + rest <= 2000 ? "onAccount" : "atTill"
          owed += rest
        }
      }
      result[meal.id] = made
    }
  }
}
