import Logging
import POSStore
import ServiceLifecycle

/// Issues the vouchers that repeat when a month has begun, at start and then every half minute, and
/// puts wrong voucher codes on record that wait for it.
struct ReliefCalendar: Service {
  private static let pause = Duration.seconds(30)

  let store: Store
  let guesses: VoucherGuesses
  let clock: Clock
  let logger: Logger

  func run() async throws {
    let work = Task {
      while !Task.isCancelled {
        await step()
        try await Task.sleep(for: Self.pause)
      }
    }
    await withGracefulShutdownHandler {
      _ = await work.result
    } onGracefulShutdown: {
      work.cancel()
    }
    await record(all: true)
  }

  private func step() async {
    do {
      let count = try await store.issueDue(atMs: clock.nowMs)
      if count > 0 { logger.info("vouchers issued", metadata: ["issues": "\(count)"]) }
    } catch {
      logger.error("monthly vouchers could not be issued", metadata: ["error": "\(error)"])
    }
    await record(all: false)
  }

  private func record(all: Bool) async {
    do {
      for record in guesses.recordsDue(atMs: clock.nowMs, all: all) {
        try await store.noteVoucherGuesses(
          record.count, slowed: record.slowed, since: record.sinceMs, by: record.userID,
          at: record.stationID, atMs: clock.nowMs)
      }
    } catch {
      logger.error("wrong voucher codes could not be recorded", metadata: ["error": "\(error)"])
    }
  }
}
