import Testing

@testable import MoonlineCommand

/// What a CI runner would obey is shown, and not obeyed.
struct RunnerCommandTests {
    // GitHub's documentation of workflow commands, and Azure's of logging commands.
    @Test(arguments: [
        ("::set-env name=A::b", ": :set-env name=A::b"),
        ("  ::add-mask::1", "  : :add-mask::1"),
        ("code 1234\n::stop-commands::t\nend", "code 1234\n: :stop-commands::t\nend"),
        ("a ##[add-mask]1", "a # #[add-mask]1"),
        ("##vso[task.setvariable]x", "# #vso[task.setvariable]x"),
        ("##VSO[task]x", "# #VSO[task]x"), ("###[x]", "## #[x]"),
        ("## Title", "## Title"), ("a::b c:: d", "a::b c:: d"), ("http://x", "http://x"), ("", ""),
    ])
    func `a command is broken by a blank`(_ row: (text: String, shown: String)) {
        #expect(RunnerCommand.broken(row.text) == row.shown)
        #expect(RunnerCommand.broken(row.shown) == row.shown)
    }

    @Test(arguments: [
        ("#\u{200E}#[x]", "# #[x]"), (":\u{61C}:x", ": :x"),
        ("a\u{2028}b\u{2029}c\u{1B}[31m", "abc[31m"),
    ])
    func `what is not shown hides no command`(_ row: (text: String, shown: String)) {
        #expect(Style(isColored: false).written(row.text) == row.shown)
    }
}
