"""Strange input: whatever is sent, at every entry: a clear refusal or a normal answer."""

import httpx

from . import strange
from .customer import Customer, says
from .harm import STALL, secret_of, unharmed
from .product import Product


def fault(answer: httpx.Response) -> str | None:
    """What is wrong with an answer to something strange; None when nothing is."""
    if answer.status_code >= 500:
        return f"{answer.status_code} {answer.text[:80]}"
    if answer.elapsed.total_seconds() > STALL:
        return f"took {answer.elapsed.total_seconds():.1f} s"
    page = answer.headers.get("content-type", "").startswith("text/html")
    if answer.status_code >= 400 and not page and not {"code", "message"} <= answer.json().keys():
        return f"{answer.status_code} without a code and a message: {answer.text[:80]}"
    return None


def test_a_strange_body_is_refused_or_taken_at_every_entry(shop: Product) -> None:
    customer = Customer(shop)
    here, own = f"/api/v1/conversations/{customer.id}", {**customer._headers}
    events = f"{here}/events?wait=0"
    entries = [
        ("POST", "/api/v1/conversations", {"locale": "en"}, {}),
        ("POST", f"{here}/messages", {"id": "x", "text": "hello"}, own),
        ("POST", f"{here}/messages", {"id": "x", "text": "hello"}, {}),
        ("GET", events, {}, own),
        ("POST", "/webhooks/telegram", {"update_id": 1}, {}),
        ("POST", "/webhooks/telegram", {"update_id": 1, "message": {}}, secret_of(shop)),
        ("POST", "/webhooks/nobody", {"a": 1}, {}),
        ("POST", "/internal/actions", {"next_action": "x", "sender_id": "y"}, {"X-Frontdoor-Secret": "guessed"}),
        *(("POST", place, {"key": "x"}, {}) for place in ("/operator", "/operator/figures", "/kb/x", "/nowhere")),
        *(("GET", place, {}, {}) for place in ("/metrics", "/health/ready", "/health/live", "/kb/x", "/web/widget.js")),
    ]
    faults = []
    with unharmed(shop) as client:
        for method, place, good, headers in entries:
            tried = [(name, body, {"Content-Type": "application/json"}) for name, body in strange.bodies(good)]
            tried += [(f"type {kind[:30]}", strange.json_of(good), {"Content-Type": kind}) for kind in strange.TYPES]
            tried += [("says it is gzip", strange.json_of(good), {"Content-Encoding": "gzip"})]
            for name, body, kind in tried:
                answer = client.request(method, place, content=body, headers={**headers, **kind})
                if wrong := fault(answer):
                    faults.append(f"{method} {place[-40:]} {name}: {wrong}")
        assert not faults, "\n".join(faults[:40])
    # Another customer: in the first one's conversation some of what was sent may still wait for its answer.
    assert says(Customer(shop).say("I want to talk to a human"), "en", "ask-question")


def test_strange_addresses_and_headers_are_refused_or_read(open_shop: Product) -> None:
    customer = Customer(open_shop)
    events = f"/api/v1/conversations/{customer.id}/events"
    places = [f"{events}?{name}={word}" for name in ("after", "wait", "x") for word in strange.WORDS]
    for word in strange.WORDS:
        places += [f"/api/v1/conversations/{word}/events?wait=0", f"/kb/{word}", f"/webhooks/{word}", f"/web/{word}"]
        places += [f"/operator?key={word}&lang={word}", f"/metrics?key={word}", f"/health/{word}", f"/{word}"]
    names = ("Last-Event-ID", "Accept-Language", "Authorization", "Accept", "X-Forwarded-For", "Cookie", "Origin")
    values = [
        b"",
        b"-1",
        b"nan",
        b"9" * 30,
        b"9" * 5000,
        b"\xff\xfe",
        b"x" * 20_000,
        b"x," * 5000,
        b";q=," * 3000,
        b"{}",
    ]
    faults = []
    with unharmed(open_shop) as client:
        for place in places:
            # As the bytes go over the line: a client's own care would make them harmless.
            request = client.build_request("GET", "/", headers=customer._headers)
            request.url = request.url.copy_with(raw_path=place.encode())
            if wrong := fault(client.send(request)):
                faults.append(f"{place[:80]}: {wrong}")
        for name in names:
            for value in values:
                for place in (f"{events}?wait=0", "/metrics", "/operator", "/health/ready", "/kb/x"):
                    if name == "Accept" and place.startswith(events):
                        continue  # a stream, which does not end
                    sent: dict[str | bytes, str | bytes] = {**customer._headers, name: value}
                    if wrong := fault(client.get(place, headers=sent)):  # type: ignore[arg-type]
                        faults.append(f"{name}={value[:20]!r} {place}: {wrong}")
    assert not faults, "\n".join(faults[:40])


def test_a_strange_update_of_telegram_is_kept_or_refused(shop: Product) -> None:
    faults = []
    with unharmed(shop) as client:
        for name, body in strange.updates():
            answer = client.post("/webhooks/telegram", content=body, headers=secret_of(shop))
            if wrong := fault(answer):
                faults.append(f"{name}: {wrong}")
    assert not faults, "\n".join(faults[:40])
