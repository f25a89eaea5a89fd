// Only `scripts/fuzz` sets the condition: two libraries with this symbol do not link.
#if FUZZING_ENTRY
    import Foundation

    /// What libFuzzer calls with each input; a finding ends the process.
    @_cdecl("LLVMFuzzerTestOneInput")
    public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
        if let finding = SettingsFuzz.finding(in: input) {
            FileHandle.standardError.write(Data("finding: \(finding)\n".utf8))
            preconditionFailure()
        }
        return 0
    }
#endif
