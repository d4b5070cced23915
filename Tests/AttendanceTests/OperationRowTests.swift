import POS
import Testing

@testable import Attendance

/// `OPERLOG`, `ERRORLOG` and the tables that are dropped (terminals.md A3).
@Suite struct OperationRowTests {
  @Test func mixedLinesAreReadAndCounted() throws {
    let intake = read(
      .operations,
      """
      OPLOG 21␉0␉2026-09-01 08:00:00␉0␉0␉0␉0␊USER PIN=1002␉Name=王秀英␉Pri=14␉Passwd=4711␉Card=[0102]␉Grp=1␊\
      FACE PIN=1002␉FID=0␉SIZE=4␉VALID=1␉TMP=QUJD␊BIOPHOTO PIN=1002␉FileName=1002.jpg␉Type=9␉Size=4␉Content=QUJD␊\
      OPLOG 114␉1␉2026-09-01 08:01:00␉1002␉0␉0␉0␊
      """)

    #expect(intake.rowCount == 5)
    #expect(intake.evidence.map(\.meaning) == [.clockSet, .faceChanged])
    #expect(intake.evidence.map(\.subjectNumber?.text) == [nil, "1002"])
    #expect(intake.people == [TerminalPerson(number: try PersonNumber("1002"), privilege: 14)])
    #expect(intake.droppedCount == 2)
    #expect(intake.quarantined == [])
    #expect(ZKTecoAnswer.stored(.operations, rowCount: intake.rowCount).body == wire("OK: 5"))
  }

  @Test(arguments: [
    (0, EvidenceMeaning.powerOn), (1, .powerOff), (2, .verifyFailed), (4, .menuEntered),
    (9, .userDeleted), (13, .dataCleared), (21, .clockSet), (22, .factoryReset),
    (23, .attendanceDeleted), (43, .deletedAfterCopy), (71, .rightsChanged), (82, .serverChanged),
    (83, .serverChanged), (101, .faceEnrolled), (106, .faceDeleted), (114, .faceChanged),
    (999, .other),
  ])
  func operationsThatMatterHaveAMeaning(code: Int, meaning: EvidenceMeaning) {
    let intake = read(.operations, "OPLOG \(code)␉1␉2026-09-01 08:00:00␉2␉0␉0␉0")

    #expect(intake.evidence.map(\.meaning) == [meaning])
  }

  @Test(arguments: [
    "OPLOG 4", "OPLOG x␉1␉2026-09-01 08:00:00", "OPLOG 4␉1␉yesterday", "USER Name=王秀英",
    "USER PIN=11010119900307721X␉Name=a", "王秀英 4711", "USERS PIN=1",
  ])
  func whatIsNotReadIsKeptWithoutContent(row: String) {
    let intake = read(.operations, row)

    #expect(intake.quarantined.count == 1)
    #expect(intake.evidence == [])
    #expect(intake.people == [])
  }

  @Test func aFaceThatWasNotAliveIsEvidence() {
    let intake = read(.errors, "ErrCode=D01E0005␉ErrMsg=王秀英␉DataOrigin=dev␊")

    #expect(intake.evidence.map(\.meaning) == [.livenessFailed])
    #expect(intake.evidence.map(\.wireCode) == ["D01E0005"])
  }

  @Test func picturesTemplatesAndIdentityCardsAreDropped() {
    let photo = read(
      .attendancePhotos,
      "PIN=20260902112256-0001000.jpg␊SN=CGXH260000␊size=8␊CMD=uploadphoto␀\u{1}PICTURE")
    let template = read(
      .biometricData, "BIODATA Pin=1002␉No=0␉Index=0␉Valid=1␉Duress=0␉Type=9␉Tmp=QUJD␊")
    let card = read(.identityCards, "IDCARD PIN=1002␉IDNum=11010119900307721X␉Name=王秀英␊")

    for intake in [photo, template, card] {
      #expect(intake.droppedCount == 1)
      #expect(intake.rowCount == 1)
      #expect(intake.quarantined == [])
    }
  }

  @Test func anUnknownTableIsOneEntryAndIsCounted() {
    let intake = read(.unknown, "a␊b␊c␊")

    #expect(intake.rowCount == 3)
    #expect(intake.quarantined.map(\.redacted) == ["<6>"])
  }

  @Test func anUploadBeyondTheLimitIsNotRead() {
    let body = [UInt8](repeating: 0x0A, count: AttendanceLimits.uploadBytes + 1)

    let intake = ZKTecoUpload(.attendance, body: body).intake(from: ZKTecoTerminal(serial: serial))

    #expect(intake.quarantined.map(\.reason) == [.tooLarge])
  }
}
