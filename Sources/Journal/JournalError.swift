import OrderKernel

/// Turns faults of the database and of the disk into one line with the way out.
enum JournalError {
    /// The error for a journal that cannot be opened or written.
    static func error(_ problem: String, path: String, wayOut: String) -> MoonlineError {
        MoonlineError(.internal, "the journal \(path) \(problem); \(wayOut)")
    }
}
