import Crypto
import POS
import Testing

@Suite struct PersonalKeysTests {
  /// 00 01 02 … 1f.
  static let secret = (0..<32).map { UInt8($0) }
  static let person = id("11111111-1111-4111-8111-111111111111")

  static func id(_ text: String) -> PersonID {
    guard let id = PersonID(text) else { preconditionFailure("a version 4 UUID") }
    return id
  }

  let keys: PersonalKeys
  let personKey: PersonKey
  let nonce: AES.GCM.Nonce

  init() throws {
    keys = try #require(PersonalKeys(secret: Self.secret))
    personKey = try #require(PersonKey((0..<32).map { UInt8(255 - $0) }))
    nonce = try AES.GCM.Nonce(data: (0..<12).map { UInt8($0) })
  }

  /// Made with Python: `cryptography` for HKDF and AES-GCM, `hmac`.
  @Test func hashesAreThoseOfAnotherProgram() throws {
    #expect(hexText(keys.identityHash("11010519491231002X")) == Vectors.identity)
    #expect(hexText(keys.indexHash("13800138000", label: "phone")) == Vectors.phone)
    #expect(hexText(keys.codeHash("ABCD1234")) == Vectors.code)
    #expect(hexText(keys.codeBytes(for: Self.person)) == Vectors.codeBytes)
    #expect(
      hexText(personKey.hash(of: Array("content".utf8), label: "request")) == Vectors.request)
  }

  @Test func sealedBytesAreThoseOfAnotherProgram() {
    let wrapped = keys.wrapped(personKey, for: Self.person, nonce: nonce)
    let sealed = personKey.seal(Array("张三".utf8), context: "person", nonce: nonce)

    #expect(hexText(wrapped) == Vectors.wrapped)
    #expect(hexText(sealed) == Vectors.sealed)
  }

  @Test func whatWasSealedOpensAtItsPlaceOnly() throws {
    let sealed = personKey.seal(Array("张三".utf8), context: "person", nonce: nonce)
    let wrapped = keys.wrapped(personKey, for: Self.person, nonce: nonce)

    let other = Self.id("22222222-2222-4222-8222-222222222222")
    #expect(personKey.open(sealed, context: "person") == Array("张三".utf8))
    #expect(personKey.open(sealed, context: "source") == nil)
    #expect(keys.unwrapped(wrapped, for: Self.person)?.open(sealed, context: "person") != nil)
    #expect(keys.unwrapped(wrapped, for: other) == nil)
  }

  @Test func aChangedByteDoesNotOpen() {
    let sealed = personKey.seal(Array("张三".utf8), context: "person", nonce: nonce)

    for place in sealed.indices {
      var changed = sealed
      changed[place] ^= 1
      #expect(personKey.open(changed, context: "person") == nil)
    }
    #expect(personKey.open([], context: "person") == nil)
  }

  @Test(arguments: [0, 31, 33]) func aSecretHasThirtyTwoBytes(count: Int) {
    #expect(PersonalKeys(secret: Array(repeating: 7, count: count)) == nil)
    #expect(PersonKey(Array(repeating: 7, count: count)) == nil)
  }

  /// Fixed: data on disks depends on them.
  private enum Vectors {
    static let identity =
      "7c167cce80118bad2c7efada176fef83cddadc5e091ecbbc8ced1b896ed495eb"
    static let phone =
      "60417a287b6f1b6988ac396f6981cce076a457db5ac41305af5064a48af55eac"
    static let code =
      "e592d14243371ddb4a19cb4a31453385a2903989250e8aba553834843c0ceec4"
    static let codeBytes =
      "c664a892d08f50baa3945ec471bd5b4ce73fe4e8e15e8c74128fc848586a5f83"
    static let request =
      "7217d17f6f01700e35236150184e3464413629dd78d78122004a6b2cdbfcfdf4"
    static let wrapped =
      "000102030405060708090a0b688963ea7998c4c3b30ecc60b323e5fa911889e0"
      + "6e02e47e4819ee6a038929062e0e0dc10b79aaab3d22dbf9035c7997"
    static let sealed =
      "000102030405060708090a0b322e59ec5c2237eac0548feac3fc8ab239ca8515"
      + "bdc6"
  }
}

@Suite struct MemberNumberTests {
  @Test func theCheckDigitIsDamms() {
    #expect(MemberNumber(1_000_572).digits == "10005723")
    #expect(MemberNumber(7_000_001).digits == "70000014")
  }

  @Test func oneWrongDigitOrASwapOfNeighboursIsCaught() {
    for serial in stride(from: 1_000_000, to: 9_999_999, by: 180_017) {
      let digits = Array(MemberNumber(serial).digits)
      for place in digits.indices {
        for digit in "0123456789" where digit != digits[place] {
          var wrong = digits
          wrong[place] = digit
          #expect(MemberNumber(String(wrong)) == nil)
        }
        guard place > 0, digits[place] != digits[place - 1] else { continue }
        var swapped = digits
        swapped.swapAt(place, place - 1)
        #expect(MemberNumber(String(swapped)) == nil)
      }
    }
  }

  @Test func spacesAndDashesDoNotMatter() {
    let digits = MemberNumber(2_345_678).digits
    #expect(MemberNumber("\(digits.prefix(4)) \(digits.suffix(4))") == MemberNumber(digits))
    #expect(MemberNumber("2345-\(digits.suffix(4))") == MemberNumber(digits))
  }

  @Test(arguments: ["", "1", "123456789", "abcdefgh", "０１２３４５６７", "00000000"])
  func otherTextIsNoNumber(text: String) {
    #expect(MemberNumber(text) == nil)
  }
}
