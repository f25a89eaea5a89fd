package import Definitions
import Transport

extension ProviderResponse {
    /// The answer without keys in any form that the transport would mask.
    package func masking(_ keys: [String]) -> ProviderResponse {
        var response = self
        response.body = Redactor(keys.compactMap { Secret($0) }).redact(bytes: body)
        return response
    }
}
