"""Paying, and what happens exactly once; hold, void, return, reprint."""

import re

from playwright.sync_api import expect

from till import COFFEE, TEA, WATER, yuan


# Paying

def test_a_double_enter_makes_one_sale(till):
    count = len(till.api.sales())
    till.scan(TEA)
    till.open_payment()
    till.press("F1")
    till.press("Enter")
    till.press("Enter")

    till.wait_done()
    till.page.wait_for_timeout(500)
    assert len(till.api.sales()) == count + 1


def test_part_by_code_and_the_rest_in_cash(till):
    till.scan(COFFEE)
    till.open_payment()
    due_fen = till.api.product(COFFEE)["stationPriceFen"]

    till.press("F7")
    expect(till.page.locator("#pay-reference")).to_be_focused()
    till.press("Shift+Tab")
    till.press("Control+a")
    till.type("5")
    till.press("Enter")
    till.fill_form("4455")
    expect(till.page.locator("#pay-parts")).to_contain_text("5.00")
    expect(till.page.locator("#pay-left-amount")).to_have_text(yuan(due_fen - 500))
    till.type("20")
    expect(till.page.locator("#pay-left-amount")).to_have_text(yuan(2000 - due_fen + 500))
    till.press("Enter")

    till.wait_done()
    expect(till.figure()).to_have_text(yuan(2000 - due_fen + 500))


def test_too_little_cash_says_what_is_missing(till):
    till.scan(COFFEE)
    till.open_payment()
    till.type("0.5")
    till.press("Enter")

    expect(till.alert).to_contain_text("还差")
    expect(till.done).to_be_hidden()


def test_a_changed_price_needs_the_manager(till):
    till.scan(COFFEE)
    expect(till.lines).to_have_count(1)
    till.press("F7")
    till.fill_form("9", None)
    expect(till.due).to_have_text("9.00")

    till.pay_exact()
    till.approve("9.00 元")

    till.wait_done()


def test_a_lost_answer_is_asked_for_again_and_makes_one_sale(till):
    count = len(till.api.sales())
    lost = []

    def lose_first_answer(route):
        if route.request.method != "POST" or lost:
            return route.continue_()
        lost.append(route.fetch())
        return route.abort()

    till.page.route("**/api/v1/sales", lose_first_answer)
    till.scan(TEA)
    till.pay_exact()
    expect(till.dialog).to_contain_text("未确认")

    till.wait_done()
    assert len(till.api.sales()) == count + 1
    assert till.kept("pending") is None


def test_a_reload_in_the_middle_of_paying_makes_one_sale_and_shows_its_receipt(till):
    count = len(till.api.sales())
    arrived = []

    def lose_every_answer(route):
        if route.request.method == "POST":
            arrived.append(route.fetch())
            return route.abort()
        return route.continue_()

    till.page.route("**/api/v1/sales", lose_every_answer)
    till.scan(TEA)
    till.pay_exact()
    expect(till.dialog).to_contain_text("未确认")
    sale_id = till.kept("pending")["body"]["id"]

    till.page.unroute("**/api/v1/sales")
    till.page.reload()

    till.wait_done()
    till.expect_receipt()
    assert arrived
    assert till.kept("lastSale")["id"] == sale_id
    assert till.kept("pending") is None
    assert len(till.api.sales()) == count + 1
    expect(till.lines).to_have_count(0)


def test_a_request_that_never_arrived_is_sent_after_the_reload(till):
    count = len(till.api.sales())
    till.page.route("**/api/v1/sales", lambda route: route.abort())
    till.scan(TEA)
    till.pay_exact()
    expect(till.dialog).to_contain_text("未确认")
    assert len(till.api.sales()) == count

    till.page.unroute("**/api/v1/sales")
    till.page.reload()

    till.wait_done()
    assert len(till.api.sales()) == count + 1


