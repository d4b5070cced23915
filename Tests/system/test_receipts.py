"""Receipts as text, picture and printer bytes, and the page a citizen opens from the code on the paper."""

import re
import unicodedata
from xml.etree import ElementTree

import pytest

import wire
from client import Client, Till, assert_refusal, cash, new_id, wechat
from daemon import Daemon
from goods import open_good, worked_sale

PLEDGES = ("0.0544", "0.2928", "0.1578")
BASE_URL = "http://receipts.example.org"


def squeezed(text):
    """Without the blanks and line ends that a layout puts in."""
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def sale(till):
    return till.sell(worked_sale(), tenders=[wechat(1000), cash(2000)], gift={"amountFen": 100})


def receipt(client, sale, kind, columns=48):
    answer = client.get(f"/sales/{sale['id']}/receipt.{kind}?columns={columns}")
    assert answer.status == 200, repr(answer)
    return answer


def assert_says_everything(text, sale):
    """What every form of the receipt must show."""
    flat = squeezed(text)
    for name in ("蛋糕", "雀巢咖啡", "大米"):
        assert name in flat
    for amount in ("2.72", "14.64", "7.89", "26.25", "10.00", "20.00", "3.75", "1.00"):
        assert amount in flat, f"{amount} is missing"
    for pledge in (*PLEDGES, "0.5050"):
        assert pledge in flat, f"pledge {pledge} is missing"
    assert str(sale["number"]) in flat
    assert str(sale["journal"]["sequence"]) in flat
    assert squeezed(sale["journal"]["checkCode"]) in flat


@pytest.mark.parametrize("columns", [32, 48])
def test_the_text_says_everything_within_its_columns(cashier, sale, columns):
    text = receipt(cashier, sale, "txt", columns).text

    assert_says_everything(text, sale)
    for line in text.splitlines():
        width = sum(1 if ord(character) < 128 else 2 for character in line)
        assert width <= columns, f"{width} columns: {line!r}"
        assert not any(unicodedata.category(character) == "Cc" for character in line), repr(line)


def test_each_line_of_goods_has_its_pledge_below_or_beside_it(cashier, sale):
    text = receipt(cashier, sale, "txt").text

    places = [text.index(word) for word in ("蛋糕", "0.0544", "雀巢咖啡", "0.2928", "大米", "0.1578", "0.5050")]

    assert places == sorted(places)


def test_the_receipt_states_who_gives_the_pledge(cashier, sale):
    flat = squeezed(receipt(cashier, sale, "txt").text)

    statement = re.search(r"[^。]*2[%％][^。]*", flat)
    assert statement, "no sentence names the 2 %"
    assert re.search(r"[捐善救基]", statement.group(0)), statement.group(0)


def test_the_picture_says_everything_and_loads_nothing(cashier, sale):
    answer = receipt(cashier, sale, "svg")

    assert answer.headers["content-type"].startswith("image/svg+xml")
    picture = ElementTree.fromstring(answer.body)
    assert picture.tag.endswith("svg")
    assert_says_everything("".join(picture.itertext()), sale)
    tags = {element.tag.split("}")[-1] for element in picture.iter()}
    assert not tags & {"script", "foreignObject", "image", "use", "iframe"}
    references = [name for element in picture.iter() for name in element.attrib if name.split("}")[-1] == "href"]
    assert references == []


@pytest.mark.parametrize("columns", [32, 48])
def test_the_printer_bytes_begin_with_a_reset_and_are_gb18030(cashier, sale, columns):
    data = receipt(cashier, sale, "escpos", columns).body

    assert data.startswith(b"\x1b@")
    for words in ("蛋糕", "雀巢咖啡", "大米", *PLEDGES, "0.5050", "2.72", "14.64", "7.89", "26.25"):
        assert words.encode("gb18030") in data, f"{words} is missing"
    assert sale["journal"]["checkCode"].encode() in data
    assert "蛋糕".encode() not in data, "UTF-8 reached the printer"
    assert "¥".encode("gb18030") not in data, "a four-byte yuan sign reached the printer"


def test_a_return_has_a_receipt_that_names_its_sale(till, cashier):
    sold = till.sell(worked_sale())
    _, made = till.give_back(sold["id"], [{"line": 1, "units": 1}])

    text = squeezed(receipt(cashier, made, "txt").text)

    assert "退" in text and "雀巢咖啡" in text and "14.64" in text and "0.2928" in text
    assert str(sold["number"]) in text


