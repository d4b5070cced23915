"""The managers' page as a manager uses it in the evening: by keyboard, looking at what it shows."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from conftest import demo
from manager_page import open_page
from till import API, COFFEE, WATER


@pytest.fixture(scope="module")
def own_server(tmp_path_factory):
    """Closing tills and days is not for a server that other tests sell on."""
    with demo(tmp_path_factory.mktemp("manager")) as server:
        yield server


@pytest.fixture(scope="module")
def manager(own_server):
    return API(own_server.url, own_server.manager)


@pytest.fixture(params=[(1366, 768), (390, 844)], ids=["desk", "phone"])
def size(request):
    return request.param


@pytest.fixture
def new_page(browser, own_server, manager):
    contexts = []

    def make(width=1366, height=768, log_in=None):
        made = open_page(browser, own_server, log_in or own_server.manager, manager, (width, height))
        contexts.append(made.page.context)
        return made

    yield make
    for context in contexts:
        context.close()


def open_till(manager, index):
    session = {"id": str(uuid.uuid4()), "tillID": manager.get("/context")["tills"][index]["id"], "floatFen": 20000}
    return manager.post("/till-sessions", session)["id"]


def sell(manager, session_id, units=1):
    due = 120 * units
    manager.post("/sales", {
        "id": str(uuid.uuid4()), "tillSessionID": session_id, "items": [{"barcode": WATER, "units": units}],
        "tenders": [{"kind": "cash", "givenFen": due}], "dueFen": due,
    })


def test_nothing_is_wider_than_the_screen(new_page, size):
    page = new_page(*size)

    for key in ("F2", "F4", "F5", "F6", "F1"):
        page.press(key)
        page.page.wait_for_timeout(200)
        width = page.page.evaluate("document.documentElement.scrollWidth")
        assert width <= size[0], f"{key} is {width} wide"
    assert page.errors == []


def test_a_till_is_counted_blind_and_closed(new_page, manager):
    session_id = open_till(manager, 0)
    sell(manager, session_id, 5)
    page = new_page()
    expect(page.rows).to_have_count(1)

    page.action("1")
    expect(page.dialog).to_contain_text("点钞")
    expect(page.dialog).not_to_contain_text("206.00")
    page.form("2", "", "", "", "1", "", "1", "", "", "", "", "", "")

    expect(page.dialog).to_contain_text("点钞结果")
    for amount in ("206.00", "0.00"):
        expect(page.dialog).to_contain_text(amount)
    page.press("Enter")
    expect(page.message).to_contain_text(re.compile("Z 报表 [0-9]+ 号"))
    expect(page.page.locator("#paper img")).to_be_visible()
    assert manager.get(f"/till-sessions/{session_id}")["state"] == "closed"
    assert page.errors == []


def test_a_till_over_the_tolerance_needs_a_reason(new_page, manager):
    session_id = open_till(manager, 0)
    page = new_page()

    page.action("1")
    expect(page.dialog).to_contain_text("点钞")
    page.form("1", *[""] * 12)
    expect(page.dialog).to_contain_text("-100.00")
    page.press("Enter")
    expect(page.dialog).to_contain_text("长短款的原因")
    page.press("4", "Enter")

    expect(page.message).to_contain_text("Z 报表")
    report = manager.get("/z-reports?limit=1")["items"][0]
    assert (report["differenceFen"], report["reason"]) == (-10000, "unknown")
    assert manager.get(f"/till-sessions/{session_id}")["state"] == "closed"


def test_cash_is_taken_out_and_the_till_handed_over(new_page, manager, own_server):
    session_id = open_till(manager, 0)
    page = new_page()

    page.action("2")
    expect(page.dialog).to_contain_text("存取现金")
    page.press("3", "Enter")
    page.form("50")
    page.press("5", "Enter")
    expect(page.message).to_contain_text("50.00")

    page.action("4")
    expect(page.dialog).to_contain_text("接班")
    page.form(own_server.cashier.user, own_server.cashier.pin)
    expect(page.message).to_contain_text("已交班")
    session = manager.get(f"/till-sessions/{session_id}")
    assert session["expectedCashFen"] == 15000
    page.action("5")
    expect(page.dialog).to_be_visible()
    page.press("Enter")
    expect(page.message).to_contain_text("等待点钞")


def test_a_delivery_is_scanned_in(new_page, manager):
    before = manager.product(WATER)["stock"]
    page = new_page()
    page.section("F5", "库存")
    page.action("5")
    expect(page.dialog).to_be_visible()
    page.press("1", "Enter")
    page.form(f"供应商{uuid.uuid4().hex[:6]}")
    expect(page.message).to_contain_text("已加")

    page.action("1")
    expect(page.dialog).to_be_visible()
    page.press("Enter")
    expect(page.page.locator("#add")).to_be_focused()
    page.form(WATER)
    expect(page.page.locator("input[data-count]")).to_be_focused()
    page.form("12")
    expect(page.page.locator("input[data-cost]")).to_be_focused()
    page.form("14.40")
    page.press("Enter")
    expect(page.page.locator("#add")).to_be_focused()
    page.form("zzzzqq")
    expect(page.problem).to_contain_text("没有找到")
    expect(page.page.locator("input[data-count]")).to_have_value("12")
    page.page.locator("#add").fill("")
    page.page.locator("#add").press("Enter")

    expect(page.message).to_contain_text("已保存")
    assert manager.product(WATER)["stock"] == before + 12
    assert manager.get("/stock/events?limit=1")["items"][0]["costFen"] == 1440
    assert page.errors == []


def test_a_price_is_changed(new_page, manager):
    page = new_page()
    page.section("F6", "商品")
    page.page.locator("#find").fill(COFFEE)
    page.press("Enter")
    expect(page.rows).to_have_count(1)

    page.action("1")
    expect(page.dialog).to_contain_text("改价")
    page.form("9.90")

    expect(page.message).to_contain_text("7.92")
    assert manager.product(COFFEE)["listPriceFen"] == 990


def test_a_scan_never_presses_the_number_keys(new_page):
    page = new_page()
    page.section("F2", "收银台")

    page.page.keyboard.type("1234567890128", delay=5)
    page.press("Enter")
    page.page.wait_for_timeout(400)

    expect(page.page.locator("dialog")).to_have_count(0)


def test_a_cashier_sees_the_tills_only(new_page, own_server):
    page = new_page(log_in=own_server.cashier)

    expect(page.page.locator("#keys")).not_to_contain_text("日结")
    page.press("F5")
    expect(page.page.locator("#title")).to_have_text("收银台")


def test_the_day_is_closed_when_all_tills_are(new_page, manager):
    for session in manager.get("/till-sessions?state=open&limit=50")["items"]:
        count = manager.post(f"/till-sessions/{session['id']}/counts", {
            "id": str(uuid.uuid4()), "counts": [{"denominationFen": 1, "count": 0}]})
        manager.post(f"/till-sessions/{session['id']}/close", {
            "id": str(uuid.uuid4()), "countID": count["id"], "reason": "other"})
    page = new_page()
    page.section("F3", "日结")

    for session in manager.get("/till-sessions?state=ended&limit=50")["items"]:
        expect(page.page.locator("#content")).to_contain_text("没有结班")
        count = manager.post(f"/till-sessions/{session['id']}/counts", {
            "id": str(uuid.uuid4()), "counts": [{"denominationFen": 1, "count": 0}]})
        manager.post(f"/till-sessions/{session['id']}/close", {
            "id": str(uuid.uuid4()), "countID": count["id"], "reason": "other"})
    page.section("F3", "日结")
    expect(page.page.locator("#content")).to_contain_text("可以日结")
    page.action("1")
    expect(page.dialog).to_contain_text("合上后这一天不再记账")
    page.press("Enter")

    expect(page.message).to_contain_text("已日结")
    expect(page.page.locator("#paper img")).to_be_visible()
    page.section("F4", "报表")
    page.action("2")
    expect(page.rows).to_have_count(1)
    assert manager.get("/day-closes?limit=1")["items"][0]["number"] == 1
    assert page.errors == []
