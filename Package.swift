// swift-tools-version: 6.2
import PackageDescription

/// The settings of every Swift target: warnings are errors, upcoming features are on.
let common: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    // Faults that the simulation has to find; a release build does not have them.
    .define("PLANTED_FAULTS", .when(configuration: .debug)),
]

/// The settings at the Lua boundary, where every unsafe use has to be marked.
let boundary = common + [.strictMemorySafety()]

let package = Package(
    name: "moonline",
    platforms: [.macOS(.v15)],
    products: [
        // The errors, orders and amounts of its interface are the kernel's.
        .library(name: "Moonline", targets: ["Moonline", "OrderKernel"]),
        .library(name: "MoonlineTestKit", targets: ["MoonlineTestKit"]),
        .executable(name: "moonline", targets: ["MoonlineCommand"]),
        .executable(name: "benchmarks", targets: ["Benchmarks"]),
        .executable(name: "sim", targets: ["SimulationCommand"]),
        // Static, so that `scripts/fuzz` can link them with libFuzzer.
        .library(name: "Fuzzing", type: .static, targets: ["Fuzzing"]),
        .library(name: "SettingsFuzzing", type: .static, targets: ["SettingsFuzzing"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(
            name: "CLuaVM",
            linkerSettings: [.linkedLibrary("lua5.4"), .linkedLibrary("m")]
        ),
        .target(name: "LuaSandbox", dependencies: ["CLuaVM"], swiftSettings: boundary),
        .target(name: "OrderKernel", swiftSettings: common),
        .target(
            name: "Definitions",
            dependencies: [
                "LuaSandbox", "OrderKernel", .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: common
        ),
        .target(
            name: "Journal",
            dependencies: ["OrderKernel", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: common
        ),
        .target(
            name: "Transport",
            dependencies: [
                "Definitions", "OrderKernel",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: common
        ),
        .target(
            name: "Moonline",
            dependencies: [
                "Definitions", "Journal", "LuaSandbox", "OrderKernel", "Transport",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: common
        ),
        .target(
            name: "Scripting",
            dependencies: [
                "Definitions", "LuaSandbox", "Moonline", "OrderKernel", "Transport",
            ],
            swiftSettings: common
        ),
        .target(
            name: "Simulator",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: common
        ),
        .target(
            name: "CSimulatedDisk",
            linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("pthread")]
        ),
        .target(
            name: "MoonlineTestKit",
            dependencies: [
                "CSimulatedDisk", "Definitions", "Journal", "LuaSandbox", "Moonline", "OrderKernel",
                "Transport",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: common
        ),
        .executableTarget(
            name: "MoonlineCommand",
            dependencies: [
                "Definitions", "LuaSandbox", "Moonline", "OrderKernel", "Scripting", "Simulator",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: common
        ),
        .executableTarget(
            name: "Benchmarks",
            dependencies: ["LuaSandbox", "MoonlineTestKit", "OrderKernel"],
            swiftSettings: common
        ),
        .executableTarget(
            name: "SimulationCommand",
            dependencies: [
                "MoonlineTestKit", "OrderKernel",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: common
        ),
        .target(name: "CStockLua", linkerSettings: [.linkedLibrary("lua5.4")]),
        .target(
            name: "Fuzzing",
            dependencies: ["CLuaVM", "CStockLua", "Definitions", "LuaSandbox", "OrderKernel"],
            swiftSettings: boundary
        ),
        // By itself: its build takes that of the whole engine.
        .target(
            name: "SettingsFuzzing", dependencies: ["Moonline", "OrderKernel"],
            swiftSettings: boundary
        ),
        .testTarget(
            name: "LuaSandboxTests", dependencies: ["Fuzzing", "LuaSandbox", "MoonlineTestKit"],
            exclude: ["attacks.lua", "patterns.txt"],
            swiftSettings: common
        ),
        .testTarget(name: "OrderKernelTests", dependencies: ["OrderKernel"], swiftSettings: common),
        .testTarget(
            name: "DefinitionsTests",
            dependencies: ["Definitions", "LuaSandbox", "OrderKernel"],
            swiftSettings: common
        ),
        .testTarget(
            name: "JournalTests",
            dependencies: [
                "Journal", "OrderKernel", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: common
        ),
        // The servers of tests about sockets.
        .target(
            name: "Loopback",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/Loopback", swiftSettings: common
        ),
        .testTarget(
            name: "TransportTests",
            dependencies: [
                "Definitions", "Loopback", "OrderKernel", "Transport",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: common
        ),
        .testTarget(
            name: "MoonlineTests",
            dependencies: [
                "Moonline", "MoonlineTestKit", "OrderKernel",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: common
        ),
        .testTarget(
            name: "ScriptingTests",
            dependencies: [
                "Definitions", "LuaSandbox", "Moonline", "MoonlineTestKit", "OrderKernel",
                "Scripting", "Transport", .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["hostile.txt"],
            swiftSettings: common
        ),
        .testTarget(
            name: "SimulatorTests",
            dependencies: [
                "Simulator",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: common
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "Definitions", "Loopback", "Moonline", "MoonlineCommand", "OrderKernel",
                "Simulator", "Transport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: common
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: ["MoonlineTestKit", "OrderKernel"],
            swiftSettings: common
        ),
        .testTarget(
            name: "FuzzingTests", dependencies: ["Fuzzing", "SettingsFuzzing"],
            exclude: ["Corpus"],
            swiftSettings: common
        ),
        .testTarget(name: "StyleTests", swiftSettings: common),
    ]
)
