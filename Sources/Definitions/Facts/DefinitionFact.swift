import OrderKernel

/// One thing that a definition says of its provider, in words.
package struct DefinitionFact: Sendable, Hashable {
    package let topic: Topic
    /// What it is about, unique within the topic: `buy`, `1`, `cancel`; may be empty.
    package let name: String
    package let text: String

    /// What facts are about, in the order in which a reader should see them: where the key goes
    /// comes first.
    package enum Topic: String, Sendable, Hashable, CaseIterable {
        case host = "talks to"
        case credential
        case auth = "sends it"
        case money = "costs money"
        case limit
        case polling
        case hold
        case order = "an order"
        case settlement = "lost purchase"
        case refund
        case currency
        case operation = "can"
        case reply = "understands"
        case function = "runs code"
        case names
        case tests
    }

    init(_ topic: Topic, _ name: String = "", _ text: String) {
        self.topic = topic
        self.name = name
        self.text = text
    }
}

extension ProviderDefinition {
    /// All that the file says, in the order of the topics.
    package var facts: [DefinitionFact] {
        let facts =
            accessFacts + paceFacts + moneyFacts
            + operations.values.sorted { $0.name < $1.name }.flatMap(\.facts)
            + [
                DefinitionFact(
                    .names, "",
                    "\(names.serviceAliases.count) services and "
                        + "\(names.countryAliases.count) countries by aliases"
                        + (names.servicesAreSMSActivate
                            ? ", other services by sms-activate's codes" : "")
                        + (names.countriesAreSMSActivate
                            ? ", other countries by sms-activate's numbers" : "")),
                DefinitionFact(.tests, "", "\(tests.count) in the file"),
            ]
        let topics = DefinitionFact.Topic.allCases
        return topics.flatMap { topic in facts.filter { $0.topic == topic } }
    }

    private var accessFacts: [DefinitionFact] {
        var facts = [DefinitionFact(.host, "", "\(baseURL), and to nothing else")]
        facts += credentials.map { credential in
            let help = credential.help.map { " (\($0))" } ?? ""
            return DefinitionFact(.credential, credential.name, credential.label + help)
        }
        for choice in auth.choices {
            guard let scheme = auth.schemes[choice] else { continue }
            facts += scheme.parts.map { part in
                DefinitionFact(
                    .auth, [choice, part.credential].filter { !$0.isEmpty }.joined(separator: " "),
                    "as \(part.place.label)"
                        + (part.prefix.isEmpty ? "" : " behind '\(part.prefix)'"))
            }
            facts +=
                scheme.signer.map { signer in
                    let name = [choice, "hmac"].filter { !$0.isEmpty }.joined(separator: " ")
                    return [DefinitionFact(.auth, name, "functions sign with \(signer)")]
                } ?? []
            facts +=
                scheme.login.map { login in
                    let carried = login.parts.map { "\($0.credential) as \($0.place.label)" }
                    return [
                        DefinitionFact(
                            .auth, "login",
                            "\(login.request.method.verb) \(login.request.path) with "
                                + carried.joined(separator: " and "))
                    ]
                } ?? []
        }
        return facts
    }

    private var paceFacts: [DefinitionFact] {
        var facts = limits.enumerated().map { index, limit in
            let scope = limit.operations.map { " of \($0.sorted().joined(separator: ", "))" } ?? ""
            let count = limit.requests == 1 ? "1 request" : "\(limit.requests) requests"
            return DefinitionFact(
                .limit, "\(index + 1)", "\(count)\(scope) in \(limit.window.text)")
        }
        facts.append(
            DefinitionFact(
                .polling, "",
                "first look \(polling.first.text) after the purchase, further ones at least "
                    + "\(polling.every.text) apart"))
        facts += holds.sorted { $0.key < $1.key }.map { name, age in
            DefinitionFact(.hold, name, "allowed \(age.text) after the purchase")
        }
        return facts
    }

    private var moneyFacts: [DefinitionFact] {
        var facts = [
            DefinitionFact(.order, "", "lives \(lifetime.text) where the reply names no end"),
            DefinitionFact(.refund, "", "expected within \(refundsWithin.text)"),
            DefinitionFact(.settlement, "", settlementText),
        ]
        facts += currency.map { [DefinitionFact(.currency, "", $0)] } ?? []
        if amountUnit == .cents {
            facts.append(DefinitionFact(.currency, "amounts", "are told in cents"))
        }
        if timeZone != .zero {
            facts.append(
                DefinitionFact(
                    .order, "times",
                    "without a zone are told by a clock \(timeZone.components.seconds / 60) "
                        + "minutes ahead of UTC"))
        }
        facts +=
            reuseWithin.map {
                [DefinitionFact(.order, "reuse", "can be reused for \($0.text)")]
            } ?? []
        return facts
    }

    private var settlementText: String {
        let after = "up to \(settlesWithin.text) after it was sent"
        if let idempotency {
            return "settled by repeating it under \(idempotency.header), \(after)"
        }
        if has(.list) { return "settled by the list of orders, \(after)" }
        // A difference of balances tells only how many were bought when their price is known.
        if has(.balance), has(.offers) { return "settled by the balance, \(after)" }
        return "stays unresolved: the file offers nothing that could settle it"
    }
}

extension Operation {
    fileprivate var facts: [DefinitionFact] {
        var facts: [DefinitionFact] = []
        switch body {
        case .request(let template, let reply):
            facts.append(DefinitionFact(.operation, name, template.summary))
            if case .function = reply.shape {
                facts.append(DefinitionFact(.function, name, "reads the reply"))
            }
            let fields = reply.shape.fieldsByFunction
            if !fields.isEmpty {
                facts.append(
                    DefinitionFact(.function, name, "reads \(fields.joined(separator: ", "))"))
            }
            if case .function? = reply.errors.retryAfter {
                facts.append(DefinitionFact(.function, name, "reads how long to wait"))
            }
        case .function:
            facts.append(DefinitionFact(.operation, name, "by a function of the file"))
            facts.append(DefinitionFact(.function, name, "makes the requests"))
        }
        if costs { facts.append(DefinitionFact(.money, name, "spends the account's balance")) }
        return facts
    }
}
