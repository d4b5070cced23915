import Printing
import Testing

@Suite struct DeviceIDTests {
  private func answer(_ high: UInt8, _ low: UInt8, _ text: String) -> [UInt8] {
    [high, low] + Array(text.utf8)
  }

  @Test func theKeysOfAnEpsonAreRead() {
    let text = "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20III;CLS:PRINTER;SN:X1;"
    let id = DeviceID(answer: answer(0x00, UInt8(text.utf8.count + 2), text))

    #expect(id?.maker == "EPSON")
    #expect(id?.model == "TM-T20III")
    #expect(id?.serial == "X1")
    #expect(id?.commandSets == ["ESC/POS"])
  }

  @Test func longKeysSpacesAndSeveralLanguagesAreRead() {
    let id = DeviceID(
      text: "MANUFACTURER: POS ;COMMAND SET:ESC/POS, PCL;Model:POS-80\u{0};junk;MODEL:second")

    #expect(id.maker == "POS")
    #expect(id.model == "POS-80")
    #expect(id.commandSets == ["ESC/POS", "PCL"])
  }

  @Test func aValueMayHaveAColon() {
    #expect(DeviceID(text: "MDL:A:B;").model == "A:B")
  }

  @Test func aLengthInTheWrongOrderIsRead() {
    let text = "MFG:POS;MDL:P58;"

    #expect(DeviceID(answer: answer(18, 0, text))?.model == "P58")
    #expect(DeviceID(answer: answer(0, 18, text))?.model == "P58")
  }

  @Test func bytesAfterTheLengthAreNotRead() {
    #expect(DeviceID(answer: answer(0, 18, "MFG:POS;MDL:P58;SN:9;"))?.serial == nil)
  }

  @Test(
    arguments: [
      [], [0x00], [0x00, 0x02], [0x00, 0x0D, 0x4D], [0xFF, 0xFF, 0x41, 0x42], [0x00, 0x00, 0x41],
    ] as [[UInt8]])
  func whatFitsNoLengthIsRefused(bytes: [UInt8]) {
    #expect(DeviceID(answer: bytes) == nil)
  }
}
