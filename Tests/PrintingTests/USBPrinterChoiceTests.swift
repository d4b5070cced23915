import Testing

@testable import Printing

@Suite struct USBPrinterChoiceTests {
  private typealias Place = (USBID, String)
  private let clone = USBID(vendor: 0x0416, product: 0x5011)
  private let epson = USBID(vendor: 0x04B8, product: 0x0E28)

  private func path(
    _ choice: USBPrinterChoice, _ places: [Place], before last: String? = nil
  ) -> String? {
    choice.chosen(from: places, before: last) { $0 }?.1
  }

  @Test func numbersAreReadAndWrittenAsFourDigits() {
    #expect(USBID("04b8:0202") == USBID(vendor: 0x04B8, product: 0x0202))
    #expect(USBID(vendor: 0x04B8, product: 0x0202).description == "04b8:0202")
    for text in ["", "04b8", "04b8:", "04b8:02020", "g:1", "04b8:0202:1", "+4b8:0202 "] {
      #expect(USBID(text) == nil, "\(text)")
    }
  }

  @Test func theOnlyPrinterIsChosen() {
    #expect(path(USBPrinterChoice(), [(clone, "1-1")]) == "1-1")
    #expect(path(USBPrinterChoice(), []) == nil)
  }

  @Test func theFirstTimeTheFirstPathIsChosen() {
    #expect(path(USBPrinterChoice(), [(clone, "1-2"), (clone, "1-1")]) == "1-1")
  }

  @Test func thePrinterUsedBeforeIsChosenAgain() {
    let places = [(clone, "1-1"), (clone, "1-2")]

    #expect(path(USBPrinterChoice(), places, before: "1-2") == "1-2")
  }

  @Test func theOnlyPrinterMayHaveMovedButAmongSeveralNoneIsGuessed() {
    #expect(path(USBPrinterChoice(), [(clone, "1-3")], before: "1-2") == "1-3")
    #expect(path(USBPrinterChoice(), [(clone, "1-1"), (clone, "1-3")], before: "1-2") == nil)
  }

  @Test func aPathOrNumbersSetUpAreKept() {
    let places = [(clone, "1-1"), (epson, "1-2")]

    #expect(path(USBPrinterChoice(path: "1-2"), places) == "1-2")
    #expect(path(USBPrinterChoice(path: "1-4"), places) == nil)
    #expect(path(USBPrinterChoice(id: epson), places) == "1-2")
    #expect(path(USBPrinterChoice(id: epson, path: "1-1"), places) == nil)
  }
}
