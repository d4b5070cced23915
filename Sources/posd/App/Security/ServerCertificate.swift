import Glibc
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOSSL

/// Where certificate and private key of the listeners are.
struct CertificateFiles: Equatable, Sendable {
  /// A PEM file, the server's own certificate first.
  let chain: String
  /// A PEM file that only the daemon's user and group may read.
  let key: String
}

/// What the listeners for people encrypt with: TLS 1.2 or newer.
///
/// It is read once, at start; a renewed one needs a restart, which costs no sale.
struct ServerCertificate: Sendable {
  /// Seconds since 1970 after which browsers refuse it.
  let expiresAt: Int64
  private let configuration: TLSConfiguration

  /// Throws a `ConfigProblem` if a file cannot be read, others may read the key, or the key is that
  /// of another certificate.
  init(_ files: CertificateFiles) throws {
    var status = stat()
    guard stat(files.key, &status) == 0 else {
      throw ConfigProblem(.tlsKey, "cannot read \(files.key)")
    }
    guard status.st_mode & 0o007 == 0 else {
      throw ConfigProblem(.tlsKey, "everybody may read \(files.key): chmod 600 it")
    }
    guard let key = try? NIOSSLPrivateKey(file: files.key, format: .pem) else {
      throw ConfigProblem(.tlsKey, "\(files.key) is no private key in PEM, or cannot be read")
    }
    let chain = (try? NIOSSLCertificate.fromPEMFile(files.chain)) ?? []
    guard let own = chain.first else {
      throw ConfigProblem(.tlsCertificate, "\(files.chain) is no certificate in PEM")
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["http/1.1"]
    guard (try? NIOSSLContext(configuration: configuration)) != nil else {
      throw ConfigProblem(.tlsKey, "\(files.key) does not belong to \(files.chain)")
    }
    self.configuration = configuration
    expiresAt = Int64(own.notValidAfter)
  }

  /// For `/metrics`, so that an operator is warned in time.
  var gauge: (name: String, value: Int64) { ("certificate_expires_seconds", expiresAt) }

  /// The same server, behind TLS.
  func encrypting(_ server: HTTPServerBuilder) throws -> HTTPServerBuilder {
    try .tls(server, tlsConfiguration: configuration)
  }

  /// Tells the log how long it holds: a month before the end as a warning.
  func report(_ logger: Logger) {
    let daysLeft = (expiresAt - Int64(time(nil))) / 86_400
    let metadata: Logger.Metadata = ["days_left": "\(daysLeft)"]
    switch daysLeft {
    case ..<0: logger.error("the TLS certificate has expired: browsers warn", metadata: metadata)
    case ..<30: logger.warning("the TLS certificate expires soon", metadata: metadata)
    default: logger.info("serving by HTTPS", metadata: metadata)
    }
  }
}
