import OrderKernel

extension ReferenceOrder {
    /// What a purchase answers.
    func purchaseJSON(namesHold: Bool) -> String {
        var object = ReferenceJSON()
        addConstants(to: &object)
        if namesHold { object.add("cancel_at", cancelAt.rfc3339) }
        return object.text
    }

    /// Writes what lists and looks answer from now on.
    mutating func write(namesHold: Bool) {
        var row = ReferenceJSON()
        addConstants(to: &row)
        addState(to: &row)
        row.add("revision", Int64(revision))
        rowJSON = row.text
        var status = ReferenceJSON()
        status.add("id", id)
        status.add("phone", phone)
        addState(to: &status)
        status.add("revision", Int64(revision))
        status.add("expires_at", expiresAt.rfc3339)
        if namesHold { status.add("cancel_at", cancelAt.rfc3339) }
        statusJSON = status.text
    }

    private func addConstants(to object: inout ReferenceJSON) {
        object.add("id", id)
        object.add("phone", phone)
        object.add("price", price.amountText)
        object.add("service", product.service)
        object.add("country", product.country)
        object.add("created_at", createdAt.rfc3339)
        object.add("expires_at", expiresAt.rfc3339)
    }

    private func addState(to object: inout ReferenceJSON) {
        object.add("status", state.rawValue)
        object.add("code", messages.last?.code)
        object.add("message", messages.last?.text)
    }
}
