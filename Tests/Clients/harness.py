"""Starts the simulator, keeps every connection on loopback, prints one line a check.

MOONLINE_PROGRAM names the built program, which scripts/clients does.
"""
import atexit, json, os, re, shutil, signal, socket, subprocess, sys, tempfile, time
import urllib.request

PROGRAM = os.environ["MOONLINE_PROGRAM"]
SPEED = 50
HOME = tempfile.mkdtemp(prefix="moonline-clients-")
atexit.register(shutil.rmtree, HOME, True)

# Nothing leaves the machine, whatever a client has as its default.
_connect = socket.socket.connect
def _guarded(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1"):
        raise OSError(f"refused by harness: {address}")
    return _connect(self, address)
socket.socket.connect = _guarded
_resolve = socket.getaddrinfo
def _local(host, *rest, **named):
    if host not in ("127.0.0.1", "localhost", None):
        raise OSError(f"refused by harness: {host}")
    return _resolve(host, *rest, **named)
socket.getaddrinfo = _local

LAST = {"request": "", "reply": ""}

def _remember(method, url, status, text):
    url = re.sub(r"(api_key=)[^&]*", r"\1…", re.sub(r"^http://127.0.0.1:\d+", "", str(url)))
    LAST["request"] = f"{method} {url}"
    LAST["reply"] = f"{status} {text[:260]}"

def watch_httpx():
    import httpx
    send = httpx.Client.send
    def wrapped(self, request, **named):
        response = send(self, request, **named)
        response.read()
        _remember(request.method, request.url, response.status_code, response.text)
        return response
    httpx.Client.send = wrapped
    asend = httpx.AsyncClient.send
    async def awrapped(self, request, **named):
        response = await asend(self, request, **named)
        await response.aread()
        _remember(request.method, request.url, response.status_code, response.text)
        return response
    httpx.AsyncClient.send = awrapped

def watch_requests():
    import requests
    send = requests.Session.send
    def wrapped(self, request, **named):
        response = send(self, request, **named)
        _remember(request.method, request.url, response.status_code, response.text)
        return response
    requests.Session.send = wrapped


class Simulator:
    def __init__(self, *arguments, speed=SPEED):
        self.speed = speed
        self.process = subprocess.Popen(
            [PROGRAM, "simulate", "--port", "0", "--speed", str(speed), *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.env = {}
        for line in self.process.stdout:
            match = re.match(r"export (\w+)=(.*)", line.strip())
            if match:
                self.env[match[1]] = match[2]
            if "VIRTUALSMS_LEGACY_POLL_EVERY" in line:
                break
        self.base = next((v for k, v in self.env.items() if k.endswith("_BASE_URL")), None)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def control(self, method, path, body=None):
        request = urllib.request.Request(
            self.base + path, method=method, data=json.dumps(body).encode() if body else None)
        with urllib.request.urlopen(request, timeout=10) as reply:
            text = reply.read().decode()
        return json.loads(text) if text else None

    def fault(self, kind, provider, operation, count=1):
        self.control("POST", "/_simulator/faults", {
            "kind": kind, "provider": provider, "operation": operation, "count": count})

    def clear(self):
        self.control("DELETE", "/_simulator/faults")

    def message(self, provider, order, text):
        self.control("POST", "/_simulator/message",
                     {"provider": provider, "order_id": str(order), "text": text})

    def state(self, provider):
        return self.control("GET", "/_simulator/state")["providers"][provider]

    def moonline(self, *arguments, timeout=90):
        """Runs moonline itself on the same server; its JSON lines, exit code and stderr."""
        os.makedirs(HOME, exist_ok=True)
        home = os.path.join(HOME, str(self.process.pid))
        env = {k: v for k, v in os.environ.items() if not k.startswith("MOONLINE_")}
        env.update(self.env, MOONLINE_HOME=home)
        done = subprocess.run([PROGRAM, *arguments], env=env, text=True, timeout=timeout,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        rows = []
        for line in done.stdout.splitlines():
            try:
                rows.append(json.loads(line))
            except ValueError:
                rows.append({"text": line})
        return rows, done.returncode, done.stderr.strip()


RESULTS = []

def check(name, work, raises=None, expect=None, attrs=None):
    """Runs a check. `raises`: the exact exception type; `expect(value)`: True or a complaint."""
    LAST["request"] = LAST["reply"] = ""
    value, complaint = None, None
    try:
        value = work()
        if raises is not None:
            complaint = f"returned {str(value)[:160]} / expected {raises.__name__}"
        elif expect is not None:
            outcome = expect(value)
            if isinstance(outcome, str) or not outcome:
                complaint = f"returned {str(value)[:200]} / expected {outcome or expect_text(name)}"
    except Exception as error:
        if raises is None:
            complaint = f"raised {type(error).__name__}: {str(error)[:160]} / expected a result"
        elif type(error) is not raises:
            complaint = (f"raised {type(error).__name__}: {str(error)[:120]}"
                         f" / expected {raises.__name__}")
        else:
            value = error
            for key, wanted in (attrs or {}).items():
                if getattr(error, key) != wanted:
                    complaint = f"{type(error).__name__}.{key} is {getattr(error, key)!r}" \
                                f" / expected {wanted!r}"
    RESULTS.append((name, complaint))
    if complaint is None:
        print(f"ok {name}", flush=True)
    else:
        print(f"FAIL {name}: {complaint} / simulator sent {LAST['request']} -> {LAST['reply']}",
              flush=True)
    return value if complaint is None or raises is None else None

def expect_text(name):
    return "what the name of the check says"

def note(text):
    print(f"-- {text}", flush=True)

def until(work, done, seconds=8.0, pause=0.15):
    """Asks until `done` holds, a bounded number of times."""
    end = time.monotonic() + seconds
    while True:
        value = work()
        if done(value) or time.monotonic() > end:
            return value
        time.sleep(pause)

def finish():
    failed = [name for name, complaint in RESULTS if complaint]
    print(f"== {len(RESULTS)} checks, {len(RESULTS) - len(failed)} ok, {len(failed)} failed")
    sys.exit(1 if failed else 0)
