import POS
import Testing

@Suite struct IdentityNumberTests {
  /// The two examples of GB 11643-1999, and made-up ones of a region that no place has.
  @Test(arguments: [
    ("11010519491231002X", "1949-12-31", "002X"), ("440524188001010014", "1880-01-01", "0014"),
    ("000000200002290010", "2000-02-29", "0010"),
  ])
  func aNumberTellsItsBirthDate(text: String, birth: String, lastFour: String) throws {
    let number = try IdentityNumber(text)

    #expect(number.birthDate.description == birth)
    #expect(number.lastFour == lastFour)
    #expect(number.text == text)
  }

  @Test(arguments: [
    "11010519491231002x", " 110105 19491231 002X ", "'11010519491231002X", "`11010519491231002X",
    "１１０１０５１９４９１２３１００２Ｘ", "\t11010519491231002X",
  ])
  func itIsReadAsOfficesWriteIt(text: String) throws {
    #expect(try IdentityNumber(text).text == "11010519491231002X")
  }

  @Test(arguments: [
    ("", IdentityNumber.Problem.missing), ("  ", .missing), ("110105491231002", .fifteenDigits),
    ("1101051949123100", .length), ("1101051949123100212", .length), ("4.10103E+17", .length),
    ("11010519491231O02X", .characters), ("X1010519491231002X", .characters),
    ("11010519491231002A", .characters), ("110105-19491231-02", .characters),
    ("11010519490230002X", .birthDate), ("110105187912310020", .birthDate),
    ("11010519491331002X", .birthDate), ("110105190002290020", .birthDate),
    ("110105194912310020", .checkCharacter), ("110105194912310021", .checkCharacter),
  ])
  func whatIsWrongIsSaid(text: String, problem: IdentityNumber.Problem) {
    #expect(throws: problem) { try IdentityNumber(text) }
  }

  @Test func everyWrongCharacterAndSwapOfNeighboursIsCaught() throws {
    let right = Array("11010519491231002X")
    for place in right.indices {
      for other in "0123456789X" where other != right[place] {
        var wrong = right
        wrong[place] = other
        #expect(throws: IdentityNumber.Problem.self) { try IdentityNumber(String(wrong)) }
      }
      guard place > 0, right[place] != right[place - 1] else { continue }
      var swapped = right
      swapped.swapAt(place, place - 1)
      #expect(throws: IdentityNumber.Problem.self) { try IdentityNumber(String(swapped)) }
    }
  }

  @Test func itNeverPrintsItself() throws {
    let number = try IdentityNumber("11010519491231002X")

    #expect("\(number)" == "identity number")
    #expect(String(reflecting: number) == "identity number")
  }
}

@Suite struct BirthDateTests {
  @Test(arguments: [
    "1936-03-01", "1936/3/1", "1936.3.1", "19360301", "1936年3月1日", "1936年03月01日",
  ])
  func itIsReadAsOfficesWriteIt(text: String) {
    #expect(BusinessDate(birthDateText: text)?.description == "1936-03-01")
  }

  @Test(arguments: ["", "1936", "1936-13-01", "1935-02-29", "1879-12-31", "36-3-1", "193603"])
  func otherTextIsNoBirthDate(text: String) {
    #expect(BusinessDate(birthDateText: text) == nil)
  }

  @Test func daysBefore1970AreCounted() throws {
    let birth = try #require(BusinessDate(birthYear: 1936, month: 2, day: 29))

    #expect(birth.daysSince1970 == -12_360)
    #expect(birth < BusinessDate(daysSince1970: 0))
  }
}
