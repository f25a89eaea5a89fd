import Definitions
import Foundation
import Journal
package import OrderKernel
import Transport

extension Engine {
    /// One thing that `doctor` looked at.
    package struct Finding: Sendable {
        package let what: String
        package let detail: String
        package let error: MoonlineError?
    }

    /// Looks at the journal, the clock, the definitions and the accounts.
    package func examine(asksProviders: Bool) async -> [Finding] {
        var findings = [await journalFinding(), clockFinding()]
        for (id, problems) in directory.broken.sorted(by: { $0.key < $1.key }) {
            let text = "\(problems.problems[0])"
            findings.append(
                Finding(
                    what: "definition \(id)", detail: text, error: MoonlineError(.invalid, text))
            )
        }
        let ready = directory.accounts.filter { $0.missing == nil }
        var absent: [String] = []
        for account in directory.accounts {
            guard let missing = account.missing else { continue }
            guard account.intent != .nothing else {
                absent.append(account.name)
                continue
            }
            findings.append(
                Finding(what: "account \(account.name)", detail: missing.message, error: missing))
        }
        if !absent.isEmpty {
            let names = absent.joined(separator: ", ")
            findings.append(Finding(what: "accounts not set up", detail: names, error: nil))
        }
        findings += directory.accounts.flatMap(\.keyFiles).compactMap(Self.keyFileFinding)
        if let unread = unreadVariables() { findings.append(unread) }
        for account in ready {
            findings.append(await accountFinding(account, asksProviders: asksProviders))
        }
        return findings
    }

    // What nobody reads may be misspelt.
    private func unreadVariables() -> Finding? {
        let read = Set(directory.accounts.flatMap(\.variables))
            .union(["MOONLINE_HOME", "MOONLINE_PROVIDERS", "MOONLINE_RUNTIME_DIR"]).sorted()
        let unread = variables.filter { !read.contains($0) }.map { name in
            let near = NearestNames.of(name, among: read, limit: 1).first
            return near.map { "\(name) (did you mean \($0)?)" } ?? name
        }
        guard !unread.isEmpty else { return nil }
        return Finding(
            what: "variables that nobody reads", detail: unread.joined(separator: ", "), error: nil)
    }

    private static func keyFileFinding(_ path: String) -> Finding? {
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(filePath: path).resolvingSymlinksInPath().path)
        guard let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 != 0 else {
            return nil
        }
        let text = "others can read it or change it; run `chmod 600 \(path)`"
        return Finding(what: "key file \(path)", detail: text, error: MoonlineError(.auth, text))
    }

    private func journalFinding() async -> Finding {
        do throws(MoonlineError) {
            let answer = try await journal.integrity()
            let open = try await journal.orders(openOnly: true).count
            let error = answer == "ok" ? nil : MoonlineError(.internal, "the journal is damaged")
            return Finding(what: "journal", detail: "\(answer), \(open) open orders", error: error)
        } catch {
            return Finding(what: "journal", detail: error.message, error: error)
        }
    }

    private func clockFinding() -> Finding {
        let now = clock.now()
        // No provider's order can be older than this program.
        let isSet = now > Instant(milliseconds: 1_760_000_000_000)
        let error =
            isSet
            ? nil
            : MoonlineError(
                .internal,
                "the clock is not set, so that expiry times would be wrong; set it, for example "
                    + "with `timedatectl set-ntp true`")
        return Finding(what: "clock", detail: now.rfc3339, error: error)
    }

    // Whether a key leaves the machine in the clear, as far as the address tells.
    private static func isOpen(_ account: Account) -> Bool {
        guard account.baseURL.scheme == "http", !account.secrets.isEmpty else { return false }
        let host = account.baseURL.host
        return IPAddress(host)?.isPublic ?? !HostName.isLocal(host)
    }

    // A balance proves that the key is good and that the provider speaks the definition's dialect.
    private func accountFinding(_ account: Account, asksProviders: Bool) async -> Finding {
        let what = "account \(account.name)"
        let origin =
            account.baseURL.origin + (Self.isOpen(account) ? " (the key is not encrypted)" : "")
        let probe: CommonOperation? = [.balance, .countries, .services]
            .first { account.definition.has($0) }
        guard asksProviders, let probe else {
            return Finding(what: what, detail: "\(origin), not asked", error: nil)
        }
        do throws(MoonlineError) {
            let client = await client(for: account)
            let result = try await client.perform(probe.rawValue, Arguments(), lane: .catalogue)
            let balance = result.record.money("amount", currency: account.definition.currency)
            let detail = balance.map { "balance \($0)" } ?? "\(result.list.count) \(probe.rawValue)"
            return Finding(
                what: what, detail: "\(origin) answers, \(detail)", error: nil
            )
        } catch {
            return Finding(what: what, detail: error.message, error: error)
        }
    }
}
