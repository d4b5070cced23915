import ArgumentParser
import POS

/// `posd quote FILE.json`: prices a basket, no effect.
struct QuoteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quote", abstract: "Price a basket from a file; changes nothing.",
    discussion: """
      The file is the body of POST /api/v1/quotes with goods named by "open", and may have a \
      "policy": concessionBasisPoints, pledgeBasisPoints, concessionTo (toShopper, toReliefFund), \
      cashRounding (none, downToJiao, downToYuan, nearestJiao). The answer is written as JSON.
      """)

  @Argument(help: "The basket, JSON; - is standard input.")
  var file: String

  func run() async throws {
    let json = try CommandFile.json(file)
    do {
      Console.output(String(decoding: try Self.quote(json).bytes(), as: UTF8.self))
    } catch {
      guard let problem = error as? Problem ?? StoreProblems.problem(error) else { throw error }
      throw CommandFailure(String(decoding: problem.document.bytes(), as: UTF8.self))
    }
  }

  private static func quote(_ json: JSON) throws -> JSON {
    try Fields.reading(json) { fields in
      let policy = try policy(&fields)
      let items = try fields.items(0...Limits.linesPerBasket)
      let gift = try fields.gift()
      let tendering = fields.has("tenders") ? try fields.tendering() : nil
      let rows = try items.map { try $0.item(from: NoProducts()) }
      return try Quote(Basket(items: rows, gift: gift), policy: policy).view(tendering)
    }
  }

  private static func policy(_ fields: inout Fields) throws -> CharityPolicy {
    guard let json = fields.take("policy") else { return .erqi }
    guard let policy = CharityPolicy(json: json) else {
      throw fields.refusal(of: "policy", expected: "members of a policy, in range")
    }
    return policy
  }
}
