import Foundation

/// The number of the newest event, kept beside the journal: SQLite takes a journal whose log is
/// missing or cut for a sound one, this tells that commits are gone.
///
/// It is written after a commit and not synced: it may be older than the journal, never newer.
struct JournalMark: Sendable {
    let path: String

    /// What was noted; 0 when nothing was, or nothing that can be read.
    var value: Int64 {
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        return text.flatMap { Int64($0.trimmingCharacters(in: .whitespacesAndNewlines)) } ?? 0
    }

    /// Notes a number; a failure loses only the warning.
    func note(_ value: Int64) {
        let descriptor = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // All numbers have the same length, so a longer one is never cut into.
        let text = Array((String(repeating: "0", count: 19 - "\(value)".count) + "\(value)\n").utf8)
        _ = pwrite(descriptor, text, text.count, 0)
    }
}
