import LuaSandbox
import OrderKernel

extension FunctionHost {
    /// What requests are signed with.
    static let signing = ["crypto.hash", "crypto.hmac", "time.now"]

    /// Performs one of them.
    ///
    /// - Throws: `LuaHostError` for wrong arguments.
    func sign(_ name: String, _ arguments: [LuaValue]) throws -> [LuaValue] {
        if name == "time.now" { return [.integer(environment.now().milliseconds / 1000)] }
        var arguments = arguments[...]
        let algorithm: DigestAlgorithm = try word(arguments.popFirst(), name, of: "a hash")
        let isKeyed = name == "crypto.hmac"
        let credential = isKeyed ? try signer(arguments.popFirst()) : nil
        guard let text = arguments.popFirst()?.plainText else {
            throw LuaHostError("\(name): a text was expected after the \(isKeyed ? "key" : "hash")")
        }
        guard text.utf8.count <= Self.signedBytes else {
            throw LuaHostError("\(name): a text has at most \(Self.signedBytes) bytes")
        }
        let wanted = arguments.popFirst() ?? .nil
        let encoding: DigestEncoding =
            wanted == .nil ? .hex : try word(wanted, name, of: "an encoding")
        let bytes =
            try credential.map { try code(algorithm, $0, text) } ?? algorithm.digest(of: text)
        return [.string(encoding.text(of: bytes))]
    }

    private func code(
        _ algorithm: DigestAlgorithm,
        _ credential: String,
        _ text: String
    ) throws -> [UInt8] {
        do throws(MoonlineError) {
            return try environment.sign(algorithm, credential, text)
        } catch {
            throw Self.raised(error)
        }
    }

    // The name of a credential is all that Lua has of it.
    private func signer(_ value: LuaValue?) throws -> String {
        let signers = runner.definition.auth.signers
        let text = (value?.text ?? "").cut(to: Self.wordBytes)
        if let name = signers.first(where: { text == "{\($0)}" }) { return name }
        let known = signers.map { "\"{\($0)}\"" }.joined(separator: " or ")
        throw LuaHostError(
            known.isEmpty
                ? "crypto.hmac: the file names no key for it; write hmac = \"{secret}\" into auth"
                : "crypto.hmac: \(known) was expected, not '\(text)'")
    }

    private func word<Word: RawRepresentable & CaseIterable>(
        _ value: LuaValue?,
        _ name: String,
        of what: String
    ) throws -> Word where Word.RawValue == String {
        let text = (value?.text ?? "").cut(to: Self.wordBytes)
        if let word = Word(rawValue: text) { return word }
        let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
        throw LuaHostError("\(name): '\(text)' is no name of \(what); known are \(known)")
    }
}
