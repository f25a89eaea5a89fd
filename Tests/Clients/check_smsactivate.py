"""PyPI smsactivate 1.5 (official) and herosms 0.1.1 against virtualsms_legacy.

smsactivate has its URL in a private attribute: `api._SMSActivateAPI__api_url = …` is set after
the constructor. herosms takes base_url=….
"""
import time
from harness import *
watch_requests()
watch_httpx()
from smsactivate.api import SMSActivateAPI
from herosms._sync import SyncHeroSMSClient
from herosms import HeroSMSClient
from herosms.exceptions import *
import asyncio

NOT_PLAYED = {"error": "BAD_ACTION", "message": "Invalid action (action parameter)"}

def opened(sim, key=None):
    api = SMSActivateAPI(key or sim.env["MOONLINE_VIRTUALSMS_LEGACY_API_KEY"])
    api._SMSActivateAPI__api_url = sim.base + "/stubs/handler_api.php"
    return api

def error(name):
    return lambda r: isinstance(r, dict) and r.get("error") == name

with Simulator() as sim:
    api = opened(sim)
    check("getBalance", api.getBalance, expect=lambda r: r == {"balance": "25.50"})
    check("getCountries", api.getCountries,
          expect=lambda r: r["16"]["eng"] == "United Kingdom" and r["16"]["id"] == 16)
    check("getPrices", api.getPrices, expect=lambda r: r["16"]["tg"]["cost"] == 0.5
          and r["16"]["tg"]["count"] > 0)
    check("getPrices(service, country)", lambda: api.getPrices("tg", 16), expect=lambda r:
          list(r) == ["16"] and list(r["16"]) == ["tg"])
    check("getPrices(country=0)", lambda: api.getPrices("tg", 0), expect=lambda r: list(r) == ["0"])
    check("getPrices(unknown service)", lambda: api.getPrices("zz"), expect=error("BAD_SERVICE"))

    order = check("getNumber", lambda: api.getNumber(service="tg", country=16), expect=lambda r:
                  type(r["activation_id"]) is int and str(r["phone"]).startswith("44"))
    check("getNumber with every option of the client", lambda: api.getNumber(
        service="tg", country=16, freePrice="true", maxPrice=2, phoneException="4470",
        operator="any", ref="1", verification="true", forward="0"),
        expect=lambda r: r["activation_id"] == order["activation_id"] + 1)
    check("getNumber out of stock", lambda: api.getNumber(service="fb", country=0),
          expect=error("NO_NUMBERS"))
    check("getNumber unknown service", lambda: api.getNumber(service="zz", country=16),
          expect=error("BAD_SERVICE"))
    check("getNumber without a service", lambda: api.getNumber(country=16),
          expect=error("BAD_SERVICE"))
    check("getStatus while waiting", lambda: api.getStatus(order["activation_id"]),
          expect=lambda r: r == "STATUS_WAIT_CODE"
          and api.activationStatus(r)["message"] == "Waiting for sms")
    check("getStatus unknown", lambda: api.getStatus(1), expect=error("NO_ACTIVATION"))
    check("setStatus 1", lambda: api.setStatus(order["activation_id"], status=1),
          expect=lambda r: r == "ACCESS_READY")
    check("setStatus 3 before the code", lambda: api.setStatus(
        api.getNumber(service="tg", country=16)["activation_id"], status=3),
        expect=error("BAD_STATUS"))
    check("setStatus 6 before the code", lambda: api.setStatus(
        api.getNumber(service="tg", country=16)["activation_id"], status=6),
        expect=error("BAD_STATUS"))
    check("setStatus 8 inside the hold", lambda: api.setStatus(
        api.getNumber(service="tg", country=16)["activation_id"], status=8),
        expect=lambda r: r == "EARLY_CANCEL_DENIED")
    check("setStatus -1 inside the hold", lambda: api.setStatus(
        api.getNumber(service="tg", country=16)["activation_id"], status=-1),
        expect=lambda r: r == "EARLY_CANCEL_DENIED")
    check("setStatus 9", lambda: api.setStatus(order["activation_id"], status=9),
          expect=error("BAD_STATUS"))
    ready = check("getStatus until the code", lambda: until(
        lambda: api.getStatus(order["activation_id"]), lambda r: str(r).startswith("STATUS_OK:")),
        expect=lambda r: r.startswith("STATUS_OK:") and len(r) == len("STATUS_OK:") + 6)
    check("setStatus 8 after the code", lambda: api.setStatus(order["activation_id"], status=8),
          expect=error("BAD_STATUS"))
    check("setStatus 3", lambda: api.setStatus(order["activation_id"], status=3),
          expect=lambda r: r == "ACCESS_RETRY_GET")
    check("getStatus waits for another, with the last code", lambda: api.getStatus(
        order["activation_id"]), expect=lambda r: r == ready.replace("OK", "WAIT_RETRY"))
    check("getStatus until another code", lambda: until(
        lambda: api.getStatus(order["activation_id"]), lambda r: str(r).startswith("STATUS_OK:")),
        expect=lambda r: r.startswith("STATUS_OK:") and r != ready)
    check("setStatus 6", lambda: api.setStatus(order["activation_id"], status=6),
          expect=lambda r: r == "ACCESS_ACTIVATION")
    check("setStatus 6 twice", lambda: api.setStatus(order["activation_id"], status=6),
          expect=error("BAD_STATUS"))
    check("wrong key", opened(sim, "wrong").getBalance, expect=error("BAD_KEY"))
    # Actions that VirtualSMS's document does not name.
    for name in ("getNumbersStatus", "getOperators", "getActiveActivations", "getRentList",
                 "getTopCountriesByService", "getBalanceAndCashBack"):
        check(f"{name} is no action of VirtualSMS", getattr(api, name),
              expect=lambda r: r == NOT_PLAYED)
    check("getNumberV2 is no action of VirtualSMS", lambda: api.getNumberV2(service="tg", country=16),
          expect=lambda r: r == NOT_PLAYED)
    check("getFullSms is no action of VirtualSMS", lambda: api.getFullSms(order["activation_id"]),
          expect=lambda r: r == NOT_PLAYED)

    # --- both interfaces of VirtualSMS are one account
    check("the native API lists the same orders", lambda: __import__("requests").get(
        sim.base + "/api/v1/customer/orders", headers={
            "X-API-Key": sim.env["MOONLINE_VIRTUALSMS_API_KEY"]}).json(),
        expect=lambda r: any(o["phone_number"] == f"+{order['phone']}" and
                             o["status"] == "completed" for o in r["orders"]))

    # --- herosms
    hero = SyncHeroSMSClient(api.api_key, base_url=sim.base + "/stubs/handler_api.php",
                             retry_attempts=2, retry_wait=0.05)
    async def hero_do(work):
        async with HeroSMSClient(api.api_key, base_url=sim.base + "/stubs/handler_api.php",
                                 retry_attempts=2, retry_wait=0.05) as client:
            return await work(client)
    def h(work):
        return lambda: asyncio.run(hero_do(work))
    check("hero get_balance", h(lambda c: c.get_balance()), expect=lambda b: b.amount > 0)
    check("hero get_countries", h(lambda c: c.get_countries()), expect=lambda l: any(
        c.id == 16 and c.name == "United Kingdom" for c in l))
    check("hero get_prices", h(lambda c: c.get_prices(service="tg", country=16)),
          expect=lambda p: p["16"]["tg"].cost == 0.5 and p["16"]["tg"].count > 0)
    bought = api.getNumber(service="tg", country=16)["activation_id"]
    check("hero get_status_v1", h(lambda c: c.get_status_v1(bought)),
          expect=lambda s: s == "STATUS_WAIT_CODE")
    until(lambda: api.getStatus(bought), lambda r: r.startswith("STATUS_OK"))
    async def session(client):
        activation = client.activations.attach(bought)
        await activation.request_sms()
        waiting = await client.get_status_v1(bought)
        await activation.complete()
        return waiting, await client.get_status_v1(bought)
    check("hero attach, request_sms, complete", h(session), expect=lambda r:
          r[0].startswith("STATUS_WAIT_RETRY:") and r[1].startswith("STATUS_OK:"))
    check("hero create needs getNumberV2: raw BAD_ACTION", h(lambda c: c.activations.create(
        service="tg", country=16, response_format="raw")), expect=lambda r: r == "BAD_ACTION")
    sim.fault("500", "virtualsms_legacy", "balance", 1)
    check("hero outlives a 500", h(lambda c: c.get_balance()), expect=lambda b: b.amount > 0)
    sim.fault("503", "virtualsms_legacy", "balance", 1)  # which its table does not name
    check("hero 503", h(lambda c: c.get_balance()), raises=APIError, attrs={"status_code": 503})
    sim.fault("500", "virtualsms_legacy", "balance", 2)
    check("hero 500", h(lambda c: c.get_balance()), raises=ServerError)
    # --- moonline on the same server
    rows, code, err = sim.moonline("verify", "--service", "telegram", "--country", "GB",
                                   "--provider", "virtualsms_legacy", "--json")
    note(f"moonline verify: exit {code} {rows[-1:]} {err[:200]}")
    last = next(r for r in reversed(sim.state("virtualsms")["charges"]))
    number = 610000000 + len(sim.state("virtualsms")["charges"])
    check("the client reads the code of moonline's order", lambda: api.getStatus(number),
          expect=lambda r: r.startswith("STATUS_OK:") and r[10:] in json.dumps(rows))

