"""What a cashier does with hands and eyes, and what the daemon then has on record."""

import json
import re
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass

from playwright.sync_api import expect

TEA, WATER, COFFEE = "6901424333948", "6921168509256", "6917878008691"


@dataclass
class LogIn:
    user: str
    password: str
    pin: str


class API:
    def __init__(self, url, log_in):
        self.url = url
        self.token = None
        self.token = self.post("/sessions", {"user": log_in.user, "password": log_in.password})["token"]

    def get(self, path):
        return self.request("GET", path)

    def post(self, path, body):
        return self.request("POST", path, body)

    def request(self, method, path, body=None):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"{self.url}/api/v1{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.loads(response.read() or b"null")

    def open_tills(self):
        for till in self.get("/context")["tills"]:
            try:
                self.get(f"/till-sessions/current?tillID={till['id']}")
            except urllib.error.HTTPError as error:
                assert error.code == 404
                self.post("/till-sessions", {"id": str(uuid.uuid4()), "tillID": till["id"], "floatFen": 20000})

    def sales(self):
        """Every sale and return of the business day."""
        day, cursor, items = self.get("/context")["businessDate"], "", []
        while cursor is not None:
            page = self.get(f"/sales?businessDate={day}&limit=200" + (f"&cursor={cursor}" if cursor else ""))
            items += page["items"]
            cursor = page["nextCursor"]
        return items

    def products(self):
        cursor, items = "", []
        while cursor is not None:
            page = self.get("/products?limit=200" + (f"&cursor={cursor}" if cursor else ""))
            items += page["items"]
            cursor = page["nextCursor"]
        return items

    def product(self, barcode):
        return self.get(f"/products/by-barcode/{barcode}")["product"]


class Till:
    def __init__(self, page, server, api, errors):
        self.page, self.server, self.api, self.errors = page, server, api, errors

    # What the cashier does

    def press(self, key):
        self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.type(text)

    def scan(self, barcode):
        self.type(barcode)
        self.press("Enter")

    def fill_form(self, *values):
        """Types each value and presses Enter; None leaves a field as it is."""
        for value in values:
            if value is not None:
                self.type(value)
            self.press("Enter")

    def sell(self, *barcodes):
        """A whole cash sale with the exact amount."""
        for count, barcode in enumerate(barcodes, start=1):
            self.scan(barcode)
            expect(self.lines).to_have_count(count)
        self.pay_exact()
        return self.wait_done()

    def pay_exact(self):
        self.open_payment()
        self.press("F1")
        self.press("Enter")

    def open_payment(self):
        self.wait_priced()
        self.press("F12")
        expect(self.page.locator("#pay")).to_be_visible()

    def approve(self, amount=""):
        """The manager reads what is approved, the `amount` among it, and gives name and PIN."""
        expect(self.dialog).to_contain_text("请负责人批准")
        expect(self.dialog.locator(".intro")).to_contain_text(amount)
        self.fill_form(self.server.manager.user, self.server.manager.pin)

    def choose_till_if_asked(self):
        question = self.page.locator("dialog", has_text="哪个收银台")
        expect(question.or_(self.page.locator("#till:not(:empty)"))).to_be_visible()
        if question.count():
            self.press("Enter")

    # What the cashier sees

    @property
    def lines(self):
        return self.page.locator("#rows tr")

    @property
    def due(self):
        return self.page.locator("#due")

    @property
    def done(self):
        return self.page.locator("#done")

    @property
    def dialog(self):
        return self.page.locator("dialog").last

    @property
    def alert(self):
        return self.dialog.get_by_role("alert")

    def line(self, index):
        return self.lines.nth(index)

    def wait_ready(self):
        expect(self.page.locator("#till")).not_to_be_empty()
        expect(self.page.locator("#scan")).to_be_focused()

    def wait_priced(self):
        expect(self.due).not_to_have_text(re.compile(r"^(…|0\.00)$"))

    def wait_done(self):
        """Waits for the end of a sale; its number."""
        expect(self.done).to_be_visible()
        return int("".join(filter(str.isdigit, self.page.locator("#done-number").inner_text())))

    def expect_receipt(self):
        """The receipt is there; a picture must have loaded."""
        expect(self.page.locator("#receipt img, #receipt pre")).to_be_visible()
        for picture in self.page.locator("#receipt img").all():
            expect(picture).to_have_js_property("complete", True)
            assert picture.evaluate("image => image.naturalWidth") > 0

    def figure(self):
        return self.page.locator("#done-figures strong").first

    def kept(self, key):
        """What the browser keeps under this name."""
        return json.loads(self.page.evaluate("key => localStorage.getItem(key)", f"posd.{key}") or "null")


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02d}"


def watch_errors(page):
    """Uncaught exceptions and breaches of the content policy."""
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text)
            if "Content Security Policy" in message.text else None)
    return errors
