// Only `scripts/fuzz` sets the condition: two libraries with this symbol do not link.
#if FUZZING_ENTRY
    import Foundation

    /// The target that `MOONLINE_FUZZ_TARGET` names.
    private let target = ProcessInfo.processInfo.environment["MOONLINE_FUZZ_TARGET"]
        .flatMap { FuzzTarget(rawValue: $0) }

    /// What libFuzzer calls with each input; a finding ends the process.
    @_cdecl("LLVMFuzzerTestOneInput")
    public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        guard let target else { preconditionFailure("MOONLINE_FUZZ_TARGET names no target") }
        let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
        do throws(FuzzFinding) {
            try target.run(input)
        } catch {
            FileHandle.standardError.write(Data("finding: \(error)\n".utf8))
            preconditionFailure()
        }
        return 0
    }
#endif
