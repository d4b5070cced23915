"""A client of the staff listener over one kept-alive connection, and a cashier's till on top of it."""

import http.client
import json
import re
import uuid

from daemon import ERRORS

API = "/api/v1"
CONNECTION_SECONDS = 60


def new_id():
    return str(uuid.uuid4())


def encoded(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class Answer:
    """One answer: status, headers (names in lower case) and body bytes."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body

    @property
    def json(self):
        return json.loads(self.body.decode("utf-8"))

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def code(self):
        return self.json.get("code") if self.is_problem else None

    @property
    def is_problem(self):
        return self.headers.get("content-type", "").startswith("application/problem+json")

    def expect(self, status):
        """The decoded body of an answer that must have this status."""
        assert self.status == status, f"expected {status}, got {self!r}"
        return self.json if self.body else None

    def __repr__(self):
        return f"{self.status} {self.body[:800].decode('utf-8', 'replace')}"


class Client:
    """Requests of one user; reconnects by itself when a kept-alive connection has gone stale."""

    def __init__(self, daemon, token=None):
        self.daemon = daemon
        self.token = token
        self.user = None
        self._connection = None

    def close(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def fetch(self, method, path, body=None, headers=None):
        """A request for any path of the listener."""
        head = dict(headers or {})
        if self.token and "Authorization" not in head:
            head["Authorization"] = f"Bearer {self.token}"
        if body is not None and not isinstance(body, bytes):
            body = encoded(body)
        if body is not None and "Content-Type" not in head:
            head["Content-Type"] = "application/json"
        reused = self._connection is not None
        try:
            return self._exchange(method, path, body, head)
        except (http.client.HTTPException, OSError):
            self.close()
            if not reused:
                raise
            return self._exchange(method, path, body, head)

    def _exchange(self, method, path, body, head):
        if self._connection is None:
            self._connection = http.client.HTTPConnection(
                "127.0.0.1", self.daemon.port, timeout=CONNECTION_SECONDS
            )
        self._connection.request(method, path, body, {k: v for k, v in head.items() if v is not None})
        response = self._connection.getresponse()
        answer = Answer(response.status, response.getheaders(), response.read())
        if response.will_close:
            self.close()
        return answer

    def get(self, path):
        return self.fetch("GET", API + path)

    def post(self, path, body, headers=None):
        return self.fetch("POST", API + path, body, headers)

    def put(self, path, body):
        return self.fetch("PUT", API + path, body)

    def delete(self, path):
        return self.fetch("DELETE", API + path)

    def log_in(self, user, password):
        answer = self.fetch("POST", API + "/sessions", {"user": user, "password": password}, {"Authorization": None})
        session = answer.expect(201)
        self.token, self.user = session["token"], session["user"]
        return self

    def log_in_as(self, role):
        name, password, _ = self.daemon.logins[role]
        return self.log_in(name, password)

    def all_items(self, path, limit=200):
        """Every item of a list, page by page."""
        items, cursor = [], None
        joint = "&" if "?" in path else "?"
        while True:
            page = self.get(f"{path}{joint}limit={limit}" + (f"&cursor={cursor}" if cursor else "")).expect(200)
            items += page["items"]
            cursor = page["nextCursor"]
            if cursor is None:
                return items


class Till:
    """A user at an open till of their station."""

    def __init__(self, client):
        self.client = client
        self.context = client.get("/context").expect(200)
        self.till_id = self.context["tills"][0]["id"]
        current = client.get(f"/till-sessions/current?tillID={self.till_id}")
        if current.status == 404:
            opening = {"id": new_id(), "tillID": self.till_id, "floatFen": 20000}
            current = client.post("/till-sessions", opening)
            self.session_id = current.expect(201)["id"]
        else:
            self.session_id = current.expect(200)["id"]

    def quote(self, items, gift=None, tenders=None):
        return self.client.post("/quotes", basket(items, gift, tenders)).expect(200)

    def sale_request(self, items, tenders=None, gift=None, **more):
        """What `POST /sales` takes; without tenders it is paid exactly, in cash."""
        due = self.quote(items, gift)["totals"]["dueFen"]
        body = basket(items, gift, tenders or [cash(due)])
        return {"id": new_id(), "tillSessionID": self.session_id, "dueFen": due, **body, **more}

    def sell(self, items, tenders=None, gift=None, **more):
        return self.client.post("/sales", self.sale_request(items, tenders, gift, **more)).expect(201)

    def return_request(self, sale_id, items, reason="quality", **more):
        """What `POST /sales/{id}/returns` takes, with the refund that a return quote promises."""
        asked = {"items": items, **{k: v for k, v in more.items() if k == "refundGift"}}
        quote = self.client.post(f"/sales/{sale_id}/return-quotes", asked).expect(200)
        body = {"id": new_id(), "tillSessionID": self.session_id, "items": items, "reason": reason}
        return quote, {**body, "refundFen": quote["refundFen"], **more}

    def give_back(self, sale_id, items, **more):
        """A return, and the quote it was made from."""
        quote, body = self.return_request(sale_id, items, **more)
        return quote, self.client.post(f"/sales/{sale_id}/returns", body).expect(201)


def basket(items, gift=None, tenders=None):
    body = {"items": items}
    if gift is not None:
        body["gift"] = gift
    if tenders is not None:
        body["tenders"] = tenders
    return body


def cash(given_fen):
    return {"kind": "cash", "givenFen": given_fen}


def wechat(amount_fen, reference="wx0001"):
    return {"kind": "wechat", "amountFen": amount_fen, "reference": reference}


def documented_codes():
    """The codes that `docs/ERRORS.md` lists: each opens a table row, a heading or a list item."""
    text = ERRORS.read_text(encoding="utf-8")
    return set(re.findall(r"^\s*(?:\||#+|[*-])\s*`([a-z][a-z0-9_]*)`", text, re.M))


def assert_refusal(answer, status=None, code=None):
    """A refusal says what is wrong: a 4xx, a code of the list, two sentences, and nothing of the inside."""
    assert 400 <= answer.status < 500, f"not a refusal: {answer!r}"
    assert answer.is_problem, f"no problem document: {answer.headers} {answer!r}"
    problem = answer.json
    assert problem["status"] == answer.status
    assert problem["code"] in documented_codes(), f"{problem['code']} is not in ERRORS.md"
    for member in ("detail", "detailEn"):
        assert isinstance(problem[member], str) and len(problem[member]) >= 4, f"no {member}: {answer!r}"
    for leak in ("SQLite", "SELECT ", "INSERT ", ".swift", "/Sources/", "posd.sqlite", "DecodingError"):
        assert leak not in answer.text, f"the answer shows {leak}: {answer!r}"
    if status is not None:
        assert answer.status == status, repr(answer)
    if code is not None:
        assert problem["code"] == code, repr(answer)
