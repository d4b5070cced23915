"""Goods that come and go otherwise than over the counter, the catalogue a manager keeps, and what to order."""

import datetime
import random

import pytest

from books import account_sums
from client import Client, Till, assert_refusal, new_id
from daemon import Daemon, run, said
from goods import CAKE, WATER, with_check_digit


@pytest.fixture(scope="module")
def daemon():
    daemon = Daemon().start()
    yield daemon
    daemon.kill()
    Daemon.everyone.remove(daemon)


@pytest.fixture(scope="module")
def manager(daemon):
    return Client(daemon).log_in_as("manager")


def product(client, barcode=WATER):
    return client.get(f"/products/by-barcode/{barcode}").expect(200)["product"]


def stock(client, barcode=WATER):
    return product(client, barcode)["stock"]


def partner(client, kind="supplier"):
    body = {"id": new_id(), "kind": kind, "name": f"郑州粮油批发{random.randrange(10**9)}"}
    return client.post("/partners", body).expect(201)


def line(client, barcode=WATER, **more):
    return {"productID": product(client, barcode)["id"], **(more or {"units": 1})}


def day(offset):
    local = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)
    return (local.date() + datetime.timedelta(days=offset)).isoformat()


def test_a_delivery_fills_the_stock_and_is_owed_to_the_supplier(manager, daemon):
    before = stock(manager), account_sums(daemon.database)
    body = {"id": new_id(), "partnerID": partner(manager)["id"],
            "lines": [line(manager, units=24, costFen=2400, bestBefore=day(90)), line(manager, CAKE, units=10, costFen=1000)]}

    delivered = manager.post("/stock/deliveries", body).expect(201)

    assert stock(manager) == before[0] + 24
    assert delivered["costFen"] == 3400 and delivered["kind"] == "stockDelivered"
    after = account_sums(daemon.database)
    assert after["expenses:purchases"] - before[1].get("expenses:purchases", 0) == 34_000_000
    assert after["liabilities:suppliers"] - before[1].get("liabilities:suppliers", 0) == -34_000_000


def test_a_delivery_sent_twice_comes_once(manager):
    before = stock(manager)
    body = {"id": new_id(), "partnerID": partner(manager)["id"], "lines": [line(manager, units=6, costFen=600)]}

    first = manager.post("/stock/deliveries", body)
    second = manager.post("/stock/deliveries", body)

    assert first.expect(201) == second.expect(201)
    assert second.headers["idempotency-replayed"] == "true"
    assert stock(manager) == before + 6
    assert_refusal(manager.post("/stock/deliveries", {**body, "lines": [line(manager, units=7)]}), 422, "id_reused")


def test_donated_goods_have_no_cost(manager):
    donor = partner(manager, "donor")
    body = {"id": new_id(), "partnerID": donor["id"], "lines": [line(manager, units=50)]}

    assert manager.post("/stock/deliveries", body).expect(201)["costFen"] == 0
    priced = {**body, "id": new_id(), "lines": [line(manager, units=50, costFen=1)]}
    assert_refusal(manager.post("/stock/deliveries", priced), 400, "bad_value")
    back = {"id": new_id(), "partnerID": donor["id"], "lines": [line(manager, units=1)]}
    assert_refusal(manager.post("/stock/sent-back", back), 404, "not_found")


def test_goods_sent_back_leave_stock_and_debt(manager):
    before = stock(manager)
    body = {"id": new_id(), "partnerID": partner(manager)["id"], "lines": [line(manager, units=4, costFen=400)]}

    manager.post("/stock/sent-back", body).expect(201)

    assert stock(manager) == before - 4


def test_a_stocktake_sets_what_was_counted_and_shows_the_difference(manager):
    before = stock(manager)

    counted = manager.post("/stock/counts", {"id": new_id(), "lines": [line(manager, units=17)]}).expect(201)

    assert stock(manager) == 17
    assert counted["lines"][0]["before"] == before and counted["lines"][0]["moved"] == 17 - before


def test_a_write_off_names_its_reason(manager):
    manager.post("/stock/counts", {"id": new_id(), "lines": [line(manager, units=10)]}).expect(201)

    off = manager.post("/stock/write-offs", {"id": new_id(), "reason": "expired", "lines": [line(manager, units=2)]}).expect(201)

    assert stock(manager) == 8 and off["reason"] == "expired"
    assert manager.all_items("/stock/events", limit=3)[0]["id"] == off["id"]


@pytest.mark.parametrize(
    "lines, code",
    [
        ([], "bad_value"),
        ([{"productID": "00000000-0000-4000-8000-00000000dead", "units": 1}], "unknown_product"),
        ("grams of a bottle", "wrong_quantity"),
        ("twice", "bad_value"),
        ("zero", "bad_value"),
    ],
)
def test_bad_lines_are_refused_whole(manager, lines, code):
    before = stock(manager)
    one = line(manager, units=1)
    made = {"grams of a bottle": [line(manager, grams=500)], "twice": [one, one], "zero": [line(manager, units=0)]}
    lines = made[lines] if isinstance(lines, str) else lines

    answer = manager.post("/stock/write-offs", {"id": new_id(), "reason": "lost", "lines": lines})

    assert_refusal(answer, code=code)
    assert stock(manager) == before


