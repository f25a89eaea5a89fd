"""PyPI smscode 1.2.0 (official) against `moonline simulate --contract`.

Pointing it there: SmscodeClient(token=…, base_url="http://127.0.0.1:N"); nothing is patched.
"""
import asyncio, hashlib, hmac, time
from harness import *
watch_httpx()
from smscode import *
import smscode
from smscode.errors import *
from smscode.errors import TimeoutError as SDKTimeout
from smscode.models import *
from smscode.money import Money
from smscode.webhook import verify_webhook_signature, parse_webhook_event

with Simulator("--contract") as sim:
    token = sim.env["MOONLINE_SMSCODE_V2_TOKEN"]
    client = SmscodeClient(token=token, base_url=sim.base, timeout_ms=10_000)
    raw = lambda method, path, **named: client.request(method, path, **named)

    # --- account
    check("v2.balance", client.balance.get, expect=lambda b: isinstance(b, BalanceV2)
          and b.balance == Money("25.50", "USD", 382500, "IDR") and b.fx.pair == "USD/IDR")
    check("v1.balance", client.v1.balance.get, expect=lambda b: b.balance == 382500
          and b.currency == "IDR")

    # --- catalogue
    for label, catalog in (("v2", client.catalog), ("v1", client.v1.catalog)):
        check(f"{label}.countries", catalog.countries, expect=lambda rows: any(
            c.id == 6 and c.code.upper() == "ID" and c.dial_code == "62" and c.active
            for c in rows))
        check(f"{label}.services", catalog.services,
              expect=lambda rows: any(s.id == 1 and s.name == "WhatsApp" for s in rows))
        check(f"{label}.services(country_id)", lambda: catalog.services(country_id=6),
              expect=lambda rows: len(rows) >= 5)
        check(f"{label}.products(country_id)", lambda: catalog.products(country_id=16),
              expect=lambda p: p.products and all(r.country_id == 16 for r in p.products))
        check(f"{label}.products(platform_id) filters",
              lambda: catalog.products(country_id=16, platform_id=1),
              expect=lambda p: [r.platform_id for r in p.products] == [1])
        check(f"{label}.products(limit, page) pages",
              lambda: [catalog.products(country_id=16, limit=2, page=n) for n in (1, 2)],
              expect=lambda p: [len(x.products) for x in p] == [2, 2]
              and p[0].products[0].id != p[1].products[0].id)
        check(f"{label}.products meta page/limit/count",
              lambda: catalog.products(country_id=16, limit=2, page=1),
              expect=lambda p: (p.page, p.limit) == (1, 2) and isinstance(p.count, int))
        check(f"{label}.products(sort=price_asc)",
              lambda: catalog.products(country_id=16, sort="price_asc"),
              expect=lambda p: (lambda v: v == sorted(v))(
                  [r.price if isinstance(r.price, int) else r.price.canonical_amount
                   for r in p.products]))
        check(f"{label}.operators", lambda: catalog.operators(country_id=6, platform_id=1),
              expect=lambda rows: any(o.operator_id is None and o.code == "any" for o in rows)
              and any(o.operator_id == 1 and o.code == "telkomsel" for o in rows))
        check(f"{label}.exchange_rate", catalog.exchange_rate,
              expect=lambda r: r.pair == "USD/IDR" and r.rate == 15000
              and isinstance(r.rate_as_of, str))
    check("v2.products typed money and fx", lambda: client.catalog.products(country_id=16),
          expect=lambda p: isinstance(p, ProductsPageV2) and isinstance(p.products[0].price, Money)
          and p.fx.rate == 15000)
    check("v1.products whole rupiah", lambda: client.v1.catalog.products(country_id=16),
          expect=lambda p: all(type(r.price) is int and r.price > 100 for r in p.products))

    # --- buying
    whatsapp, telegram, facebook_russia = 1161, 1162, 1004
    made = check("v2.create", lambda: client.orders.create(
        catalog_product_id=whatsapp, policy="cheapest", quantity=1, idempotency_key="k-1"),
        expect=lambda r: isinstance(r, CreateOrderResultV2) and len(r.orders) == 1
        and isinstance(r.orders[0].amount, Money) and r.failed_count == 0
        and r.idempotency_key == "k-1" and r.orders[0]["status"] == "ACTIVE"
        and r.orders[0]["phone_number"].startswith("+44"))
    raw_create = lambda product, key=None, **more: raw(
        "POST", "/v2/orders/create", json={"catalog_product_id": product, "quantity": 1, **more},
        headers={"idempotency-key": key} if key else None).data["orders"][0]
    first = check("request: create re-sent with the same key is the same order",
                  lambda: raw_create(whatsapp, "k-1", policy="cheapest"),
                  expect=lambda o: o["id"] == 610000001)
    check("v2.create re-sent with the same key", lambda: client.orders.create(
        catalog_product_id=whatsapp, policy="cheapest", quantity=1, idempotency_key="k-1"),
        expect=lambda r: r.orders[0]["id"] == first["id"])
    check("v2.create same key, other body", lambda: client.orders.create(
        catalog_product_id=telegram, quantity=1, idempotency_key="k-1"),
        raises=IdempotencyKeyReuseError, attrs={"http_status": 422, "idempotency_key": "k-1"})
    check("v2.reactivate under a key of create", lambda: client.orders.reactivate(
        first["id"], idempotency_key="k-1"), raises=ConflictError)  # "can never collide": waiting
    check("v1.create", lambda: client.v1.orders.create(
        catalog_product_id=telegram, quantity=1),
        expect=lambda r: type(r.orders[0].amount) is int)
    check("v2.create by product_id (a tier)", lambda: client.orders.create(
        product_id=telegram * 10, quantity=1),
        expect=lambda r: r.orders[0]["product_id"] == telegram * 10)
    check("v2.create quantity=2", lambda: client.orders.create(
        catalog_product_id=telegram, quantity=2), expect=lambda r: len(r.orders) == 2)
    check("v2.create below the price (max_price)", lambda: client.orders.create(
        catalog_product_id=telegram, max_price="0.0100"), raises=NoOfferAvailableError,
        attrs={"http_status": 422})
    check("v2.create out of stock", lambda: client.orders.create(
        catalog_product_id=facebook_russia), raises=NoOfferAvailableError,
        attrs={"http_status": 422})
    check("v2.create without a product", lambda: client.orders.create({}),
          raises=smscode.ValidationError, attrs={"http_status": 422})
    check("v2.create unknown product", lambda: client.orders.create(catalog_product_id=1),
          raises=NoOfferAvailableError, attrs={"http_status": 422})  # OpenAPI: create has no 404
    check("v2.create with both kinds of product", lambda: client.orders.create(
        catalog_product_id=whatsapp, product_id=whatsapp * 10), raises=smscode.ValidationError)
    check("v2.create unusable key", lambda: client.orders.create(
        catalog_product_id=whatsapp, idempotency_key="a b"), raises=smscode.ValidationError)

    # --- looking
    check("v2.get", lambda: client.orders.get(first["id"]),
          expect=lambda o: isinstance(o.amount, Money) and o["id"] == first["id"]
          and o.fx.rate == 15000)
    check("v1.get", lambda: client.v1.orders.get(first["id"]),
          expect=lambda o: type(o.amount) is int and o["id"] == first["id"])
    check("v2.get capabilities while waiting", lambda: client.orders.get(raw_create(whatsapp)["id"]),
          expect=lambda o: o.capabilities.can_cancel is False
          and o.capabilities.can_finish is False and o.capabilities.can_reactivate is False
          and isinstance(o.capabilities.cancel_available_at, str))
    check("v2.list", client.orders.list, expect=lambda l: isinstance(l, OrdersListV2)
          and first["id"] in [o["id"] for o in l.orders] and isinstance(l.orders[0].amount, Money))
    check("v1.list", client.v1.orders.list,
          expect=lambda l: first["id"] in [o["id"] for o in l])
    check("v1.list(limit, offset)", lambda: [
        [o["id"] for o in client.v1.orders.list(limit=1, offset=n)] for n in (0, 1)],
        expect=lambda p: len(p[0]) == len(p[1]) == 1 and p[0] != p[1])
    check("v1.list(status=CANCELED) filters", lambda: client.v1.orders.list(status="CANCELED"),
          expect=lambda l: l == [])
    check("v2.active", client.orders.active,
          expect=lambda l: first["id"] in [o["id"] for o in l])
    check("v1.active", client.v1.orders.active,
          expect=lambda l: first["id"] in [o["id"] for o in l])
    check("v2.get unknown order", lambda: client.orders.get(1), raises=NotFoundError,
          attrs={"code": "NOT_FOUND", "http_status": 404})
    check("v1.get unknown order", lambda: client.v1.orders.get(1), raises=NotFoundError,
          attrs={"code": "NOT_FOUND"})

    # --- cancelling
    early = raw_create(whatsapp)
    check("v2.cancel inside the hold", lambda: client.orders.cancel(early["id"]),
          raises=CancelTooEarlyError, attrs={"http_status": 409})
    waiting = raw_create(whatsapp)
    sim_hold = 120 / sim.speed
    # A code would make a cancel a conflict: codes come after 8 to 20 s, before the hold ends.
    check("v2.cancel after the code", lambda: (until(
        lambda: raw("GET", f"/v1/orders/{waiting['id']}").data,
        lambda o: o["status"] == "OTP_RECEIVED"), client.orders.cancel(waiting["id"]))[1],
        raises=ConflictError, attrs={"http_status": 409})
    check("v2.cancel unknown order", lambda: client.orders.cancel(1), raises=NotFoundError)
    check("v2.cancel without an id", lambda: raw("POST", "/v2/orders/cancel", json={}),
          raises=smscode.ValidationError, attrs={"http_status": 422})
    check("v1.cancel unknown order", lambda: client.v1.orders.cancel(1), raises=NotFoundError,
          attrs={"code": "NOT_FOUND"})

    # --- the code
    done = check("v2.wait_for_otp", lambda: client.orders.wait_for_otp(
        first["id"], timeout_ms=8000, poll_interval_ms=100),
        expect=lambda r: len(r.otp_code) == 6 and r.status == "OTP_RECEIVED")
    check("v1.wait_for_otp", lambda: client.v1.orders.wait_for_otp(
        first["id"], timeout_ms=8000, poll_interval_ms=100), expect=lambda r: len(r.otp_code) == 6)
    check("v2.finish before the code", lambda: client.orders.finish(raw_create(telegram)["id"]),
          raises=ConflictError, attrs={"http_status": 409})
    check("v2.resend before the code", lambda: client.orders.resend(raw_create(telegram)["id"]),
          raises=ConflictError)
    revision = raw("GET", f"/v1/orders/{first['id']}").data["sms_revision"]
    check("v2.resend", lambda: client.orders.resend(first["id"]),
          expect=lambda r: r.order_id == first["id"] and r.resent is True and r.status == "ACTIVE")
    check("v2.wait_for_otp after a resend (after_code, after_revision)",
          lambda: client.orders.wait_for_otp(
              first["id"], after_code=done.otp_code, after_revision=revision,
              timeout_ms=8000, poll_interval_ms=100),
          expect=lambda r: r.order["sms_revision"] == revision + 1)
    check("message without a code: otp_message set, otp_code null, the wait goes on", lambda: (
        lambda o: (sim.message("smscode", o["id"], "Welcome aboard"),
                   raw("GET", f"/v1/orders/{o['id']}").data)[1])(raw_create(whatsapp)),
        expect=lambda o: o["otp_message"] == "Welcome aboard" and o["otp_code"] is None)
    check("v2.finish", lambda: client.orders.finish(first["id"]),
          expect=lambda r: isinstance(r, FinishResult) and r.status == "COMPLETED")
    check("v2.finish twice", lambda: client.orders.finish(first["id"]), raises=ConflictError)
    check("v1.finish, v1.resend", lambda: (lambda o: (
        until(lambda: raw("GET", f"/v1/orders/{o['id']}").data, lambda o: o["otp_code"]),
        client.v1.orders.resend(o["id"]), client.v1.orders.finish(o["id"])))(raw_create(telegram)),
        expect=lambda r: r[1].resent is True and r[2].status == "COMPLETED")

    # --- reactivating
    check("v2.reactivate_options", lambda: client.orders.reactivate_options(first["id"]),
          expect=lambda r: isinstance(r.cost, Money) and r.fx.rate == 15000)
    check("v1.reactivate_options", lambda: client.v1.orders.reactivate_options(first["id"]),
          expect=lambda r: type(r.cost) is int)
    again = check("v2.reactivate", lambda: client.orders.reactivate(
        first["id"], idempotency_key="r-1"), expect=lambda r: len(r.orders) == 1
        and r.orders[0]["phone_number"] == first["phone_number"]
        and r.orders[0]["id"] != first["id"])
    check("v2.reactivate re-sent with the same key", lambda: client.orders.reactivate(
        first["id"], idempotency_key="r-1"), expect=lambda r: again
        and r.orders[0]["id"] == again.orders[0]["id"])
    check("v1.reactivate", lambda: client.v1.orders.reactivate(first["id"]),
          expect=lambda r: type(r.orders[0].amount) is int)
    check("v2.reactivate_options of what is not finished", lambda:
          client.orders.reactivate_options(raw_create(telegram)["id"]), raises=ConflictError)
    check("v2.reactivate above max_price", lambda: client.orders.reactivate(
        first["id"], max_price="0.0100"), raises=smscode.ValidationError)
    check("v2.reactivate what is not finished",
          lambda: client.orders.reactivate(raw_create(telegram)["id"]), raises=ConflictError)
    check("capability can_reactivate of a finished order", lambda: client.orders.get(first["id"]),
          expect=lambda o: o.capabilities.can_reactivate is True
          and o.capabilities.can_finish is False and o.capabilities.can_cancel is False)

    # --- webhook
    check("v2.webhook.get, nothing set", client.webhook.get,
          expect=lambda w: w.webhook_url is None and w.webhook_consecutive_failures == 0)
    check("v2.webhook.update", lambda: client.webhook.update(
        webhook_url="https://example.com/sms", webhook_secret="s" * 32),
        expect=lambda w: w.webhook_url == "https://example.com/sms")
    check("v2.webhook.update to http", lambda: client.webhook.update(
        webhook_url="http://example.com/sms"), raises=smscode.ValidationError)
    check("v2.webhook.test", client.webhook.test, expect=lambda r: r.status_code == 200)
    check("v1.webhook.get", client.v1.webhook.get,
          expect=lambda w: w.webhook_url == "https://example.com/sms")
    body = b'{"event":"order.otp_received","data":{}}'
    signature = "sha256=" + hmac.new(b"secret", body, hashlib.sha256).hexdigest()
    check("verify_webhook_signature and parse_webhook_event", lambda: (
        verify_webhook_signature(body, signature, "secret"),
        verify_webhook_signature(body, signature, "other"), parse_webhook_event(body)["event"]),
        expect=lambda r: r == (True, False, "order.otp_received"))

    # --- refusals of any request
    stranger = SmscodeClient(token="wrong", base_url=sim.base)
    check("wrong token", stranger.balance.get, raises=UnauthorizedError,
          attrs={"code": "UNAUTHORIZED", "http_status": 401})
    sim.fault("503", "smscode", "check")
    check("503", lambda: client.v1.orders.get(first["id"]), raises=ServiceUnavailableError,
          attrs={"http_status": 503})
    sim.fault("500", "smscode", "check")
    check("500", lambda: client.v1.orders.get(first["id"]), raises=InternalError)
    sim.fault("503", "smscode", "other", 1)
    retrying = SmscodeClient(token=token, base_url=sim.base, max_retries=2)
    check("max_retries outlives a 503", lambda: retrying.request(
        "GET", "/v2/catalog/exchange-rate").data, expect=lambda d: d["rate"] == 15000)
    before = len(sim.state("smscode")["charges"])
    sim.fault("lost", "smscode", "buy", 1)
    check("lost reply: a retry with the SDK's own key is one purchase", lambda: retrying.request(
        "POST", "/v2/orders/create", json={"catalog_product_id": telegram},
        headers={"idempotency-key": "k-lost"}).data,
        expect=lambda d: len(sim.state("smscode")["charges"]) == before + 1)
    sim.fault("cut", "smscode", "buy", 1)
    check("cut reply is a NetworkError with its key", lambda: client.orders.create(
        catalog_product_id=telegram, idempotency_key="k-cut"), raises=NetworkError,
        attrs={"idempotency_key": "k-cut"})

    async def asynchronous():
        async with AsyncSmscodeClient(token=token, base_url=sim.base) as other:
            balance = await other.balance.get()
            order = (await other.orders.create(catalog_product_id=telegram)).orders[0]
            otp = await other.orders.wait_for_otp(
                order["id"], timeout_ms=8000, poll_interval_ms=100)
            return balance, otp
    check("AsyncSmscodeClient: balance, create, wait_for_otp", lambda: asyncio.run(asynchronous()),
          expect=lambda r: len(r[1].otp_code) == 6)

    # --- moonline on the same server
    rows, code, err = sim.moonline("verify", "--service", "telegram", "--country", "GB",
                                   "--provider", "smscode_v2", "--json")
    note(f"moonline verify: exit {code} {rows[-1:]} {err[:200]}")
    def finished():
        return [o for o in raw("GET", "/v1/orders", params={"limit": 100}).data
                if o["status"] == "COMPLETED"]
    check("moonline verify, and the SDK sees its order COMPLETED", finished, expect=lambda l: any(
        o["phone_number"] in json.dumps(rows) for o in l) or f"an order in {rows}")
    check("v1.list lists what moonline bought", lambda: client.v1.orders.list(limit=100),
          expect=lambda l: any(o["phone_number"] in json.dumps(rows) for o in l))
