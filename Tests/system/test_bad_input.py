"""A bad request is refused in words, stores nothing and leaves the daemon as it was."""

import time

import pytest

import bad_requests
import wire
from bad_requests import BAD_IDS, BODIES, GIFTS, ITEMS, SALES, TENDERS, quote_text, sale_text
from books import row_counts
from client import API, assert_refusal, new_id
from goods import WATER

QUOTES = API + "/quotes"
SALE = API + "/sales"
TEN_MEGABYTES = 10 * 1024 * 1024


@pytest.fixture(scope="module")
def sold(till):
    """The id of a sale that stands."""
    return till.sell([{"barcode": WATER, "units": 1}])["id"]


def settled_counts(database):
    """The row counts, once what earlier sales left to the printer is done."""
    counts = row_counts(database)
    for _ in range(50):
        if counts == settled_counts.last:
            break
        settled_counts.last = counts
        time.sleep(0.2)
        counts = row_counts(database)
    return counts


settled_counts.last = None


@pytest.fixture
def nothing_stored(demo, till, sold, cashier):
    """Before and after: the same rows in every table, and a daemon that still answers."""
    before = settled_counts(demo.database)
    yield
    assert demo.is_running, "the daemon ended"
    assert cashier.fetch("GET", "/healthz").status == 200
    after = row_counts(demo.database)
    changed = {name: (before.get(name), rows) for name, rows in after.items() if before.get(name) != rows}
    assert not changed, f"tables with other row counts: {changed}"


def post(demo, cashier, target, text):
    body = text if isinstance(text, bytes) else text.encode()
    return wire.post(demo, cashier.token, target, body)


