import Foundation

/// Whether the tests run under a sanitizer (`scripts/sanitize`).
///
/// It slows everything down, so that time ends what memory or steps have to end.
package enum Sanitizer {
    package static let isActive = ProcessInfo.processInfo.environment.keys.contains {
        $0.hasSuffix("SAN_OPTIONS")
    }

    /// The time that a test gives; ten times as long under a sanitizer.
    package static func time(_ duration: Duration) -> Duration {
        isActive ? duration * 10 : duration
    }
}
