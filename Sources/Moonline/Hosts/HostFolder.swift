import Foundation
import OrderKernel

/// The private folder where the processes of a user find each other.
struct HostFolder: Sendable {
    let path: String

    /// Where it is: in `$MOONLINE_RUNTIME_DIR`, else one under `/tmp` that belongs to the user.
    ///
    /// The folder of `XDG_RUNTIME_DIR` comes and goes with the sessions of a user, so that a job of
    /// the night and a shell would not meet there.
    ///
    /// - Throws: `MoonlineError` with `invalid` when its name does not begin with `/`, with
    ///   `internal` when it belongs to somebody else.
    init(environment: [String: String]) throws(MoonlineError) {
        let user = geteuid()
        let named = environment["MOONLINE_RUNTIME_DIR"].flatMap { $0.isEmpty ? nil : $0 }
        path = named ?? "/tmp/moonline-\(user)"
        guard path.hasPrefix("/") else {
            throw MoonlineError(
                .invalid, "MOONLINE_RUNTIME_DIR is '\(path)'; it has to begin with /")
        }
        guard path.utf8.count <= Self.pathBytesMaximum else {
            throw MoonlineError(
                .invalid,
                "MOONLINE_RUNTIME_DIR is too long for the sockets in it, \(Self.pathBytesMaximum) "
                    + "bytes at most")
        }
        mkdir(path, 0o700)
        guard Self.isPrivate(path, of: user) else {
            throw MoonlineError(
                .internal,
                "\(path) is not a private folder of yours, so processes cannot find each other; "
                    + "give it mode 0700 if it is yours, or name one that is in "
                    + "MOONLINE_RUNTIME_DIR")
        }
    }

    /// A socket's name has 107 bytes at most (unix(7)), and ends with `/`, 32 digits and `.sock`.
    private static let pathBytesMaximum = 69

    private static func isPrivate(_ path: String, of user: uid_t) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return false }
        return status.st_mode & S_IFMT == S_IFDIR && status.st_uid == user
            && status.st_mode & 0o077 == 0
    }
}
