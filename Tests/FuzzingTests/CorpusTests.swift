import Foundation
import Fuzzing
import SettingsFuzzing
import Testing

/// The committed inputs of the fuzz targets, each of which once reached code that no other did or
/// broke a rule.
struct CorpusTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()

    private static func inputs(_ target: String) throws -> [(name: String, bytes: [UInt8])] {
        let folder = root.appending(path: "Corpus/\(target)")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
            ($0, Array(try Data(contentsOf: folder.appending(path: $0))))
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `no committed input breaks a rule`(_ target: FuzzTarget) throws {
        for input in try Self.inputs(target.rawValue) {
            do {
                try target.run(input.bytes)
            } catch {
                Issue.record("\(input.name): \(error)")
            }
        }
    }

    @Test func `no committed settings break a rule`() throws {
        for input in try Self.inputs("settings") {
            let finding = SettingsFuzz.finding(in: input.bytes)
            #expect(finding == nil, "\(input.name)")
        }
    }

    @Test(arguments: FuzzTarget.allCases.map(\.rawValue) + ["settings"])
    func `a corpus is small`(_ target: String) throws {
        let inputs = try Self.inputs(target)
        #expect((1...60).contains(inputs.count))
        #expect(inputs.reduce(0) { $0 + $1.bytes.count } <= 40 << 10)
    }

    @Test func `the script names every target`() throws {
        let script = try String(
            contentsOf: Self.root.appending(path: "../../scripts/fuzz"), encoding: .utf8)
        for target in FuzzTarget.allCases.map(\.rawValue) + ["settings"] {
            #expect(script.contains("\(target)  "), "\(target)")
        }
    }
}
