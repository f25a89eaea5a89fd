import Definitions
import LuaSandbox

/// Looks at a finished request as a server does: byte by byte, without the code that built it.
struct RequestCheck {
    let base: BaseURL

    func checkBase() throws(FuzzFinding) {
        try check(url: base.description)
        try require(
            base.path.isEmpty || base.path.hasPrefix("/"), "the base path is '\(base.path)'")
    }

    func check(_ request: ProviderRequest) throws(FuzzFinding) {
        let url = base.description + request.target
        try check(url: url)
        let rest = url.utf8.dropFirst(base.description.utf8.count)
        let first = rest.first
        try require(
            first == nil || first == UInt8(ascii: "/") || first == UInt8(ascii: "?"),
            "'\(url)' goes on without a slash")
        let path = rest.prefix { $0 != UInt8(ascii: "?") }
        for segment in path.split(separator: UInt8(ascii: "/")) {
            let text = String(decoding: segment, as: UTF8.self)
            let plain = text.lowercased().replacing("%2e", with: ".")
            try require(plain != "." && plain != "..", "'\(url)' leads to another folder")
        }
        let query = rest.dropFirst(path.count + 1)
        let pairs = query.isEmpty ? 0 : query.count { $0 == UInt8(ascii: "&") } + 1
        try require(
            pairs == request.query.count || (pairs == 1 && request.query.isEmpty),
            "'\(url)' has \(pairs) parameters in place of \(request.query.count)")
        for header in request.headers { try check(header: header) }
        if let body = request.body { try check(body, request) }
    }

    private func check(url: String) throws(FuzzFinding) {
        let bytes = url.utf8
        try require(bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "'\(url)' has odd bytes")
        try require(
            bytes.allSatisfy { !"#\\".utf8.contains($0) },
            "'\(url)' has a character that means something else")
        let origin = base.scheme + "://"
        try require(url.utf8.starts(with: origin.utf8), "'\(url)' has another scheme")
        let authority = bytes.dropFirst(origin.utf8.count)
            .prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        let host = base.host.contains(":") ? "[\(base.host)]" : base.host
        let isRight =
            authority.elementsEqual(host.utf8)
            || authority.elementsEqual("\(host):\(base.port)".utf8)
        try require(isRight && !host.isEmpty, "'\(url)' has another host than \(host)")
    }

    private func check(header: ProviderRequest.Parameter) throws(FuzzFinding) {
        try require(
            !header.name.isEmpty
                && header.name.utf8.allSatisfy {
                    $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":")
                },
            "'\(header.name)' is no name of a header")
        try require(
            header.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F },
            "the header \(header.name) has control characters")
    }

    private func check(_ body: [UInt8], _ request: ProviderRequest) throws(FuzzFinding) {
        let type = request.headers.last { $0.name == "Content-Type" }?.value
        if type == ProviderRequest.jsonType {
            try require((try? JSON(parsing: body)) != nil, "the body is no JSON")
        } else {
            let isPlain = body.allSatisfy { $0 > 0x20 && $0 < 0x7F }
            try require(type == ProviderRequest.formType && isPlain, "the body is no form")
        }
    }
}
