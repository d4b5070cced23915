import Glibc

/// What a daemon asks of the system before it opens anything.
enum ProcessSetup {
  /// Connections of two listeners, database and devices; Debian gives 1024 unless asked.
  private static let descriptors: rlim_t = 4096

  /// 1. Every file it makes is its own user's only. 2. No core file: it would hold keys and names.
  /// 3. Enough descriptors, as far as the system allows. 4. A closed log pipe does not end it.
  static func apply() {
    umask(0o077)
    limit(RLIMIT_CORE) { $0.rlim_cur = 0 }
    limit(RLIMIT_NOFILE) { $0.rlim_cur = max($0.rlim_cur, min($0.rlim_max, descriptors)) }
    signal(SIGPIPE, SIG_IGN)
  }

  private static func limit(_ kind: __rlimit_resource, _ change: (inout rlimit) -> Void) {
    let resource = __rlimit_resource_t(kind.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return }
    change(&limit)
    setrlimit(resource, &limit)
  }
}
