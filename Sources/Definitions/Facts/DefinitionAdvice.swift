import OrderKernel

/// What a sound definition leaves open that its author may not have meant.
package struct DefinitionAdvice: Sendable, Hashable {
    /// The operation that it is about.
    package let operation: String
    /// In one sentence, with the way out.
    package let text: String
}

extension ProviderDefinition {
    /// What an author should look at again; none of it is a mistake by itself.
    package var advice: [DefinitionAdvice] { operationAdvice + nameAdvice + lookAdvice }

    // A number that nobody can look at costs money for nothing.
    private var lookAdvice: [DefinitionAdvice] {
        guard has(.buy), !tellsCodes else { return [] }
        return [
            DefinitionAdvice(
                operation: CommonOperation.buy.rawValue,
                text: "sells numbers whose codes nobody can ask for; add check, or code or "
                    + "message to list")
        ]
    }

    // Ids are seldom the same everywhere, and a wrong one may buy something else.
    private var nameAdvice: [DefinitionAdvice] {
        guard case .request(let template, _)? = operations[CommonOperation.buy.rawValue]?.body
        else { return [] }
        let sent = template.arguments.map(\.name)
        var advice: [DefinitionAdvice] = []
        if sent.contains("service"), !has(.services), !names.servicesAreSMSActivate,
            names.serviceAliases.isEmpty
        {
            advice.append(
                DefinitionAdvice(
                    operation: CommonOperation.buy.rawValue,
                    text: "sends Moonline's own names of services, such as whatsapp; where the "
                        + "ids differ, add services or aliases = { services = { … } }"))
        } else if sent.contains("service"), !has(.services), !names.servicesAreSMSActivate {
            let count = names.serviceAliases.count
            let known = names.serviceAliases.keys.sorted().prefix(6).joined(separator: ", ")
            advice.append(
                DefinitionAdvice(
                    operation: CommonOperation.buy.rawValue,
                    text: "has aliases for \(known)\(count > 6 ? ", …" : ""); any other service "
                        + "is sent by Moonline's name for it"))
        }
        if sent.contains("country"), !has(.countries), !names.countriesAreSMSActivate,
            names.countryAliases.isEmpty
        {
            advice.append(
                DefinitionAdvice(
                    operation: CommonOperation.buy.rawValue,
                    text: "sends ISO codes of countries, such as ID; where the ids differ, add "
                        + "countries or aliases = { countries = { … } }"))
        }
        return advice
    }

    private var operationAdvice: [DefinitionAdvice] {
        operations.values.sorted { $0.name < $1.name }.flatMap { operation in
            guard case .request(let template, let rule) = operation.body else {
                return [DefinitionAdvice]()
            }
            var advice: [DefinitionAdvice] = []
            let names = template.arguments.map(\.name)
            let isChosen = names.contains { $0.hasPrefix("service") || $0.hasPrefix("country") }
            if operation.common == .buy, !isChosen {
                advice.append(
                    DefinitionAdvice(
                        operation: operation.name,
                        text: "does not say what is bought; use {service} or {country}"))
            }
            if operation.costs, let mark = template.headers.first(where: \.isMarkOfOneRequest) {
                advice.append(
                    DefinitionAdvice(
                        operation: operation.name,
                        text: "sends the same \(mark.name) with every purchase, so that the second "
                            + "may be the first; leave it out, or name it in idempotency"))
            }
            if operation.common?.isRead == false, rule.provesNothing {
                advice.append(
                    DefinitionAdvice(
                        operation: operation.name,
                        text: "takes every 2xx answer for done; if refusals come with 200, add "
                            + "success, reply or errors with the place of the code"))
            }
            return advice
        }
    }
}

extension RequestTemplate.Parameter {
    /// Whether its name says that it tells requests apart, and its value cannot.
    fileprivate var isMarkOfOneRequest: Bool {
        value.arguments.isEmpty && DraftOperation.isPerRequest(name)
    }
}

extension ReplyRule {
    // Nothing in an answer could say that it was refused.
    fileprivate var provesNothing: Bool {
        shape == .nothing && success == nil && errors.code == nil && errors.texts.isEmpty
            && (errors.message == nil || errors.globs.isEmpty)
    }
}
