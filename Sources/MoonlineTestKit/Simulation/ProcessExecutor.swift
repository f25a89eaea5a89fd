/// Where the jobs of one simulated process run: on the simulation's thread, marked as its own.
package final class ProcessExecutor: SerialExecutor, TaskExecutor {
    package let number: UInt64
    private let simulation: SimulationExecutor

    package init(_ simulation: SimulationExecutor, number: UInt64) {
        self.simulation = simulation
        self.number = number
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        simulation.enqueue(UnownedJob(job), self)
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    package func asUnownedTaskExecutor() -> UnownedTaskExecutor {
        UnownedTaskExecutor(ordinary: self)
    }
}