def test_a_partner_of_the_same_name_is_refused(manager):
    known = partner(manager)

    answer = manager.post("/partners", {"id": new_id(), "kind": "supplier", "name": known["name"]})

    assert_refusal(answer, 409, "partner_name_taken")
    assert known in manager.get("/partners").expect(200)["items"]


def new_product(**more):
    digits = with_check_digit(f"{random.randrange(690 * 10**9, 699 * 10**9)}")
    return {"id": new_id(), "name": "红糖馒头", "category": "主食", "unit": "袋", "pricing": "counted",
            "listPriceFen": 500, "barcode": digits, **more}


def test_a_new_product_sells_at_once(manager):
    body = new_product()

    added = manager.post("/products", body).expect(201)

    assert added["stationPriceFen"] == 400
    sold = Till(manager).sell([{"barcode": body["barcode"], "units": 2}])
    assert sold["totals"]["dueFen"] == 800
    found = manager.get("/products/search?q=htmt").expect(200)["items"]
    assert body["id"] in [item["id"] for item in found]


def test_a_price_change_holds_for_the_next_quote_and_is_journalled(manager, daemon):
    body = new_product()
    manager.post("/products", body).expect(201)
    change = {**body, "id": new_id(), "listPriceFen": 600, "name": "黑米窝头"}

    changed = manager.post(f"/products/{body['id']}/changes", change)

    assert changed.expect(201)["stationPriceFen"] == 480
    assert manager.post(f"/products/{body['id']}/changes", change).headers["idempotency-replayed"] == "true"
    assert Till(manager).quote([{"barcode": body["barcode"], "units": 1}])["totals"]["dueFen"] == 480
    old = [item["id"] for item in manager.get("/products/search?q=htmt").expect(200)["items"]]
    assert body["id"] not in old
    assert_refusal(manager.post(f"/products/{new_id()}/changes", {**change, "id": new_id()}), 404, "not_found")
    weighed = {**change, "id": new_id(), "pricing": "weighed"}
    assert_refusal(manager.post(f"/products/{body['id']}/changes", weighed), 400, "bad_value")


def test_a_shelf_label_shows_list_and_station_price(manager):
    body = new_product()
    manager.post("/products", body).expect(201)

    label = manager.get(f"/products/{body['id']}/shelf-label.txt?columns=32")

    assert label.status == 200
    for words in ("红糖馒头", "5.00", "4.00", body["barcode"]):
        assert words in label.text
    assert manager.get(f"/products/{body['id']}/shelf-label.svg").text.startswith("<svg")
    assert_refusal(manager.get(f"/products/{new_id()}/shelf-label.svg"), 404, "not_found")


def test_a_code_of_another_product_is_refused(manager):
    answer = manager.post("/products", new_product(barcode=WATER))

    assert_refusal(answer, 409, "code_taken")


def test_the_reorder_list_has_what_is_at_its_mark(manager):
    body = new_product()
    manager.post("/products", body).expect(201)
    manager.put(f"/products/{body['id']}/reorder-level", {"orderAt": 5, "orderUpTo": 20}).expect(200)
    counted = {"id": new_id(), "lines": [{"productID": body["id"], "units": 6}]}
    manager.post("/stock/counts", counted).expect(201)

    def advice():
        items = manager.get("/stock/reorder").expect(200)["items"]
        return [item for item in items if item["product"]["id"] == body["id"]]

    assert advice() == []
    Till(manager).sell([{"barcode": body["barcode"], "units": 1}])
    assert [(item["toOrder"], item["soldIn28Days"]) for item in advice()] == [(15, 1)]
    assert manager.delete(f"/products/{body['id']}/reorder-level").status == 204
    assert advice() == []


def test_goods_that_go_bad_soon_are_named_first(manager):
    body = new_product()
    manager.post("/products", body).expect(201)
    supplier = partner(manager)["id"]
    for offset in (40, 3, -2):
        lines = [{"productID": body["id"], "units": 5, "costFen": 100, "bestBefore": day(offset)}]
        manager.post("/stock/deliveries", {"id": new_id(), "partnerID": supplier, "lines": lines}).expect(201)

    items = manager.get("/stock/expiring?days=30").expect(200)["items"]

    assert [item["daysLeft"] for item in items if item["product"]["id"] == body["id"]] == [-2, 3]


def test_another_station_sees_neither_partners_nor_events(daemon, manager):
    known = partner(manager)
    words = ["--name", "stock-stranger", "--role", "manager", "--display", "外站长", "--station", "另一驿站"]
    added = run("user", "add", "--data", daemon.folder, *words, lines=["long enough 1", "246802"])
    assert added.returncode == 0, said(added)
    stranger = Client(daemon).log_in("stock-stranger", "long enough 1")

    assert stranger.get("/partners").expect(200)["items"] == []
    assert stranger.get("/stock/events").expect(200)["items"] == []
    body = {"id": new_id(), "partnerID": known["id"], "lines": [line(stranger, units=1)]}
    assert_refusal(stranger.post("/stock/deliveries", body), 404, "not_found")


def test_books_with_stock_events_verify(manager, daemon):
    manager.post("/stock/counts", {"id": new_id(), "lines": [line(manager, units=3)]}).expect(201)

    verified = run("verify", "--data", daemon.folder)

    assert verified.returncode == 0, said(verified)
