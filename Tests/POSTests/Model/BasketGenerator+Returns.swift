extension BasketGenerator {
  /// None to six returns, each of some different lines; about one in eight asks for too much.
  static func returns(
    of basket: PlainModel.PricedBasket, _ random: inout SplitMix64
  ) -> [PlainModel.ReturnRequest] {
    var left: [Int64] = []
    for line in basket.lines {
      left.append(line.quantity.count)
    }
    var giftIsLeft = basket.giftFen > 0
    var requests: [PlainModel.ReturnRequest] = []
    let count = random.number(0, 6)
    for _ in 0..<count {
      var request = request(left: left, &random)
      if giftIsLeft && random.happens(percent: 20) {
        request.includesGift = true
      }
      if random.happens(percent: 12) {
        requests.append(tooMuch(request, left: left, giftIsLeft: giftIsLeft, &random))
      } else if !request.parts.isEmpty || request.includesGift {
        requests.append(request)
        for part in request.parts {
          left[part.line] -= part.quantity
        }
        giftIsLeft = giftIsLeft && !request.includesGift
      }
    }
    return requests
  }

  /// The whole sale in one or more returns, in a random order, the gift with one of them.
  static func fullReturns(
    of basket: PlainModel.PricedBasket, seed: UInt64
  ) -> [PlainModel.ReturnRequest] {
    var random = SplitMix64(seed: seed)
    var left: [Int64] = []
    for line in basket.lines {
      left.append(line.quantity.count)
    }
    var requests: [PlainModel.ReturnRequest] = []
    for _ in 0..<random.number(0, 8) {
      let request = request(left: left, &random)
      if !request.parts.isEmpty {
        requests.append(request)
      }
      for part in request.parts {
        left[part.line] -= part.quantity
      }
    }
    let rest = everything(left: left)
    if !rest.isEmpty {
      requests.append(PlainModel.ReturnRequest(parts: rest))
    }
    if basket.giftFen > 0 {
      let index = Int(random.number(0, Int64(requests.count) - 1))
      requests[index].includesGift = true
    }
    return requests
  }

  static func everything(left: [Int64]) -> [PlainModel.ReturnPart] {
    var parts: [PlainModel.ReturnPart] = []
    for line in left.indices where left[line] > 0 {
      parts.append(PlainModel.ReturnPart(line: line, quantity: left[line]))
    }
    return parts
  }

  private static func request(
    left: [Int64], _ random: inout SplitMix64
  ) -> PlainModel.ReturnRequest {
    if random.happens(percent: 15) {
      return PlainModel.ReturnRequest(parts: everything(left: left))
    }
    var parts: [PlainModel.ReturnPart] = []
    for line in left.indices where left[line] > 0 && random.happens(percent: 40) {
      let quantities = [
        1, left[line], random.number(1, left[line]), random.number(1, left[line]), left[line] - 1,
      ]
      let quantity = max(1, random.pick(quantities))
      parts.append(PlainModel.ReturnPart(line: line, quantity: quantity))
    }
    return PlainModel.ReturnRequest(parts: parts)
  }

  /// The same request with one line, or the gift, asked beyond what is left.
  private static func tooMuch(
    _ request: PlainModel.ReturnRequest, left: [Int64], giftIsLeft: Bool,
    _ random: inout SplitMix64
  ) -> PlainModel.ReturnRequest {
    var request = request
    if !giftIsLeft && random.happens(percent: 20) {
      request.includesGift = true
      return request
    }
    let line = Int(random.number(0, Int64(left.count) - 1))
    request.parts.removeAll { $0.line == line }
    let quantity = left[line] + random.pick([1, 2, 1_000_000])
    request.parts.append(PlainModel.ReturnPart(line: line, quantity: quantity))
    return request
  }
}
