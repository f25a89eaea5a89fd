import Definitions

/// Small definitions with every way to read a reply.
enum ReplyDefinitions {
    /// Both definitions, in the order in which an input counts them.
    static func load() async throws(DefinitionProblems) -> [ProviderDefinition] {
        let loader = DefinitionLoader { $0 == "words" ? dialect : nil }
        return [
            try await loader.load(records, id: "records", file: "records.lua"),
            try await loader.load(words, id: "words", file: "words.lua"),
        ]
    }

    private static let records = """
        return provider {
          api = 1, id = "records", name = "Records", base_url = "https://records.example/v1",
          currency = "USD", amounts = "cents", time_zone = "+03:00",
          success = { "status", ok = true, error = false },
          value = "data|result",
          errors = { "error.code|code", message = "error.text", retry_after = "error.wait",
            NO_BALANCE = "balance", EARLY = { [409] = "too_early", ["sold out"] = "no_numbers" },
            ["*stock*"] = "no_numbers", [404] = "not_found",
            text = { ["WAIT:{retry_after}"] = "rate_limited", NO_KEY = "auth" } },
          operations = {
            balance = { get = "/balance", reply = { amount = "money.amount|amount",
              currency = "money.currency" } },
            countries = { get = "/countries", each = "items[]", reply = { id = "id",
              name = "name", iso = "code", prefix = "prefix" } },
            offers = { get = "/offers", each = "*.*", reply = { country = "$1", service = "$2",
              price = "cost", available = "count", operator = "=any" } },
            buy = { post = "/orders", json = { service = "{service}" },
              nothing_bought = { 503, "BUSY" }, reply = { id = "order.id", phone = "order.phone",
                price = "order.price", expires_in = "order.left", created_at = "order.at",
                revision = "order.revision" } },
            check = { get = "/orders/{id}", reply = { id = "id", expires_at = "ends",
              status = { "state", P = "waiting", R = "received", C = "cancelled" },
              messages = { each = "sms[]", text = "text", sender = "from", code = "code",
                received_at = "at", newest = "first" } } },
            list = { get = "/orders", each = "[]", reply = { id = "id", code = "sms[-1].code",
              message = function(order) return order.sms and #order.sms .. " messages" end } },
            cancel = { post = "/orders/{id}/cancel", reply = { refund = "refund" } },
            finish = { post = "/orders/{id}/finish" },
            operators = { get = "/operators", reply = function(body, reply)
              if reply.status ~= 200 or type(body) ~= "table" then return body end
              local list = {}
              for key, value in pairs(body) do list[#list + 1] = { id = key, name = value } end
              return list
            end },
            raw = { get = "/raw" },
          },
        }
        """

    private static let words = """
        return provider {
          api = 1, id = "words", name = "Words", base_url = "https://words.example/api",
          dialect = "words", currency = "RUB",
        }
        """

    /// A dialect of plain words, as sms-activate has it.
    static let dialect = """
        return {
          errors = { text = { BAD_KEY = "auth", NO_NUMBERS = "no_numbers",
            ["BANNED:{until}"] = "forbidden" } },
          operations = {
            balance = { get = "?action=getBalance", text = { ["ACCESS_BALANCE:{amount}"] = {} } },
            buy = { get = "?action=getNumber&service={service}",
              text = { ["ACCESS_NUMBER:{id}:{phone}"] = {} } },
            check = { get = "?action=getStatus&id={id}", text = {
              STATUS_WAIT_CODE = { status = "waiting" },
              ["STATUS_WAIT_RETRY:{code}"] = { status = "waiting" },
              ["STATUS_OK:{code}"] = { status = "received" },
              ["FULL:{message}"] = {} } },
            cancel = { get = "?action=setStatus&id={id}", text = { ACCESS_CANCEL = {} } },
          },
        }
        """
}
