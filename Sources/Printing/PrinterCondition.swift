/// What keeps a printer from printing, or soon will; the raw value is a stable code.
public enum PrinterCondition: String, CaseIterable, Sendable {
  case paperOut = "paper_out"
  /// A warning; printing goes on.
  case paperNearEnd = "paper_near_end"
  case coverOpen = "cover_open"
  case cutterJam = "cutter_jam"
  /// The printer reports an error that only switching it off and on can end.
  case unrecoverable = "unrecoverable"
  /// It says it is offline, or in error, and not why.
  case offline = "offline"
  /// The system does not let this program open the device.
  case noPermission = "no_permission"
  /// Another process holds it.
  case busy = "busy"
  case absent = "absent"
  /// It was there and is gone: unplugged, or switched off.
  case unplugged = "unplugged"
  /// It refused data twice in one slip.
  case stalled = "stalled"
  /// No byte was taken for longer than the limit, and no reason given.
  case noProgress = "no_progress"
  /// The bus or the network broke the transfer.
  case transferFailed = "transfer_failed"
  /// A network printer that does not answer.
  case unreachable = "unreachable"
  /// A printer of a kind that this program does not print on.
  case unsupported = "unsupported_printer"
  /// This program was told to end while the printer was waited for.
  case stopped = "stopped"
}

extension PrinterCondition {
  /// Whether a cashier standing at the printer is likely to end it within a minute, so that a
  /// half-sent slip waits for it.
  public var isEndedByHand: Bool { self == .paperOut || self == .coverOpen }

  /// What is wrong and what to do, for the cashier.
  public var chinese: String {
    switch self {
    case .paperOut: "缺纸：请装上新纸卷。"
    case .paperNearEnd: "纸快用完了：请准备新纸卷。"
    case .coverOpen: "上盖未关：请合上打印机上盖。"
    case .cutterJam: "切刀卡纸：请关机，取出卡住的纸，再开机。"
    case .unrecoverable: "打印机故障：请关机再开机，仍不行请报修。"
    case .offline: "打印机脱机：请看打印机的指示灯，检查纸和上盖。"
    case .noPermission: "本程序没有使用打印机的权限：请联系管理员。"
    case .busy: "打印机被其他程序占用：请联系管理员。"
    case .absent: "没有找到打印机：请检查电源和数据线。"
    case .unplugged: "打印机断开了：请检查电源和数据线。"
    case .stalled: "打印机拒收数据：请关机再开机。"
    case .noProgress: "打印机没有反应：请检查电源、纸和上盖。"
    case .transferFailed: "传输出错：请重新插好数据线。"
    case .unreachable: "连不上网络打印机：请检查电源和网线。"
    case .unsupported: "不支持这种打印机：请联系管理员换一台。"
    case .stopped: "程序正在退出，小票没有打完。"
    }
  }

  /// The same in English.
  public var english: String {
    switch self {
    case .paperOut: "Out of paper: put in a new roll."
    case .paperNearEnd: "The paper is nearly used up: have a new roll ready."
    case .coverOpen: "The cover is open: close the printer's cover."
    case .cutterJam: "The cutter is jammed: switch off, take out the paper, switch on."
    case .unrecoverable: "The printer has failed: switch it off and on, or have it repaired."
    case .offline: "The printer is offline: look at its lights, check paper and cover."
    case .noPermission: "This program may not use the printer: ask the administrator."
    case .busy: "Another program holds the printer: ask the administrator."
    case .absent: "No printer found: check its power and cable."
    case .unplugged: "The printer was disconnected: check its power and cable."
    case .stalled: "The printer refuses data: switch it off and on."
    case .noProgress: "The printer does not react: check power, paper and cover."
    case .transferFailed: "The transfer failed: plug the cable in again."
    case .unreachable: "The network printer does not answer: check power and network cable."
    case .unsupported: "This kind of printer cannot be used: ask the administrator for another."
    case .stopped: "The program was ending; the slip is not finished."
    }
  }
}
