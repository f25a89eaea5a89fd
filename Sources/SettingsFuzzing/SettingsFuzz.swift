import Moonline
import OrderKernel

/// The file `config.yaml`: it gives settings or an error that names its line.
package enum SettingsFuzz {
    /// Feeds one input; says what rule it broke, if any.
    package static func finding(in bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        do throws(MoonlineError) {
            let settings = try Settings.read(text, path: "config.yaml")
            let caps = settings.caps
            let amounts = [caps.perOrder, caps.perRun, caps.perDay].compactMap { $0 }
            return amounts.allSatisfy { $0 >= 0 } ? nil : "a cap is below zero"
        } catch {
            guard error.code == .invalid else { return "the error is \(error.code)" }
            guard error.message.hasPrefix("config.yaml:") else {
                return "an error names no file: \(error.message)"
            }
            return nil
        }
    }
}
