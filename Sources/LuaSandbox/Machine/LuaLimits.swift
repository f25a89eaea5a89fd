/// What a piece of Lua code may use.
package struct LuaLimits: Sendable {
    /// Processor time of the whole call; time spent waiting for the host does not count.
    package var processorTime: Duration

    package init(processorTime: Duration) { self.processorTime = processorTime }

    /// A definition file that is read: tables only, so anything longer is a loop.
    package static let load = LuaLimits(processorTime: .milliseconds(500))
    /// A function of a definition: it glues a reply together and decodes a catalogue at most.
    package static let function = LuaLimits(processorTime: .seconds(2))

    /// Memory of one machine in bytes: a catalogue of 16 MiB decoded needs about three times that.
    package static let memoryBytesMaximum = 64 << 20
    /// How long a machine runs before other work on the same thread gets a turn.
    static let slice = Duration.milliseconds(2)
}
