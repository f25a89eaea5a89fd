package import Definitions
import LuaSandbox
import Transport

extension ProviderRequest {
    /// The request as it is shown: an argument may be a key.
    func redacted(by redactor: Redactor) -> ProviderRequest {
        func redacted(_ parameters: [Parameter]) -> [Parameter] {
            parameters.map { Parameter($0.name, redactor.redact($0.value)) }
        }
        var request = self
        request.path = redactor.redact(path)
        request.query = redacted(query)
        request.headers = redacted(headers)
        request.body = body.map { redactor.redact(bytes: $0) }
        return request
    }
}

extension Engine {
    /// Arguments as they are shown: one of them may be a key.
    package func redacted(_ arguments: Arguments) -> Arguments {
        var shown = arguments
        for name in arguments.names {
            guard let text = arguments[name]?.plainText else { continue }
            let redacted = sessions.redactor.redact(text)
            if redacted != text { shown[name] = .string(redacted) }
        }
        return shown
    }
}