def test_the_basket_survives_a_reload(till):
    till.scan(TEA)
    till.scan(WATER)
    expect(till.lines).to_have_count(2)
    till.wait_priced()
    due = till.due.inner_text()

    till.page.reload()

    expect(till.lines).to_have_count(2)
    expect(till.due).to_have_text(due)


# Hold, void, return, reprint

def test_hold_and_resume(till):
    till.scan(TEA)
    till.scan(WATER)
    expect(till.lines).to_have_count(2)
    till.press("F4")
    expect(till.dialog).to_be_visible()
    till.press("Control+a")
    till.fill_form("红袋子")
    expect(till.lines).to_have_count(0)

    till.press("F4")
    expect(till.dialog).to_contain_text("红袋子")
    expect(till.dialog.locator("option", has_text="红袋子")).to_contain_text(re.compile(r"\d+\.\d\d 元 · 王老吉.* · 2 行商品"))
    till.dialog.locator("select").select_option(label=held_label(till))
    till.press("Enter")

    expect(till.lines).to_have_count(2)
    expect(till.line(0)).to_contain_text("王老吉")
    till.pay_exact()
    till.wait_done()
    assert "红袋子" not in [each["label"] for each in till.api.get("/baskets")["items"]]


def held_label(till):
    return till.dialog.locator("option", has_text="红袋子").first.inner_text()


def test_a_void_needs_a_reason_and_the_manager(till):
    till.scan(TEA)
    expect(till.lines).to_have_count(1)
    till.press("F5")
    till.fill_form(None)
    till.approve()

    expect(till.lines).to_have_count(0)
    expect(till.page.locator("#message")).to_contain_text("作废")


def test_a_return_against_the_number_above_the_limit_needs_the_manager(till):
    limit_fen = till.api.get("/context")["refundLimitFen"]
    price_fen = till.api.product(COFFEE)["stationPriceFen"]
    units = limit_fen // price_fen + 1
    till.type(f"{units}*")
    till.page.wait_for_timeout(200)
    number = till.sell(COFFEE)

    till.press("F8")
    till.fill_form(str(number))
    expect(till.page.locator("#return")).to_be_visible()
    till.press("F6")
    expect(till.page.locator("#return-refund strong")).to_have_text(yuan(units * price_fen))
    till.press("Enter")
    expect(till.alert).to_contain_text("原因")
    till.press("1")
    till.press("Enter")
    expect(till.dialog).to_contain_text(f"退给顾客 {yuan(units * price_fen)} 元（现金）？")
    till.press("Enter")
    till.approve(f"{yuan(units * price_fen)} 元")

    expect(till.page.locator("#done-number")).to_contain_text("退货")
    expect(till.figure()).to_have_text(yuan(units * price_fen))
    sale = till.api.get(f"/sales/by-number/{number}")
    assert [each.get("units") for each in sale["returnable"]] == [0]
    assert len(sale["returns"]) == 1


def test_a_return_of_one_piece(till):
    till.scan(TEA)
    till.scan(WATER)
    expect(till.lines).to_have_count(2)
    till.pay_exact()
    number = till.wait_done()

    till.press("F8")
    till.fill_form(f"1-{number}")
    expect(till.page.locator("#return")).to_be_visible()
    till.fill_form(None, "1")
    till.press("ArrowDown")
    till.press("Enter")
    expect(till.dialog).to_contain_text("退给顾客")
    till.press("Escape")
    expect(till.page.locator("#return")).to_be_visible()
    assert till.api.get(f"/sales/by-number/{number}")["returns"] == []
    till.press("Enter")
    expect(till.dialog).to_contain_text("退给顾客")
    till.press("Enter")

    expect(till.figure()).to_have_text(yuan(till.api.product(WATER)["stationPriceFen"]))


def test_the_last_receipt_is_printed_again(till):
    number = till.sell(TEA)

    till.press("F9")
    expect(till.dialog.locator("input")).to_have_value(str(number))
    till.press("Enter")

    expect(till.page.locator("#message")).to_contain_text(str(number))
