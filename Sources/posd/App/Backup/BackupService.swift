import Logging
import ServiceLifecycle

/// Makes the daily backup, and a missed one soon after the start.
struct BackupService: Service {
  /// How often the clock is looked at; it may be set, and the machine may sleep.
  private static let pause = Duration.seconds(20)
  /// After a failure: the disk may be plugged in meanwhile.
  private static let retryMs: Int64 = 15 * 60_000

  let room: BackupRoom
  /// `nil` where no folder is set: then nothing is made by itself.
  let folder: String?
  let time: BackupTime
  let keep: BackupKeep
  let clock: Clock
  let logger: Logger

  func run() async throws {
    await withGracefulShutdownHandler {
      await cancelWhenGracefulShutdown { await work() }
    } onGracefulShutdown: {
      room.stop()
    }
  }

  private func work() async {
    guard let folder else {
      logger.warning("no backups are made: set backupFolder")
      try? await Task.sleep(for: .seconds(1 << 31))
      return
    }
    var dueMs = due(in: folder)
    while !Task.isCancelled {
      if clock.nowMs >= dueMs {
        let isDone = await backUp(to: folder)
        let nowMs = clock.nowMs
        dueMs = isDone ? time.next(afterMs: nowMs) : nowMs + Self.retryMs
      } else if dueMs - clock.nowMs > 86_400_000 {
        // The clock was set back.
        dueMs = time.next(afterMs: clock.nowMs)
      }
      try? await Task.sleep(for: Self.pause)
    }
  }

  /// When the next one is due: at once if one was missed or there is none.
  private func due(in folder: String) -> Int64 {
    let nowMs = clock.nowMs
    let last = room.known(in: folder).map(\.atMs).filter { $0 <= nowMs }.max()
    return last.map { time.next(afterMs: $0) } ?? nowMs
  }

  /// Makes one; whether it is made.
  private func backUp(to folder: String) async -> Bool {
    do {
      let made = try await room.backUp(to: folder, keep: keep)
      logger.info(
        "backup made",
        metadata: [
          "file": "\(made.path)", "bytes": "\(made.bytes)", "removed": "\(made.removed.count)",
        ])
      return true
    } catch BackupProblem.stopped {
      logger.info("backup broken off by the end of the daemon")
      return false
    } catch {
      logger.error("backup not made; tried again in 15 min", metadata: ["error": "\(error)"])
      return false
    }
  }
}
