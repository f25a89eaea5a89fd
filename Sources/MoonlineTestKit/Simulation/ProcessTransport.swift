package import Definitions
package import OrderKernel
package import Transport

/// The network as one simulated process sees it.
package struct ProcessTransport: HTTPTransport {
    let world: SimulatedWorld
    let process: UInt64

    package func send(_ request: WireRequest) async throws(MoonlineError) -> ProviderResponse {
        try await world.exchange(request, process: process)
    }

    package func shutDown() async {}
}
