import MoonlineTestKit
import Synchronization

/// What the provider answers, by the last part of the path.
final class LostNumberModel: Sendable {
    private let answers = Mutex<[String: SimulatedNetwork.Reply]>([:])

    init(_ bodies: [String: String] = [:]) {
        set("offers", #"[{"price":0.5,"count":9}]"#)
        set("buy", #"{"id":7,"phone":"+14155550107","price":0.5}"#)
        set("7", #"{"status":"waiting"}"#)
        for name in ["cancel", "finish", "resend"] { set(name, #"{"ok":"yes"}"#) }
        for (name, body) in bodies { set(name, body) }
    }

    func set(_ name: String, _ body: String, status: Int = 200) {
        set(name, .answer(status: status, body: body))
    }

    func set(_ name: String, _ reply: SimulatedNetwork.Reply) {
        answers.withLock { $0[name] = reply }
    }

    func answer(_ request: SimulatedNetwork.Request) -> SimulatedNetwork.Reply {
        let name = request.path.split(separator: "/").last.map(String.init) ?? ""
        return answers.withLock { $0[name] } ?? .answer(status: 404, body: "{}")
    }

    /// A definition for it.
    static func definition(_ more: String = "", top: String = "") -> String {
        """
        return provider {
          api = 1, id = "lost", name = "Lost", version = "1", base_url = "https://lost.example",
          currency = "USD", polling = { first = "2s", every = "4s" }, lifetime = "30m",
          settles_within = "20s", holds = { cancel = "60s", swap = "2s" }, \(top)
          aliases = { services = { telegram = "t" }, countries = { US = "us" } },
          operations = {
            offers = { get = "/offers?s={service}&c={country}", each = "$[]",
              reply = { price = "price", available = "count" } },
            buy = { post = "/buy?s={service}&c={country}&max={max_price}",
              reply = { id = "id", phone = "phone", price = "price", expires_at = "end" } },
            check = { get = "/orders/{id}",
              reply = { status = "status", code = "code", phone = "phone",
                price = "price", expires_at = "end" } },
            cancel = { post = "/orders/{id}/cancel", success = { "ok", yes = true } },
            finish = { post = "/orders/{id}/finish", success = { "ok", yes = true } },
            resend = { post = "/orders/{id}/resend", success = { "ok", yes = true } },
            swap = { post = "/orders/{id}/swap",
              reply = { id = "id", phone = "phone", price = "price" } },
            \(more)
          },
        }
        """
    }
}