with Simulator("--silent", "twitter") as sim:
    if sim.process.poll() is not None or not sim.base:
        note("this simulator has no --silent: cancel after the hold cannot be played")
    else:
        api = opened(sim)
        one, two = (api.getNumber(service="tw", country=16)["activation_id"] for _ in (1, 2))
        rows, code, err = sim.moonline("buy", "--service", "twitter", "--country", "GB",
                                       "--provider", "virtualsms_legacy", "--json")
        name = str(rows[-1].get("order"))
        time.sleep(120 / sim.speed + 0.5)
        check("setStatus 8 after the hold", lambda: api.setStatus(one, status=8),
              expect=lambda r: r == "ACCESS_CANCEL")
        check("setStatus -1 after the hold", lambda: api.setStatus(two, status=-1),
              expect=lambda r: r == "ACCESS_CANCEL")
        check("getStatus of what was cancelled", lambda: api.getStatus(one),
              expect=error("STATUS_CANCEL"))
        check("setStatus 8 of moonline's order", lambda: api.setStatus(610000003, status=8),
              expect=lambda r: r == "ACCESS_CANCEL")
        rows, code, err = sim.moonline("status", name, "--json")
        note(f"moonline status: exit {code} {rows} {err[:200]}")
        check("moonline status shows what the client cancelled", lambda: json.dumps(rows),
              expect=lambda t: "cancelled" in t)
        check("the money is back", api.getBalance, expect=lambda r: r["balance"] == "25.50")
with Simulator(speed=3) as sim:     # 600 a minute, that is 600 in 20 s
    key = sim.env["MOONLINE_VIRTUALSMS_LEGACY_API_KEY"]
    async def rush():
        async with HeroSMSClient(key, base_url=sim.base + "/stubs/handler_api.php",
                                 retry_attempts=1) as client:
            for _ in range(660):
                await client.get_balance()
    check("hero rate limit", lambda: asyncio.run(rush()), raises=APIError,
          attrs={"status_code": 429})
finish()
