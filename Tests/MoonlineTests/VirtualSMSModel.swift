import MoonlineTestKit
import Synchronization

/// VirtualSMS as its document says: a hold of two minutes, told with 425.
final class VirtualSMSModel: Sendable {
    let messages = Mutex("[]")
    private let bought = Mutex(0)

    func answer(_ request: SimulatedNetwork.Request) -> SimulatedNetwork.Reply {
        // All orders are alike.
        let path = request.path.replacing("/api/v1", with: "").replacing(/o-\d+$/, with: "o-1")
        switch path {
        case "/price":
            return .answer(status: 200, body: #"{"success":true,"price":0.50}"#)
        case "/customer/countries":
            return .answer(
                status: 200,
                body: #"{"countries":[{"country_id":"ID","#
                    + #""country_name":"Indonesia"}]}"#)
        case "/customer/purchase":
            let number = bought.withLock { count in
                count += 1
                return count
            }
            return .answer(
                status: 200,
                body: #"{"success":true,"order_id":"o-\#(number)","#
                    + #""phone_number":"6281112223\#(number)","price":0.50}"#)
        case "/customer/order/o-1":
            let list = messages.withLock { $0 }
            let status = list == "[]" ? "waiting" : "completed"
            return .answer(
                status: 200,
                body: #"{"success":true,"status":"\#(status)","messages":\#(list)}"#
            )
        case "/customer/cancel/o-1":
            return .answer(status: 200, body: #"{"success":true,"refund_amount":0.50}"#)
        default: return .answer(status: 404, body: #"{"error":"not found"}"#)
        }
    }
}
