import Foundation
import LuaSandbox
import OrderKernel
import Synchronization

/// Standard output and standard error: results line by line on the one, all else on the other.
final class Console: Sendable {
    /// Whether results go to a terminal, and whether progress does.
    let isTerminal: Bool
    let hasLiveProgress: Bool
    /// JSON Lines instead of text.
    let isJSON: Bool
    let style: Style
    private let status = Mutex("")
    private let lost = Mutex<Int32?>(nil)

    init(isJSON: Bool, environment: [String: String]) {
        self.isJSON = isJSON
        isTerminal = isatty(STDOUT_FILENO) == 1
        let isPlain = environment["NO_COLOR"].map { !$0.isEmpty } ?? (environment["TERM"] == "dumb")
        hasLiveProgress = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
        style = Style(isColored: isTerminal && !isPlain && !isJSON)
    }

    /// A line of result, written at once.
    func print(_ line: String) {
        result(style.written(line))
    }

    /// A result as one line of JSON.
    func print(_ value: JSON) {
        result(Self.escaped(value.serialized))
    }

    private func result(_ line: String) {
        clearStatus()
        guard let code = Self.write(line + "\n", to: STDOUT_FILENO) else { return }
        lost.withLock { $0 = code }
    }

    /// Why a result could not be written; `nil` while all could.
    var loss: MoonlineError? {
        lost.withLock(\.self).map { code in
            MoonlineError(
                .internal,
                "the result could not be written (\(String(cString: strerror(code)))); `moonline "
                    + "orders` shows numbers and codes")
        }
    }

    /// Whether whoever read the results went away.
    var isUnread: Bool { lost.withLock { $0 == EPIPE } }

    // What would act on a terminal, or on a CI runner that finds `##[…]` anywhere in a line, in the
    // escapes of JSON, which means the same.
    private static func escaped(_ json: String) -> String {
        var escaped = ""
        var last: Unicode.Scalar = " "
        for scalar in json.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: escape(scalar, &escaped)
            default:
                if scalar == "#", last == "#" {
                    escape(scalar, &escaped)
                } else {
                    escaped.unicodeScalars.append(scalar)
                }
            }
            last = scalar
        }
        return escaped
    }

    private static func escape(_ scalar: Unicode.Scalar, _ escaped: inout String) {
        for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }

    /// A text of many lines; as JSON it is the `text` of one event.
    func print(text: String, as event: String) {
        guard isJSON else { return print(text) }
        print(Documents.event(event, [.init("text", .string(text))]))
    }

    /// A line about what goes on.
    func note(_ line: String) {
        clearStatus()
        Self.write(style.written(line) + "\n", to: STDERR_FILENO)
    }

    /// The live line at the bottom of a terminal; nothing in a pipe.
    func show(status text: String) {
        guard hasLiveProgress else { return }
        status.withLock { $0 = text }
        let width = max(20, Self.columns - 1)
        Self.write("\r\u{1B}[2K" + style.written(String(text.prefix(width))), to: STDERR_FILENO)
    }

    /// Takes the live line away.
    func clearStatus() {
        let wasShown = status.withLock { status in
            defer { status = "" }
            return !status.isEmpty
        }
        if wasShown { Self.write("\r\u{1B}[2K", to: STDERR_FILENO) }
    }

    /// The width of the terminal in characters.
    static var columns: Int { Int(windowSize?.ws_col ?? 80) }

    /// The height of the terminal in lines.
    static var rows: Int { Int(windowSize?.ws_row ?? 24) }

    private static var windowSize: winsize? {
        var size = winsize()
        let found = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
        return found && size.ws_col > 0 ? size : nil
    }

    // A reader that went away is no reason to lose a number. Returns the number of the error.
    @discardableResult
    private static func write(_ text: String, to descriptor: Int32) -> Int32? {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0 {
                let code = errno
                switch code {
                case EINTR: continue
                // A pipe that another program shares may not block.
                case EAGAIN: awaitRoom(descriptor)
                default: return code
                }
            } else {
                bytes = bytes.dropFirst(count)
            }
        }
        return nil
    }

    private static func awaitRoom(_ descriptor: Int32) {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&wanted, 1, -1)
    }
}
