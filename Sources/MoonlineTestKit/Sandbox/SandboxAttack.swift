package import Foundation
package import LuaSandbox

/// A piece of hostile code, with what has to come of it.
package struct SandboxAttack: Sendable {
    /// What it tries.
    package let name: String
    /// Any of these has to come of it: `time`, `memory`, `error TEXT` or `value TEXT`.
    package let outcomes: [String]
    /// The code.
    package let source: String

    /// What the code finds of the host.
    package static let host = LuaHost(operations: ["log.info", "sleep"], families: ["call"])

    /// Reads the sections of a file that begin with `--@ NAME: OUTCOMES`.
    ///
    /// - Throws: what reading the file throws.
    package static func all(in file: URL) throws -> [SandboxAttack] {
        let text = try String(contentsOf: file, encoding: .utf8)
        return text.components(separatedBy: "\n--@ ").dropFirst().compactMap { section in
            guard let end = section.firstIndex(of: "\n"),
                let colon = section[..<end].lastIndex(of: ":")
            else { return nil }
            let outcomes = section[section.index(after: colon)..<end]
                .components(separatedBy: " or ")
                .map { $0.trimmingCharacters(in: .whitespaces) }
            return SandboxAttack(
                name: String(section[..<colon]), outcomes: outcomes,
                source: String(section[end...]))
        }
    }

    /// Whether an outcome, in the words of `outcomes`, is one that has to come.
    package func expects(_ outcome: String) -> Bool {
        outcomes.contains { expected in
            let kind = expected.prefix { $0 != " " }
            let detail = expected.dropFirst(kind.count + 1)
            return outcome.hasPrefix(kind) && (detail.isEmpty || outcome.contains(detail))
        }
    }
}

extension SandboxAttack: CustomStringConvertible {
    package var description: String { name }
}
