import Testing

@testable import POS

@Suite struct VoucherCodeTests {
  private static let keys = Self.keys(0..<32)

  private static func keys(_ secret: Range<UInt8>) -> PersonalKeys {
    guard let keys = PersonalKeys(secret: Array(secret)) else {
      preconditionFailure("a secret has 32 bytes")
    }
    return keys
  }

  private static func code(_ number: Int) -> VoucherCode {
    let tail = String(number + 0x1_0000_0000, radix: 16)
    guard let id = VoucherID("00000000-0000-4000-8000-000\(tail)") else {
      preconditionFailure("a made-up id is a version 4 UUID")
    }
    return keys.code(of: id)
  }

  private static let some = (0..<20).map(code)

  @Test func aCodeHas20CharactersThatNobodyMixesUp() {
    for code in Self.some {
      #expect(code.text.utf8.count == 20)
      #expect(code.text.utf8.allSatisfy(VoucherCode.letters.contains))
    }
    #expect(!VoucherCode.letters.contains { "01ILOUS".utf8.contains($0) })
    // 29¹⁸ codes are more than 2⁸⁰.
    #expect(VoucherCode.letters.count == 29)
  }

  @Test func theSameKeyMakesTheSameCodeAndAnotherKeyAnother() {
    let id: VoucherID = Fixture.id(7)
    let other = Self.keys(1..<33)

    #expect(Self.keys.code(of: id) == Self.keys.code(of: id))
    #expect(Self.keys.code(of: id) != other.code(of: id))
    #expect(Self.keys.hash(of: Self.keys.code(of: id)) != other.hash(of: Self.keys.code(of: id)))
    #expect(Set((0..<2000).map { Self.code($0).text }).count == 2000)
  }

  @Test func aCodeIsReadInGroupsInSmallLettersAndWithDashes() {
    let code = Self.some[0]

    #expect(VoucherCode(code.text) == code)
    #expect(VoucherCode(code.grouped) == code)
    #expect(VoucherCode(code.grouped.lowercased()) == code)
    #expect(VoucherCode(" " + code.grouped.split(separator: " ").joined(separator: "-")) == code)
    #expect(code.end == code.text.suffix(4))
  }

  @Test func everyWrongCharacterIsSeen() {
    for code in Self.some {
      for place in 0..<VoucherCode.length {
        for letter in VoucherCode.letters {
          var bytes = Array(code.text.utf8)
          guard bytes[place] != letter else { continue }
          bytes[place] = letter
          #expect(VoucherCode(String(decoding: bytes, as: UTF8.self)) == nil)
        }
      }
    }
  }

  @Test func everySwapOfTwoCharactersIsSeen() {
    for code in Self.some {
      for place in 0..<VoucherCode.length {
        for other in 0..<place {
          var bytes = Array(code.text.utf8)
          guard bytes[place] != bytes[other] else { continue }
          bytes.swapAt(place, other)
          #expect(VoucherCode(String(decoding: bytes, as: UTF8.self)) == nil)
        }
      }
    }
  }

  @Test func everyTwoWrongCharactersAreSeen() {
    let bytes = Array(Self.some[1].text.utf8)
    var accepted = 0
    for place in 1..<VoucherCode.length {
      for (first, second) in (0..<29).flatMap({ a in (0..<29).map { (a, $0) } }) {
        var wrong = bytes
        wrong[place - 1] = VoucherCode.letters[first]
        wrong[place] = VoucherCode.letters[second]
        if wrong != bytes, VoucherCode(String(decoding: wrong, as: UTF8.self)) != nil {
          accepted += 1
        }
      }
    }
    #expect(accepted == 0)
  }

  @Test(arguments: [
    "", "2222", "2222 2222 2222 2222 222", "2222 2222 2222 2222 2222 2", "代金券代金券代金券代金券代金券代金券代金",
    "0000 0000 0000 0000 0000", "2222_2222_2222_2222_2222", String(repeating: " ", count: 100),
  ])
  func otherTextIsNoCode(text: String) {
    #expect(VoucherCode(text) == nil)
  }
}