def test_a_reprint_is_counted(till, cashier):
    sold = till.sell(worked_sale())
    request = {"id": new_id()}

    first = cashier.post(f"/sales/{sold['id']}/reprints", request).expect(201)
    again = cashier.post(f"/sales/{sold['id']}/reprints", request).expect(201)
    second = cashier.post(f"/sales/{sold['id']}/reprints", {"id": new_id()}).expect(201)

    assert (first["copy"], again["copy"], second["copy"]) == (1, 1, 2)
    jobs = [job for job in cashier.get("/print-jobs?limit=50").json["items"] if job["saleID"] == sold["id"]]
    assert sorted(job["copy"] for job in jobs) == [0, 1, 2]


def test_names_cannot_command_a_picture(till, cashier):
    sold = till.sell([open_good('<script>alert("x")</script>&amp;', 100)])

    answer = receipt(cashier, sold, "svg")

    picture = ElementTree.fromstring(answer.body)
    assert not any(element.tag.endswith("script") for element in picture.iter())
    assert "alert(" in squeezed("".join(picture.itertext()))


@pytest.fixture(scope="module")
def citizens():
    """A demonstration with a public listener, and a cashier at its till."""
    daemon = Daemon().start("demo", "--public-listen", "127.0.0.1:0", "--public-base-url", BASE_URL)
    yield daemon, Till(Client(daemon).log_in_as("cashier"))
    daemon.kill()
    Daemon.everyone.remove(daemon)


def public(daemon, method, target, **headers):
    return wire.exchange(daemon.public_port, wire.head(method, target, **headers))


def test_a_citizen_sees_the_receipt_without_the_cashier(citizens):
    daemon, till = citizens
    sold = till.sell(worked_sale())

    page = public(daemon, "GET", f"/r/{sold['id']}")

    assert page.status == 200
    assert page.headers["content-type"].lower().replace(" ", "").startswith("text/html;charset=utf-8")
    flat = squeezed(page.text)
    for words in ("蛋糕", "雀巢咖啡", "大米", *PLEDGES, "0.5050", "25.25"):
        assert words in flat, f"{words} is missing"
    for words in (till.client.user["displayName"], till.client.user["name"], till.client.user["id"]):
        assert squeezed(words) not in flat, f"the page shows {words}"


def test_the_printed_receipt_leads_to_the_public_page(citizens):
    _, till = citizens
    sold = till.sell(worked_sale())

    assert f"{BASE_URL}/r/{sold['id']}".encode() in receipt(till.client, sold, "escpos").body


def test_without_a_public_address_no_link_is_printed(cashier, sale):
    assert b"/r/" not in receipt(cashier, sale, "escpos").body


def test_a_payment_reference_is_on_paper_but_not_public(citizens):
    daemon, till = citizens
    sold = till.sell([open_good("糖", 100)], tenders=[wechat(80, "wx-420000123")])

    page = public(daemon, "GET", f"/r/{sold['id']}").text
    image = public(daemon, "GET", f"/r/{sold['id']}/receipt.svg").text

    assert "wx-420000123" in receipt(till.client, sold, "txt").text
    assert "wx-420000123" not in page + image


def test_names_cannot_command_the_public_page(citizens):
    daemon, till = citizens
    sold = till.sell([open_good("<script>alert(1)</script>", 100)])

    page = public(daemon, "GET", f"/r/{sold['id']}").text

    assert "<script>alert" not in page
    assert "&lt;script" in page


@pytest.mark.parametrize(
    "target",
    ["/r/{unknown}", "/r/x", "/r/", "/r", "/r/{id}/receipt.txt", "/", "/healthz",
     "/metrics", "/openapi.json", "/api/v1/context", "/api/v1/sales/{id}", "/api/v1/products", "/r/../api/v1/context",
     "/r/%2e%2e/api/v1/context", "/r/{id}%00", "/index.html"],
)
def test_nothing_else_is_public(citizens, target):
    daemon, till = citizens
    sold = till.sell(worked_sale())["id"]
    path = target.replace("{id}", sold).replace("{unknown}", new_id())

    with_token = wire.head("GET", path, till.client.token)

    for answer in (public(daemon, "GET", path), wire.exchange(daemon.public_port, with_token)):
        assert_refusal(answer)
        if target == "/r/{unknown}":
            assert answer.status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_public_can_be_written(citizens, method):
    daemon, till = citizens
    sold = till.sell(worked_sale())["id"]

    for path in (f"/r/{sold}", "/api/v1/sessions", "/api/v1/sales"):
        assert_refusal(public(daemon, method, path, Content_Length=2, Content_Type="application/json"))
