// swift-tools-version: 6.2
import PackageDescription

/// The settings of every Swift target: warnings are errors, upcoming features are on.
let common: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// The settings at the Lua boundary, where every unsafe use has to be marked.
let boundary = common + [.strictMemorySafety()]

let package = Package(
    name: "moonline",
    platforms: [.macOS(.v15)],
    products: [
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
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
            dependencies: ["LuaSandbox", "OrderKernel"],
            swiftSettings: common
        ),
        .testTarget(name: "LuaSandboxTests", dependencies: ["LuaSandbox"], swiftSettings: common),
        .testTarget(name: "OrderKernelTests", dependencies: ["OrderKernel"], swiftSettings: common),
        .testTarget(name: "DefinitionsTests", dependencies: ["Definitions", "LuaSandbox", "OrderKernel"], swiftSettings: common),
    ]
)
