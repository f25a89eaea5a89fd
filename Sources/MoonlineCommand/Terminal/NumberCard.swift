import OrderKernel

/// A number, large enough to be typed off a screen.
struct NumberCard {
    let order: Order
    let style: Style

    var lines: [String] {
        let digits = spaced(order.phone)
        let rule = String(repeating: "─", count: digits.count + 4)
        let price = order.price.map { ", \($0)" } ?? ""
        return [
            "",
            "  ┌\(rule)┐",
            "  │  \(style.bold(style.cyan(digits)))  │",
            "  └\(rule)┘",
            "  " + style.dim("\(order.service) in \(order.country), from \(order.account)\(price)"),
            "",
        ]
    }

    // In groups of three from the end, as one reads a number aloud.
    private func spaced(_ phone: String) -> String {
        var groups: [String] = []
        var rest = phone.dropFirst()
        while rest.count > 4 {
            groups.insert(String(rest.suffix(3)), at: 0)
            rest = rest.dropLast(3)
        }
        groups.insert(String(rest), at: 0)
        return "+" + groups.joined(separator: " ")
    }
}
