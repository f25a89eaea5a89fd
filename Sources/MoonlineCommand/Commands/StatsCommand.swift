import ArgumentParser
import Definitions
import LuaSandbox
import Moonline
import OrderKernel

/// What was spent, and what it brought.
struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Show success rate, time to code and cost per code of what was bought.",
        discussion: "Example: moonline stats --within 7d --csv"
    )

    @Option(help: "How far back it looks, such as 7d.", transform: DurationArgument.init)
    var within = DurationArgument(.seconds(30 * 86_400))

    @Flag(help: "Print CSV.")
    var csv = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let invocation = Invocation(options)
        let duration = within.duration
        await invocation.run { [csv] engine async throws(MoonlineError) in
            let groups = try await engine.statistics(within: duration)
            let console = invocation.console
            if console.isJSON {
                for group in groups { console.print(Self.json(group)) }
            } else if csv {
                console.print(
                    "provider,service,country,numbers,codes,p50_seconds,p95_seconds,spent_usd,"
                        + "usd_per_code")
                for group in groups { console.print(Self.csv(group)) }
            } else if groups.isEmpty {
                console.note("nothing was bought within \(duration.text)")
            } else {
                Self.table(groups, console.style).forEach { console.print($0) }
                for group in groups {
                    for anomaly in group.anomalies {
                        console.note(console.style.red("! ") + Self.text(anomaly, group))
                    }
                }
            }
        }
    }

    private static func table(_ groups: [OrderStatistics], _ style: Style) -> [String] {
        var table = Table(
            [
                "PROVIDER", "SERVICE", "COUNTRY", "NUMBERS", "CODES", "", "TREND", "P50", "P95",
                "SPENT USD", "USD PER CODE",
            ], rightAligned: [3, 4, 7, 8, 9, 10])
        for group in groups {
            table.add([
                group.account, group.service, group.country, "\(group.attempts.count)",
                "\(group.successPerMille / 10) %", bar(group.successPerMille),
                group.trend(parts: 8).map(spark).joined(),
                seconds(group.timeToCode(percent: 50)), seconds(group.timeToCode(percent: 95)),
                dollars(group.spentMicroUSD), group.costPerCodeMicroUSD.map(dollars) ?? "-",
            ])
        }
        return table.lines(style)
    }

    private static func bar(_ perMille: Int) -> String {
        let full = (perMille * 10 + 500) / 1000
        return String(repeating: "█", count: full) + String(repeating: "░", count: 10 - full)
    }

    private static func spark(_ perMille: Int) -> String {
        let bars = Array("▁▂▃▄▅▆▇█")
        return String(bars[min(perMille * bars.count / 1000, bars.count - 1)])
    }

    private static func seconds(_ duration: Duration?) -> String {
        duration.map { "\(($0.milliseconds + 500) / 1000) s" } ?? "-"
    }

    /// Millionths of a dollar, rounded to a hundredth of a cent.
    private static func dollars(_ microUSD: Int64) -> String {
        let units = (microUSD + 50) / 100
        let fraction = String(units % 10_000)
        return "\(units / 10_000)."
            + String(repeating: "0", count: 4 - fraction.count) + fraction
    }

    private static func text(_ anomaly: OrderStatistics.Anomaly, _ group: OrderStatistics) -> String
    {
        let what = "\(group.account) \(group.service) \(group.country)"
        switch anomaly {
        case .failures(let recent, let before):
            return "\(what): codes came for \(recent / 10) % of the last numbers, \(before / 10) % "
                + "before; another provider or country may do better"
        case .silence(let numbers):
            return
                "\(what): none of \(numbers) numbers brought a code; another provider or country "
                + "may do better"
        case .price(let last, let median):
            return "\(what): the last number cost \(dollars(last)) USD, \(dollars(median)) is "
                + "usual; --max-price keeps a limit"
        }
    }

    private static func csv(_ group: OrderStatistics) -> String {
        [
            group.account, group.service, group.country, "\(group.attempts.count)",
            "\(group.codes)", milliseconds(group.timeToCode(percent: 50)),
            milliseconds(group.timeToCode(percent: 95)), dollars(group.spentMicroUSD),
            group.costPerCodeMicroUSD.map(dollars) ?? "",
        ]
        .joined(separator: ",")
    }

    private static func milliseconds(_ duration: Duration?) -> String {
        // Clocks of providers, which say when a number was bought, may be ahead.
        guard let thousandths = duration.map({ max($0.milliseconds, 0) }) else { return "" }
        let fraction = String(thousandths % 1000)
        return "\(thousandths / 1000)."
            + String(repeating: "0", count: 3 - fraction.count) + fraction
    }

    private static func json(_ group: OrderStatistics) -> JSON {
        func number(_ text: String) -> JSON { text.isEmpty ? .null : .number(text) }
        return .object([
            .init("account", .string(group.account)), .init("provider", .string(group.account)),
            .init("service", .string(group.service)),
            .init("country", .string(group.country)),
            .init("numbers", .number("\(group.attempts.count)")),
            .init("codes", .number("\(group.codes)")),
            .init("p50_seconds", number(milliseconds(group.timeToCode(percent: 50)))),
            .init("p95_seconds", number(milliseconds(group.timeToCode(percent: 95)))),
            .init("spent_usd", number(dollars(group.spentMicroUSD))),
            .init("usd_per_code", number(group.costPerCodeMicroUSD.map(dollars) ?? "")),
            .init("warnings", .array(group.anomalies.map { .string(text($0, group)) })),
        ])
    }
}
