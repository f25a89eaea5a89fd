import Definitions
import Foundation
import Testing

struct SourceFileTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "source-\(UUID().uuidString)").path

    @Test func `no more of a file is read than is accepted, and nothing that is no file`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/x.lua"
        try Data("return 1".utf8).write(to: URL(filePath: path))
        #expect(SourceFile.text(at: path, bytesMaximum: 8) == "return 1")
        // One byte too many tells that it is too large.
        #expect(SourceFile.text(at: path, bytesMaximum: 3) == "retu")
        #expect(truncate(path, 1 << 40) == 0)
        #expect(SourceFile.text(at: path, bytesMaximum: 3) == "retu")
        // Nobody writes into the pipe: reading it would wait for ever.
        #expect(mkfifo(folder + "/pipe", 0o600) == 0)
        for other in ["/pipe", "", "/absent"] {
            #expect(SourceFile.text(at: folder + other, bytesMaximum: 8) == nil)
        }
        #expect(SourceFile.text(at: "/dev/zero", bytesMaximum: 8) == nil)
    }

    // What Lua says of a text that is no Lua quotes from it, and a stranger's folder may hold a
    // link to a file with a key.
    @Test func `a link is followed to a Lua file and to nothing else`() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        for name in ["key", "real.lua"] {
            try Data("text".utf8).write(to: URL(filePath: folder + "/" + name))
        }
        for (link, target) in [("a.lua", "key"), ("b.lua", "a.lua"), ("c.lua", "real.lua")] {
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/" + link, withDestinationPath: folder + "/" + target)
        }
        #expect(SourceFile.text(at: folder + "/a.lua", bytesMaximum: 8) == nil)
        #expect(SourceFile.text(at: folder + "/b.lua", bytesMaximum: 8) == nil)
        #expect(SourceFile.text(at: folder + "/c.lua", bytesMaximum: 8) == "text")
        #expect(SourceFile.text(at: folder + "/key", bytesMaximum: 8) == "text")
    }
}
