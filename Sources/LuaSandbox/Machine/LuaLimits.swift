/// What a piece of Lua code may use.
package struct LuaLimits: Sendable {
    /// Processor time of the whole call; time spent waiting for the host does not count.
    package var processorTime: Duration
    /// Host operations of the whole call.
    package var hostCallsMaximum: Int

    package init(processorTime: Duration, hostCallsMaximum: Int = .max) {
        self.processorTime = processorTime
        self.hostCallsMaximum = hostCallsMaximum
    }

    /// A definition file that is read: tables only, so anything longer is a loop.
    package static let load = LuaLimits(processorTime: .milliseconds(500), hostCallsMaximum: 1000)
    /// A function of a definition: it glues a reply together and decodes a catalogue at most.
    package static let function = LuaLimits(
        processorTime: .seconds(2), hostCallsMaximum: 1000)

    /// Memory of one machine in bytes.
    ///
    /// Collecting the garbage of a machine that is full takes 25 ms for this, and nothing stops it
    /// meanwhile; a catalogue of 8 MB fits with its text.
    package static let memoryBytesMaximum = 32 << 20
    /// How long a machine runs before other work on the same thread gets a turn.
    static let slice = Duration.milliseconds(2)
    /// What a host call counts for: values are copied and a task is switched (`scripts/bench`).
    static let hostCallCost = Duration.microseconds(10)
    /// What a byte counts for that leaves a machine (`scripts/bench`: texts to the host).
    static let byteCost = Duration.nanoseconds(4)
}
