import OrderKernel

extension Engine {
    /// Does work for what belongs to each key by itself: one whose provider or definition is slow
    /// holds up no other.
    ///
    /// - Throws: what the work throws, when all of it is done.
    func eachKey<Item: Sendable, Value: Sendable>(
        of items: [Item],
        account: (Item) -> String,
        _ work: @escaping @Sendable ([Item]) async throws(MoonlineError) -> Value
    ) async throws(MoonlineError) -> [Value] {
        let groups = Dictionary(grouping: items) { item in
            let name = account(item)
            return (try? directory.account(named: name))?.token ?? name
        }
        let results = await withTaskGroup(of: Result<Value, MoonlineError>.self) { group in
            for (_, items) in groups.sorted(by: { $0.key < $1.key }) {
                group.addTask {
                    do throws(MoonlineError) {
                        return .success(try await work(items))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var values: [Value] = []
        for result in results { values.append(try result.get()) }
        return values
    }
}