with Simulator("--contract", speed=4) as sim:  # slower, so that a hold can be looked at
    client = SmscodeClient(token=sim.env["MOONLINE_SMSCODE_V2_TOKEN"], base_url=sim.base)
    rows, code, err = sim.moonline("buy", "--service", "telegram", "--country", "GB",
                                   "--provider", "smscode_v2", "--json")
    note(f"moonline buy: exit {code} {rows[-1:]} {err[:200]}")
    name = next((r.get("order") or r.get("id") for r in rows if r.get("order") or r.get("id")), "")
    mine = client.request("GET", "/v1/orders").data[0]
    check("the SDK lists the order that moonline bought", client.v1.orders.list,
          expect=lambda l: mine["phone_number"] in json.dumps(rows) and l[0]["id"] == mine["id"])
    # Speed 4: a code comes after 2 to 5 s, and with a hold no cancel is possible before it.
    def sdk_cancel():
        try:
            return client.request("POST", "/v2/orders/cancel", json={"id": mine["id"]}).data["status"]
        except CancelTooEarlyError as error:
            return error.code
    check("the SDK cancels what moonline bought (refused inside the hold)", sdk_cancel,
          expect=lambda r: r == "CANCEL_TOO_EARLY")
    rows, code, err = sim.moonline("status", str(name), "--json")
    note(f"moonline status: exit {code} {rows} {err[:200]}")
    server = client.request("GET", f"/v1/orders/{mine['id']}").data["status"]
    word = {"ACTIVE": "waiting", "OTP_RECEIVED": "received", "CANCELED": "cancelled"}[server]
    check("moonline status tells the server's state", lambda: rows,
          expect=lambda r: word in json.dumps(r) or f"{word} (the server says {server})")
    rows, code, err = sim.moonline("orders", "--json")
    note(f"moonline orders: exit {code} {rows[:2]} {err[:200]}")

