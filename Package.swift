// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target of the project is built the same, strict way: a warning is an error.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "posd",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "posd", targets: ["posd"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["JSON"]),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(
      name: "POS",
      dependencies: [.product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .target(
      name: "POSStore",
      dependencies: [
        "POS", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .target(name: "Attendance", dependencies: ["POS"], swiftSettings: strict),
    .target(name: "Receipt", dependencies: ["POS"], swiftSettings: strict),
    .systemLibrary(
      name: "CUSB", pkgConfig: "libusb-1.0", providers: [.apt(["libusb-1.0-0-dev"])]),
    .systemLibrary(
      name: "CFreeType", pkgConfig: "freetype2", providers: [.apt(["libfreetype-dev"])]),
    .target(name: "Glyphs", dependencies: ["Receipt", "CFreeType"], swiftSettings: strict),
    .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
    .target(name: "Printing", dependencies: ["Receipt", "CUSB"], swiftSettings: strict),
    .target(
      name: "PrinterProfiles",
      dependencies: ["Receipt", "Printing", "CWeb", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict),
    .executableTarget(
      name: "posd",
      dependencies: [
        "POS", "POSStore", "Attendance", "Receipt", "Glyphs", "Printing", "PrinterProfiles",
        "CCrypt", "CWeb",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      exclude: ["Web", "CWeb"],
      swiftSettings: strict),
    .executableTarget(
      name: "usbtry", dependencies: ["Printing", "Receipt"],
      path: "devices/simulators/usb-printer/usbtry",
      swiftSettings: strict),
    .target(name: "CWeb", path: "Sources/posd/CWeb", exclude: ["list-files.sh"]),
    .testTarget(
      name: "AttendanceTests", dependencies: ["Attendance", "POS"], swiftSettings: strict),
    .testTarget(name: "POSTests", dependencies: ["POS"], swiftSettings: strict),
    .testTarget(
      name: "POSStoreTests",
      dependencies: [
        "POS", "POSStore", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ReceiptTests", dependencies: ["POS", "Receipt"], exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "PrintingTests", dependencies: ["Printing", "Receipt"], swiftSettings: strict),
    .testTarget(
      name: "PrinterProfilesTests",
      dependencies: ["PrinterProfiles", "Printing", "Receipt"], swiftSettings: strict),
    .testTarget(name: "GlyphsTests", dependencies: ["Glyphs", "Receipt"], swiftSettings: strict),
    .testTarget(name: "TidyTests", swiftSettings: strict),
  ]
)
