import Foundation

/// Reads files that strangers wrote.
package enum SourceFile {
    /// The text of a file, and no more than a byte above `bytesMaximum` of it, so that whoever
    /// reads it sees that it is too large.
    ///
    /// `nil` when it is no regular file, cannot be read, or is a link to something that is not
    /// named `.lua`: what Lua says of a key file quotes from it.
    package static func text(at path: String, bytesMaximum: Int) -> String? {
        guard leadsToSource(path) else { return nil }
        // Without `O_NONBLOCK` opening a pipe waits until somebody writes into it.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        do {
            let data = try handle.read(upToCount: bytesMaximum + 1) ?? Data()
            return String(decoding: data, as: UTF8.self)
        } catch {
            return nil
        }
    }

    private static func leadsToSource(_ path: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        return status.st_mode & S_IFMT != S_IFLNK
            || URL(filePath: path).resolvingSymlinksInPath().pathExtension == "lua"
    }
}