def test_the_good_requests_these_tables_spoil_are_accepted(demo, cashier, till):
    assert post(demo, cashier, QUOTES, quote_text()).status == 200
    assert post(demo, cashier, SALE, sale_text(till.session_id)).status == 201
    utf8 = "application/json; charset=utf-8"
    assert wire.post(demo, cashier.token, QUOTES, quote_text().encode(), utf8).status == 200


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize("name", ITEMS)
def test_a_bad_item_is_refused(demo, cashier, till, name):
    items = f"[{ITEMS[name]}]"

    assert_refusal(post(demo, cashier, QUOTES, quote_text(items)))
    assert_refusal(post(demo, cashier, SALE, sale_text(till.session_id, items=items)))


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize("name", BODIES)
def test_a_bad_body_is_refused(demo, cashier, till, name):
    spoil = BODIES[name]

    assert_refusal(post(demo, cashier, QUOTES, spoil(quote_text().encode())))
    assert_refusal(post(demo, cashier, SALE, spoil(sale_text(till.session_id).encode())))


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize("name", GIFTS)
def test_a_bad_gift_is_refused(demo, cashier, till, name):
    assert_refusal(post(demo, cashier, QUOTES, quote_text(gift=GIFTS[name])))
    assert_refusal(post(demo, cashier, SALE, sale_text(till.session_id, gift=GIFTS[name])))


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize("name", TENDERS)
def test_a_bad_tender_is_refused(demo, cashier, till, name):
    assert_refusal(post(demo, cashier, QUOTES, quote_text(tenders=TENDERS[name])))
    assert_refusal(post(demo, cashier, SALE, sale_text(till.session_id, tenders=TENDERS[name])))


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize("name", BAD_IDS)
def test_a_bad_id_is_refused(demo, cashier, till, name):
    assert_refusal(post(demo, cashier, SALE, sale_text(till.session_id, id=BAD_IDS[name])))
    assert_refusal(post(demo, cashier, SALE, sale_text(till.session_id, tillSessionID=BAD_IDS[name])))


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize("name", SALES)
def test_a_bad_sale_is_refused(demo, cashier, till, name):
    replaced, code = SALES[name]

    answer = post(demo, cashier, SALE, sale_text(till.session_id, **replaced))

    assert_refusal(answer, code=code)
    if code == "price_changed":
        assert (answer.json["values"]["dueFen"], answer.json["values"]["seenFen"]) == (120, 119)


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize("target", [QUOTES, SALE])
@pytest.mark.parametrize(
    "content_type",
    [None, "text/plain", "application/x-www-form-urlencoded", "application/json; charset=gb18030",
     "application/json-seq", "multipart/form-data; boundary=x", ""],
)
def test_another_content_type_is_refused(demo, cashier, till, target, content_type):
    text = quote_text() if target == QUOTES else sale_text(till.session_id)

    assert_refusal(wire.post(demo, cashier.token, target, text.encode(), content_type))


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize("target", [QUOTES, SALE])
def test_a_body_of_ten_megabytes_is_refused(demo, cashier, target):
    head = wire.head("POST", target, cashier.token, Content_Type="application/json", Content_Length=TEN_MEGABYTES)
    spaces = (b" " * 65536 for _ in range(TEN_MEGABYTES // 65536))

    assert_refusal(wire.exchange(demo.port, head, spaces))


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize("target", [QUOTES, SALE])
def test_a_body_without_end_is_refused(demo, cashier, target):
    head = wire.head("POST", target, cashier.token, Content_Type="application/json", Transfer_Encoding="chunked")
    endless = (b"10000\r\n" + b" " * 65536 + b"\r\n" for _ in range(4096))

    assert_refusal(wire.exchange(demo.port, head, endless))


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize(
    "target",
    ["/sales?foo=1", "/sales?limit=0", "/sales?limit=201", "/sales?limit=-1", "/sales?limit=1.5", "/sales?limit=",
     "/sales?limit=5&limit=6", "/sales?cursor=nonsense", "/sales?cursor=%00", "/sales?businessDate=2026-13-01",
     "/sales?businessDate=2026-02-30", "/sales?businessDate=today", "/products?limit=99999999999999999999",
     "/products/search", "/products/search?q=%ff", "/products/search?q=a&x=1", "/till-sessions/current",
     "/till-sessions/current?tillID=", "/sales/by-number/0", "/sales/by-number/-1", "/sales/by-number/1e2",
     "/sales/by-number/99999999999999999999", "/sales/not-an-id", "/sales/%00", "/products/not-an-id",
     "/products/by-barcode/6921168509257", "/products/by-barcode/123", "/products/by-barcode/%E7%B1%B3",
     "/context?x=1", "/baskets/not-an-id", "/print-jobs?limit=0"],
)
def test_a_bad_query_is_refused(demo, cashier, target):
    assert_refusal(wire.exchange(demo.port, wire.head("GET", API + target, cashier.token)))


@pytest.mark.usefixtures("nothing_stored")
def test_an_unknown_query_parameter_of_a_write_is_refused(demo, cashier, till):
    assert_refusal(post(demo, cashier, QUOTES + "?dry=1", quote_text()))
    assert_refusal(post(demo, cashier, SALE + "?force=true", sale_text(till.session_id)))


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize("columns", ["", "0", "33", "-48", "1000000000", "abc", "48&columns=32"])
def test_a_receipt_of_impossible_width_is_refused(demo, cashier, sold, columns):
    for kind in ("txt", "svg", "escpos"):
        target = f"{SALE}/{sold}/receipt.{kind}?columns={columns}"
        assert_refusal(wire.exchange(demo.port, wire.head("GET", target, cashier.token)))


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize(
    "target",
    ["/api/v1/products/%2e%2e", "/api/v1/products/%2e%2e/%2e%2e/etc/passwd", "/../../../../etc/passwd",
     "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/api/v1/../../posd.sqlite",
     "/posd.sqlite", "/%00", "/index.html%00.js", "/api/v1/products/%00", "/api/v1/sales/%ff%fe",
     "/api/v1/sales/%zz",
     "/api/v1//quotes", "/api/v1/", "/api/v2/quotes", "/.git/config", "/%252e%252e/etc/passwd",
     "/\\..\\..\\etc\\passwd",
     "/" + "a" * 9_000, "/" + "a/" * 4_000],
    ids=lambda target: target[:40],
)
def test_a_path_that_leads_nowhere_is_refused(demo, cashier, target):
    answer = wire.exchange(demo.port, wire.head("GET", target, cashier.token))

    assert_refusal(answer)
    assert "root:" not in answer.text and "SQLite format" not in answer.text


@pytest.mark.usefixtures("nothing_stored")
def test_a_path_of_a_hundred_thousand_characters_is_cut_off(demo, cashier):
    answer = wire.exchange(demo.port, wire.head("GET", "/" + "a" * 100_000, cashier.token))

    assert answer is None or 400 <= answer.status < 500, repr(answer)


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_a_method_that_quotes_do_not_have_is_refused(demo, cashier, method):
    answer = wire.exchange(demo.port, wire.head(method, QUOTES, cashier.token, Content_Length=0))

    assert answer is not None
    assert_refusal(answer)


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_sale_cannot_be_changed_or_deleted(demo, cashier, sold, method):
    assert_refusal(wire.exchange(demo.port, wire.head(method, f"{SALE}/{sold}", cashier.token, Content_Length=0)))


@pytest.mark.usefixtures("nothing_stored")
@pytest.mark.parametrize(
    "request_bytes",
    [b"nonsense\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 40,
     b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
     b"POST /api/v1/quotes HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
     b"GET / HTTP/1.1\r\n" + b"X-Y: " + b"z" * 200_000 + b"\r\n\r\n",
     b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 20_000 + b"\r\n"],
    ids=["no HTTP", "HTTP 9.9", "TLS", "negative length", "two lengths", "long header", "many headers"],
)
def test_bytes_that_are_no_request_are_answered_or_cut_off(demo, request_bytes):
    answer = wire.exchange(demo.port, request_bytes)

    assert answer is None or 400 <= answer.status < 500, repr(answer)


@pytest.mark.usefixtures("nothing_stored")
def test_a_good_quote_stores_nothing(till):
    till.quote([{"barcode": WATER, "units": 3}])


def test_refusals_name_their_code(cashier):
    assert_refusal(cashier.get(f"/products/by-barcode/{bad_requests.UNKNOWN}"), 404, "unknown_barcode")
    assert_refusal(cashier.get("/products/by-barcode/6921168509257"), 422, "bad_barcode")
    assert_refusal(cashier.get("/products/by-barcode/123456"), 422, "bad_barcode")
    assert_refusal(cashier.get(f"/till-sessions/current?tillID={new_id()}"), 404)
