import Testing

@testable import MoonlineCommand
@testable import Transport

/// What the console leaves out of a line.
struct StyleTextTests {
    // A key that such a character splits would be whole again on the screen, behind the redactor.
    @Test(arguments: [false, true])
    func `the redactor leaves out all that the console does`(_ isColored: Bool) {
        // The first plane, and the one with tags and selectors of variants.
        for plane in [UInt32(0x20)...0xFFFF, 0xE0000...0xE0FFF] {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: plane.lazy.compactMap(Unicode.Scalar.init))
            let written = Style(isColored: isColored).written(String(text)).unicodeScalars
            let leftOut = Set(text).subtracting(written).map(\.value)
            #expect(leftOut.filter { !UnseenScalars.contain($0) } == [])
        }
    }

    @Test func `a cell is one line, and not so long that it makes all rows long`() {
        var table = Table(["A", "B"])
        table.add(["a\r\nb", String(repeating: "x", count: 100_000)])
        table.add(["c", "d"])
        let lines = table.lines(Style(isColored: false))
        #expect(lines[1].hasPrefix("a b  xxx"))
        #expect(!lines.contains { $0.count > 300 || $0.contains { $0.isNewline } })
    }

    @Test func `no text from outside is styled by what the styles of another process are`() {
        let style = Style(isColored: true)
        #expect(style.written(style.red("x")) == "\u{1B}[31mx\u{1B}[0m")
        #expect(style.written("\u{F5A0}rx\u{F5A1}") == "\u{F5A0}rx\u{F5A1}")
    }
}
