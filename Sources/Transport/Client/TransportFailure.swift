import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import OrderKernel

/// What a failure of the HTTP client means.
enum TransportFailure {
    static func error(_ error: any Error, origin: String) -> MoonlineError {
        switch error {
        case let error as MoonlineError: return error
        case is CancellationError: return MoonlineError(.cancelled, "the request was stopped")
        case let error as HTTPClientError: return client(error, origin)
        case is NIOTooManyBytesError, is ResponseAccumulator.ResponseTooBigError:
            return MoonlineError(.protocol, "\(origin) answered with more than is accepted")
        case NIOHTTPDecompression.DecompressionError.limit:
            return MoonlineError(.protocol, "\(origin) answered with more than is accepted")
        // The connection ended before its answer did.
        case HTTPParserError.invalidEOFState: return incomplete(origin)
        case is HTTPParserError, is NIOHTTPDecompression.DecompressionError,
            is NIOHTTPDecompression.ExtraDecompressionError:
            return MoonlineError(.protocol, "\(origin) answered with something that is no HTTP")
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            return MoonlineError(
                .network,
                "no secure connection to \(origin): its certificate or "
                    + "TLS was not accepted")
        case is NIOConnectionError, is ChannelError, is IOError:
            return MoonlineError(
                .network,
                "\(origin) cannot be reached (\(reason(error))); check "
                    + "the network and the address")
        default:
            return MoonlineError(.network, "the request to \(origin) failed (\(error))")
        }
    }

    /// Whether there was no connection at all.
    static func isBeforeConnection(_ error: any Error) -> Bool {
        switch error {
        case is NIOConnectionError: true
        case let error as IOError: error.errnoCode == ECONNREFUSED
        case let error as HTTPClientError: error == .connectTimeout || error == .tlsHandshakeTimeout
        case let error as MoonlineError: error.isUnsent
        default: false
        }
    }

    private static func client(_ error: HTTPClientError, _ origin: String) -> MoonlineError {
        switch error {
        case .deadlineExceeded, .readTimeout, .writeTimeout:
            MoonlineError(.timeout, "\(origin) did not answer in time")
        case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
            MoonlineError(
                .network,
                "\(origin) took too long to connect; check the network and "
                    + "the address")
        case .remoteConnectionClosed, .uncleanShutdown:
            incomplete(origin)
        case .cancelled, .requestStreamCancelled:
            MoonlineError(.cancelled, "the request was stopped")
        default:
            MoonlineError(
                .protocol,
                "the exchange with \(origin) failed "
                    + "(\(error.shortDescription))")
        }
    }

    private static func incomplete(_ origin: String) -> MoonlineError {
        MoonlineError(.network, "\(origin) closed the connection without a complete answer")
    }

    private static func reason(_ error: any Error) -> String {
        if let error = error as? NIOConnectionError {
            if let refused = error.connectionErrors.first?.error as? IOError {
                return String(cString: strerror(refused.errnoCode))
            }
            return error.dnsAError == nil ? "no connection" : "unknown host"
        }
        if let error = error as? IOError { return String(cString: strerror(error.errnoCode)) }
        return "connection lost"
    }
}