# A code comes after 8 to 20 s and the hold is 120 s, so that only a silent service can be cancelled.
with Simulator("--contract", "--silent", "twitter") as sim:
    if sim.process.poll() is not None or not sim.base:
        note("this simulator has no --silent: cancel after the hold cannot be played")
    else:
        client = SmscodeClient(token=sim.env["MOONLINE_SMSCODE_V2_TOKEN"], base_url=sim.base)
        twitter = 1166
        one = client.orders.create(catalog_product_id=twitter).orders[0]["id"]
        two = client.v1.orders.create(catalog_product_id=twitter).orders[0]["id"]
        rows, code, err = sim.moonline("buy", "--service", "twitter", "--country", "GB",
                                       "--provider", "smscode_v2", "--json")
        name = str(rows[-1].get("order"))
        mine = client.orders.active()[0]["id"]
        time.sleep(120 / sim.speed + 0.2)
        check("capability can_cancel after the hold", lambda: client.orders.get(one),
              expect=lambda o: o.capabilities.can_cancel
              and o.capabilities.cancel_available_at is None)
        check("v2.cancel after the hold", lambda: client.orders.cancel(one), expect=lambda r:
              isinstance(r, CancelResultV2) and r.status == "CANCELED"
              and r.refund_amount.canonical_amount == 7200)
        check("v1.cancel after the hold", lambda: client.v1.orders.cancel(two), expect=lambda r:
              r.refund_amount == 7200 and r.new_balance > 300000)
        check("v2.cancel twice", lambda: client.orders.cancel(one), raises=ConflictError)
        check("v2.wait_for_otp of a cancelled order", lambda: client.orders.wait_for_otp(
            one, timeout_ms=500, poll_interval_ms=100), raises=OrderTerminalError)
        check("list(status=CANCELED)", lambda: client.orders.list(status="CANCELED"),
              expect=lambda l: sorted(o["id"] for o in l.orders) == sorted([one, two])
              and bool(l.orders[0]["canceled_at"]))
        check("the SDK cancels what moonline bought", lambda: client.orders.cancel(mine),
              expect=lambda r: r.status == "CANCELED")
        rows, code, err = sim.moonline("status", name, "--json")
        note(f"moonline status: exit {code} {rows} {err[:200]}")
        check("moonline status shows what the SDK cancelled", lambda: json.dumps(rows),
              expect=lambda t: '"cancelled"' in t)
        rows, code, err = sim.moonline("buy", "--service", "twitter", "--country", "GB",
                                       "--provider", "smscode_v2", "--json")
        name = str(rows[-1].get("order"))
        rows, code, err = sim.moonline("cancel", name, "--settle", "20s", "--json")
        note(f"moonline cancel after the hold: exit {code} {rows} {err[:200]}")
        check("the SDK shows what moonline cancelled", lambda: client.v1.orders.list(limit=1),
              expect=lambda l: l[0]["status"] == "CANCELED")
        check("the money is back", client.v1.balance.get, expect=lambda b: b.balance == 382500)
with Simulator("--contract", speed=5) as sim:     # 300 a minute, that is 300 in 12 s
    client = SmscodeClient(token=sim.env["MOONLINE_SMSCODE_V2_TOKEN"], base_url=sim.base)
    check("rate limit", lambda: [client.request("GET", "/v2/balance") for _ in range(420)],
          raises=RateLimitError, attrs={"http_status": 429, "code": "RATE_LIMIT_EXCEEDED"})
    try:
        for _ in range(420): client.request("GET", "/v2/balance")
    except RateLimitError as error:
        check("rate limit tells Retry-After", lambda: error.retry_after_seconds,
              expect=lambda s: s is not None and s >= 1)
finish()
