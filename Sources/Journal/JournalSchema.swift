import GRDB

/// The tables of the journal, version by version.
enum JournalSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try purchases(database)
            try orders(database)
            try tokens(database)
            try catalogue(database)
            try allowances(database)
        }
        migrator.registerMigration("2") { database in
            try settlements(database)
            try paces(database)
            try clocks(database)
        }
        migrator.registerMigration("3", migrate: observations)
        migrator.registerMigration("4", migrate: announcements)
        migrator.registerMigration("5") { database in
            try database.alter(table: "balance") { $0.add(column: "token", .text) }
        }
        migrator.registerMigration("6") { database in
            try database.alter(table: "order") { table in
                table.add(column: "cancelRefusals", .integer).notNull().defaults(to: 0)
                table.add(column: "openSince", .integer).notNull().defaults(to: 0)
            }
            try database.alter(table: "balance") { table in
                table.add(column: "readings", .integer).notNull().defaults(to: 0)
            }
        }
        migrator.registerMigration("7") { database in
            try database.alter(table: "purchase") { table in
                table.add(column: "keptMicroUSD", .integer).notNull().defaults(to: 0)
            }
        }
        return migrator
    }

    private static func observations(_ database: Database) throws {
        try database.create(table: "sighting") { table in
            table.column("account", .text).notNull()
            table.column("remoteID", .text).notNull()
            table.column("status", .text).notNull()
            table.column("code", .text)
            table.column("message", .text)
            table.column("at", .integer).notNull()
            table.primaryKey(["account", "remoteID"])
        }
        try database.alter(table: "balance") { table in
            table.add(column: "readAt", .integer)
        }
    }

    // Codes that are there already were told when they came.
    private static func announcements(_ database: Database) throws {
        try database.alter(table: "order") { table in
            table.add(column: "isBaselineCleared", .boolean).notNull().defaults(to: false)
            table.add(column: "toldRevision", .integer).notNull().defaults(to: 0)
        }
        try database.execute(sql: "UPDATE \"order\" SET toldRevision = revision")
    }

    private static func purchases(_ database: Database) throws {
        try database.create(table: "purchase") { table in
            table.primaryKey("id", .text)
            table.column("kind", .text).notNull()
            table.column("account", .text).notNull().indexed()
            table.column("provider", .text).notNull()
            table.column("service", .text).notNull()
            table.column("country", .text).notNull()
            table.column("priceAmount", .text)
            table.column("priceCurrency", .text)
            table.column("microUSD", .integer).notNull()
            table.column("run", .text).notNull().indexed()
            table.column("createdAt", .integer).notNull().indexed()
            table.column("notAfter", .integer).notNull()
            table.column("state", .text).notNull().indexed()
            table.column("detail", .text)
            table.column("definition", .text).notNull()
        }
        try database.create(table: "definition") { table in
            table.primaryKey("hash", .text)
            table.column("source", .text).notNull()
        }
    }

    private static func orders(_ database: Database) throws {
        try database.create(table: "order") { table in
            table.primaryKey("id", .text)
            table.column("purchase", .text).notNull().indexed()
                .references("purchase", onDelete: .restrict)
            table.column("account", .text).notNull().indexed()
            table.column("provider", .text).notNull()
            table.column("remoteID", .text).notNull()
            table.column("phone", .text).notNull()
            table.column("service", .text).notNull()
            table.column("country", .text).notNull()
            table.column("priceAmount", .text)
            table.column("priceCurrency", .text)
            table.column("createdAt", .integer).notNull()
            table.column("expiresAt", .integer).notNull()
            table.column("cancelNotBefore", .integer).notNull()
            table.column("swapNotBefore", .integer).notNull()
            table.column("state", .text).notNull().indexed()
            table.column("code", .text)
            table.column("message", .text)
            table.column("revision", .integer).notNull()
            table.column("baseline", .text)
            table.column("refund", .text).notNull()
            table.column("isCancelWanted", .boolean).notNull()
        }
        try database.create(table: "event") { table in
            table.autoIncrementedPrimaryKey("number")
            table.column("subject", .text).notNull().indexed()
            table.column("what", .text).notNull()
            table.column("at", .integer).notNull()
        }
    }

    private static func tokens(_ database: Database) throws {
        try database.create(table: "token") { table in
            table.primaryKey("token", .text)
            table.column("pausedUntil", .jsonText).notNull()
            table.column("arrivals", .jsonText).notNull()
        }
        try database.create(table: "look") { table in
            table.primaryKey("order", .text)
            table.column("at", .integer).notNull()
        }
    }

    private static func catalogue(_ database: Database) throws {
        try database.create(table: "catalogue") { table in
            table.column("account", .text).notNull()
            table.column("request", .text).notNull()
            table.column("answer", .text).notNull()
            table.column("storedAt", .integer).notNull()
            table.primaryKey(["account", "request"])
        }
    }

    private static func allowances(_ database: Database) throws {
        try database.create(table: "allowance") { table in
            table.column("provider", .text).notNull()
            table.column("origin", .text).notNull()
            table.primaryKey(["provider", "origin"])
        }
    }

    private static func settlements(_ database: Database) throws {
        try database.alter(table: "purchase") { table in
            table.add(column: "terms", .jsonText)
            table.add(column: "settlesAt", .integer).notNull().defaults(to: 0)
        }
        try database.alter(table: "order") { table in
            table.add(column: "awaitedAmount", .text)
            table.add(column: "awaitedCurrency", .text)
            table.add(column: "isEvidenced", .boolean).notNull().defaults(to: false)
            table.add(column: "isCancelRefused", .boolean).notNull().defaults(to: false)
            table.add(column: "providerRevision", .integer)
            table.add(column: "endedAt", .integer)
            table.add(column: "attendant", .text)
        }
        try database.create(index: "orderOnRefund", on: "order", columns: ["refund"])
        try database.create(table: "balance") { table in
            table.primaryKey("account", .text)
            table.column("activity", .integer).notNull()
            table.column("amount", .text)
            table.column("currency", .text)
        }
    }

    // A journal that is younger than version 2 has no clock: its instants are taken as they are.
    private static func clocks(_ database: Database) throws {
        try database.create(table: "clock") { table in
            table.primaryKey("boot", .text)
            table.column("lead", .integer).notNull()
        }
    }

    private static func paces(_ database: Database) throws {
        try database.drop(table: "token")
        try database.drop(table: "look")
        try database.create(table: "pace") { table in
            table.primaryKey("token", .text)
            table.column("record", .jsonText).notNull()
        }
    }
}
