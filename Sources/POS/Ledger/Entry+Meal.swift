extension MealCharge {
  /// What a meal posts: its price against the funder's part and the person's.
  public var postings: [Posting] {
    var postings = [Posting(.mealIncome, -price.microYuan)]
    if let subsidy {
      postings.append(Posting(.mealSubsidy(funder: subsidy.funder), subsidy.amount.microYuan))
    }
    let payer: Account = way == .account ? .mealAccounts : .mealsOnAccount
    postings.append(Posting(payer, rest.microYuan))
    return postings
  }
}

extension Entry {
  /// What changed decisions post: the opposite of what was charged, and what is charged now.
  public init(mealChanges changes: [(was: MealCharge?, now: MealCharge?)]) {
    let postings = changes.flatMap { change in
      (change.was?.postings ?? []).map { Posting($0.account, -$0.amount) }
        + (change.now?.postings ?? [])
    }
    self.init(postings)
  }
}
