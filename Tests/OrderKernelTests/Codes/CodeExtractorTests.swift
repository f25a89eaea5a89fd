import OrderKernel
import Testing

/// The code a reader would take from a message, over tables of messages.
struct CodeExtractorTests {
    @Test(arguments: CodeRow.english)
    func `an English message gives its code`(_ row: CodeRow) {
        check(row)
    }

    @Test(arguments: CodeRow.decoys)
    func `other numbers beside the code are passed over`(_ row: CodeRow) {
        check(row)
    }

    @Test(arguments: CodeRow.romance)
    func `a message in a Romance language gives its code`(_ row: CodeRow) {
        check(row)
    }

    @Test(arguments: CodeRow.germanic)
    func `a message in a Germanic language gives its code`(_ row: CodeRow) {
        check(row)
    }

    @Test(arguments: CodeRow.slavic)
    func `a message in a Slavic language or in Cyrillic gives its code`(_ row: CodeRow) {
        check(row)
    }

    @Test(arguments: CodeRow.rightToLeft)
    func `a message written from right to left gives its code`(_ row: CodeRow) {
        check(row)
    }

    @Test(arguments: CodeRow.southAsia)
    func `a message in a script of South Asia gives its code`(_ row: CodeRow) {
        check(row)
    }

    @Test(arguments: CodeRow.southeastAsia)
    func `a message in a language of Southeast Asia gives its code`(_ row: CodeRow) {
        check(row)
    }

    @Test(arguments: CodeRow.eastAsia)
    func `a message in Chinese, Japanese or Korean gives its code`(_ row: CodeRow) {
        check(row)
    }

    @Test(arguments: CodeRow.otherScripts)
    func `a message in a language of another family gives its code`(_ row: CodeRow) {
        check(row)
    }

    @Test(arguments: CodeRow.shapes)
    func `every way to write a code is read`(_ row: CodeRow) {
        check(row)
    }

    @Test(arguments: CodeRow.nothing)
    func `a message without a code gives none`(_ row: CodeRow) {
        check(row)
    }

    @Test(arguments: CodeRow.secondLook)
    func `a message the rules were not written for gives its code`(_ row: CodeRow) {
        check(row)
    }

    @Test(arguments: CodeRow.thirdLook)
    func `a message full of other numbers gives only its code`(_ row: CodeRow) {
        check(row)
    }

    @Test(arguments: CodeRow.quiet)
    func `the numbers of everyday messages are not taken for codes`(_ row: CodeRow) {
        check(row)
    }

    private func check(_ row: CodeRow) {
        #expect(CodeExtractor.code(in: row.text, service: row.service) == row.expected)
    }
}
