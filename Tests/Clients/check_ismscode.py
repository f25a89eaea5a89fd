"""PyPI ismscode 0.0.3 is no client of iSMScode.

It is a Tkinter window for api.sms-man.com's handler_api (plain HTTP, key from API_Key.txt), whose
import builds nothing but needs tkinter, and whose entry point first fetches a list of machine ids
from anotepad.com and runs `wmic`. It is therefore not imported: its source is parsed, its four
functions that speak to a provider are run with stand-ins for the window, and `requests.get` sends
http://api.sms-man.com to the simulator's virtualsms_legacy. login() and myapp() are never run.
No published client speaks iSMScode's /api/v3, so the document's own examples are driven instead.
"""
import ast, importlib.util, os, tempfile, time
from harness import *
watch_requests()
import requests

source = open(importlib.util.find_spec("ismscode").origin).read()
tree = ast.parse(source)
check("the package names sms-man and not ismscode.com", lambda: source,
      expect=lambda s: "api.sms-man.com/stubs/handler_api.php" in s and "ismscode.com" not in s)

class Window:
    def __init__(self): self.lines = []
    def insert(self, _, text): self.lines.append(text.strip())
    def get(self): return "tg"

with Simulator() as sim, tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    names = ("get_balance", "get_number", "get_sms", "delete_number")
    functions = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name in names]
    window = Window()
    class Redirected:
        @staticmethod
        def get(url):
            # It keeps the line end of Numbers.txt behind the id, which sms-man's PHP reads over.
            url = url.replace("http://api.sms-man.com", sim.base).replace("\n", "")
            return requests.get(url)
    space = {"requests": Redirected, "result": window, "clicked": window, "END": "end",
             "CurrencyRates": lambda: type("C", (), {"convert": lambda s, a, b, x: x})(),
             "get_api": sim.env["MOONLINE_VIRTUALSMS_LEGACY_API_KEY"],
             "messagebox": type("M", (), {"askokcancel": staticmethod(lambda *_: 1)})}
    exec(compile(ast.Module(functions, []), "ismscode", "exec"), space)
    open("Numbers.txt", "w").close()
    def do(name):
        window.lines.clear(); space[name](); return list(window.lines)
    check("get_balance", lambda: do("get_balance"), expect=lambda l: l == ["$ 25.5"])
    check("get_number", lambda: do("get_number"), expect=lambda l: l[0].startswith("+79"))
    check("get_sms while waiting", lambda: do("get_sms"), expect=lambda l: l == ["WAIT FOR CODE"])
    time.sleep(0.6)
    check("get_sms after the code", lambda: do("get_sms"),
          expect=lambda l: l[0].startswith("CODE:") and len(l[0]) == 11)
    do("get_number")
    check("delete_number (setStatus -1) inside the hold", lambda: (do("delete_number"),
          LAST["reply"])[1], expect=lambda t: t == "200 EARLY_CANCEL_DENIED")

    # --- the document, with requests
    base, key = sim.base + "/api/v3", sim.env["MOONLINE_ISMSCODE_API_KEY"]
    bearer, header = {"Authorization": f"Bearer {key}"}, {"API-Key": key}
    def call(method, path, headers=bearer, **named):
        reply = requests.request(method, base + path, headers=headers, timeout=10, **named)
        return reply.status_code, reply.json()
    def refused(status, code):
        return lambda r: r[0] == status and r[1]["status"] == "error" and r[1]["code"] == code
    for label, headers in (("bearer", bearer), ("API-Key", header)):
        check(f"countries, {label}", lambda: call("GET", "/countries", headers), expect=lambda r:
              r[1]["status"] == "success" and {"code": "US", "name": "United States",
                                               "prefix": "+1"} in r[1]["countries"])
    check("services", lambda: call("GET", "/services"), expect=lambda r:
          r[1]["services"] == ["whatsapp", "telegram", "google", "facebook", "instagram",
                               "twitter", "amazon"])
    buy = lambda **body: call("POST", "/numbers/request", json=body)
    got = check("request a US number for WhatsApp", lambda: buy(country="US", service="whatsapp"),
                expect=lambda r: r[1]["number"]["id"].startswith("num_")
                and r[1]["number"]["phone"].startswith("+1")
                and r[1]["number"]["expires_at"].endswith("Z"))
    sms = f"/numbers/{got[1]['number']['id']}/sms"
    check("no message yet", lambda: call("GET", sms), expect=lambda r: r[1]["sms"] == [])
    check("the message", lambda: until(lambda: call("GET", sms), lambda r: r[1]["sms"]),
          expect=lambda r: set(r[1]["sms"][0]) == {"from", "text", "received_at"})
    check("wrong key", lambda: call("GET", "/services", {"API-Key": "x"}),
          expect=refused(401, "unauthorized"))
    check("no key", lambda: call("GET", "/services", {}), expect=refused(401, "unauthorized"))
    check("unknown service", lambda: buy(country="US", service="zz"),
          expect=refused(400, "invalid_service"))
    check("unknown country", lambda: buy(country="ZZ", service="whatsapp"),
          expect=refused(400, "invalid_country"))
    check("out of stock", lambda: buy(country="RU", service="facebook"),
          expect=refused(404, "no_numbers_available"))
    check("unknown number", lambda: call("GET", "/numbers/num_none/sms"),
          expect=lambda r: r[0] == 404 and r[1]["status"] == "error")
    check("balance used up", lambda: [buy(country="US", service="whatsapp") for _ in range(25)][-1],
          expect=refused(402, "insufficient_balance"))
with Simulator(speed=200) as sim:
    base, key = sim.base + "/api/v3", sim.env["MOONLINE_ISMSCODE_API_KEY"]
    rows, code, err = sim.moonline("verify", "--service", "telegram", "--country", "GB",
                                   "--provider", "ismscode", "--json")
    note(f"moonline verify: exit {code} {rows[-1:]} {err[:200]}")
    charge = sim.state("ismscode")["charges"]
    check("moonline's order on the same server has the code that it reports", lambda: requests.get(
        f"{base}/numbers/{charge[0]['order_id']}/sms", headers={"API-Key": key}).json(),
        expect=lambda r: "".join(c for c in r["sms"][0]["text"] if c.isdigit()) in json.dumps(rows))
with Simulator(speed=10) as sim:
    base, key = sim.base + "/api/v3", sim.env["MOONLINE_ISMSCODE_API_KEY"]
    def rush():
        for _ in range(720):
            reply = requests.get(base + "/services", headers={"API-Key": key})
            if reply.status_code == 429: return reply.json()
    check("rate limit", rush, expect=lambda r: r and r["code"] == "rate_limit_exceeded")
finish()
