import LuaSandbox

/// One operation of a definition.
package struct Operation: Sendable, Hashable {
    package let name: String
    let body: Body
    /// Whether it may spend money.
    package let costs: Bool
    /// How many rows of a list come at most, the newest first; `nil` when all of them come.
    package let page: Int?

    enum Body: Sendable, Hashable {
        case request(RequestTemplate, reply: ReplyRule)
        /// A function of the file, which makes requests of its own.
        case function(LuaFunction)
    }

    init(name: String, body: Body, costs: Bool, page: Int? = nil) {
        self.name = name
        self.body = body
        self.costs = costs
        self.page = page
    }

    /// Whether a function of the file makes its requests.
    package var isFunction: Bool { if case .function = body { true } else { false } }

    /// The common operation that it is, if it is one.
    package var common: CommonOperation? { CommonOperation(rawValue: name) }

    /// Whether sending it twice does no harm.
    package var isRead: Bool {
        if let common { return common.isRead }
        if case .request(let template, _) = body { return template.method == .get }
        return false
    }

    /// Whether only its author knows which arguments it has.
    package var takesAnyArgument: Bool { isFunction && common == nil }

    /// The names of its arguments, optional ones with a question mark.
    package var argumentNames: [String] {
        guard case .request(let template, _) = body else { return common?.arguments ?? [] }
        return template.arguments.map { $0.isOptional ? $0.name + "?" : $0.name }
    }
}
