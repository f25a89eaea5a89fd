import Foundation

/// Reads files that strangers wrote.
package enum SourceFile {
    /// The text of a file, and no more than a byte above `bytesMaximum` of it, so that whoever
    /// reads it sees that it is too large. `nil` when it is no regular file or cannot be read.
    package static func text(at path: String, bytesMaximum: Int) -> String? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            let handle = FileHandle(forReadingAtPath: path)
        else { return nil }
        defer { try? handle.close() }
        do {
            let data = try handle.read(upToCount: bytesMaximum + 1) ?? Data()
            return String(decoding: data, as: UTF8.self)
        } catch {
            return nil
        }
    }
}
