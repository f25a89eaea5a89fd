import LuaSandbox
import Testing

@testable import Definitions

/// The lists by which files are read, editors complete, and the reference is printed.
struct FormatTests {
    @Test(arguments: FormatTable.all)
    func `every key of a table says what it holds and shows an example`(_ table: FormatTable) {
        #expect(!table.summary.isEmpty)
        #expect(Set(table.names).count == table.names.count)
        for key in table.keys {
            #expect(!key.summary.isEmpty, "\(table.name).\(key.name)")
            let isNamed = key.name.hasPrefix("[") || key.example.contains(key.name)
            #expect(isNamed, "\(table.name).\(key.name): \(key.example)")
        }
    }

    @Test func `the types for editors are Lua`() async throws {
        let machine = try LuaMachine(host: LuaHost(operations: []))
        _ = try await machine.run(EditorTypes.text, name: "types.lua", limits: .load)
    }

    @Test(arguments: FormatTable.all)
    func `the reference and the types name every key`(_ table: FormatTable) {
        #expect(FormatReference.text.contains("\n## \(table.name)\n"))
        #expect(EditorTypes.text.contains("---@class moonline.\(table.name)\n"))
        for key in table.keys {
            #expect(FormatReference.text.contains("| `\(key.name)`"))
        }
    }

    @Test(arguments: FormatFunction.all.filter { $0.places.contains(.definition) })
    func `a function of the reference is there in a definition`(
        _ function: FormatFunction
    ) async throws {
        let name = function.name == "call.<operation>" ? "call.balance" : function.name
        let source = DefinitionText.of([
            "operations":
                "{ kind = { run = function() return type(\(name)) end, costs = false } }"
        ])
        let definition = try await DefinitionText.load(source)
        let runner = OperationRunner(
            definition,
            environment: OperationEnvironment(
                send: { _ in ProviderResponse(status: 200, body: []) }, sleep: { _ in }))
        let kind = try await runner.perform("kind", Arguments()).json
        #expect(kind == .string("function"), "\(name) is \(kind)")
    }

    @Test func `every host operation of definitions is in the reference`() {
        let known = Set(FormatFunction.all.map(\.name))
        for name in FunctionHost.names.operations { #expect(known.contains(name)) }
    }

    @Test func `every common operation and field is in the reference`() {
        for operation in CommonOperation.allCases {
            #expect(FormatReference.text.contains("| `\(operation.rawValue)` |"))
        }
        for field in ReplyField.all {
            #expect(FormatReference.text.contains("| `\(field.name)` |"))
        }
    }
}
