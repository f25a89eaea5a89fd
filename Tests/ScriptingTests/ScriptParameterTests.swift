import OrderKernel
import Testing

/// The arguments that a script declares.
struct ScriptParameterTests {
    private static let script = """
        local args = script {
          about = "Try", name = "string", count = { "integer", default = 3 },
          all = { "boolean", optional = true }, price = { "money", default = "1.50" },
          wait = { "duration", default = "90s" }, kind = { "string", default = "a",
          choices = { "a", "b" } }, names = { "string", list = true, default = { "x", "y" } },
          prices = { "money", list = true, optional = true },
        }
        return { args.name, args.count, args.all or false, tostring(args.price), args.wait,
                 args.kind, #args.names, args.prices and tostring(args.prices[2]) or "none" }
        """

    @Test(
        arguments: [
            (["name": "n"], #"["n",3,false,"1.50 USD","90s","a",2,"none"]"#),
            (
                [
                    "name": "n", "count": "7", "all": "yes", "price": "2IDR", "wait": "2m",
                    "kind": "b",
                    "names": "p, q,r", "prices": "1,2.5",
                ],
                #"["n",7,true,"2.00 IDR","2m","b",3,"2.50 USD"]"#
            ),
            ([:], "invalid: name is missing, write name=STRING"),
            (["name": "n", "count": "x"], "invalid: count: 'x' is no whole number"),
            (["name": "n", "all": "x"], "invalid: all: 'x' is neither true nor false"),
            (
                ["name": "n", "price": "x"],
                "invalid: price: 'x' is no amount, write 1.50 or 20000IDR"
            ),
            (["name": "n", "wait": "x"], "invalid: wait: 'x' is no duration, write 90s or 10m"),
            (["name": "n", "kind": "c"], "invalid: kind: 'c' is none of a, b"),
            (
                ["name": "n", "cuont": "1"],
                "invalid: the script has no argument 'cuont', did you mean 'count'?"
            ),
        ] as [([String: String], String)])
    func `arguments are checked and typed`(
        _ row: (arguments: [String: String], result: String)
    ) throws {
        #expect(try ScriptStage.run(Self.script, row.arguments).text == row.result)
    }

    @Test func `what a script prints before its declaration does not hide it`() throws {
        let source = """
            print("begins")
            log.info("begins")
            local args = script { name = "string", moneys = { "money", list = true,
              default = { "1", money("2") } } }
            return { args.name, args.moneys[1] + args.moneys[2] }
            """
        #expect(
            try ScriptStage.run(source, ["name": "n"]).text
                == #"["n",{"amount":"3.00","currency":"USD"}]"#)
    }

    // The declaration is read by a machine of its own: what else a default holds is of that one.
    @Test func `a default that holds more than money is money`() throws {
        let source = """
            local price = { amount = "1.50", currency = "USD", f = print, deep = { print } }
            local args = script { price = { "money", default = price } }
            return { tostring(args.price), tostring(args.price.f), tostring(args.price.deep) }
            """
        #expect(try ScriptStage.run(source).text == #"["1.50 USD","nil","nil"]"#)
    }

    @Test func `a script without a declaration takes none`() throws {
        #expect(
            try ScriptStage.run("return 1", ["a": "b"]).text
                == "invalid: the script takes no arguments, so 'a' means nothing to it")
        #expect(try ScriptStage.run("return 1").text == "1")
    }
}
