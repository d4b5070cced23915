"""The page itself: languages, screens, sizes, and text that is never markup."""

import pytest
from playwright.sync_api import expect

from till import COFFEE, TEA, WATER


def test_english_is_one_key_away_and_is_remembered(till):
    till.press("Control+e")
    expect(till.page.locator("#keys")).to_contain_text("Pay")
    till.page.reload()
    till.wait_ready()

    expect(till.page.locator("#totals")).to_contain_text("To pay")
    till.press("F1")
    expect(till.dialog).to_contain_text("How it works")


def test_the_daemon_down_is_said_and_taken_back(till):
    till.page.context.set_offline(True)
    expect(till.page.locator("#banner")).to_be_visible(timeout=15000)

    till.page.context.set_offline(False)

    expect(till.page.locator("#banner")).to_be_hidden(timeout=15000)


def test_text_from_people_is_never_markup(till):
    till.press("F3")
    till.fill_form(None, "1", None, "<img src=x onerror=alert(1)>")

    expect(till.line(0)).to_contain_text("<img src=x")
    assert till.page.locator("#rows img").count() == 0


@pytest.mark.parametrize("state", ["basket", "payment", "help", "done"])
def test_the_page_fits_the_screen_of_the_till(till, state):
    till.scan(TEA)
    till.wait_priced()
    if state == "payment":
        till.open_payment()
    if state == "help":
        till.press("F1")
    if state == "done":
        till.pay_exact()
        till.wait_done()

    width, height = till.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert (width, height) == (1366, 768)


def test_a_sale_at_phone_width_never_scrolls_sideways(new_till):
    till = new_till(width=390, height=844)
    till.scan(TEA)
    expect(till.lines).to_have_count(1)
    till.wait_priced()
    assert_no_sideways(till)
    till.page.locator("#pay-now").click()
    expect(till.page.locator("#pay")).to_be_visible()
    assert_no_sideways(till, "dialog")
    till.page.locator("#pay-quick button").first.click()
    till.page.locator("#pay .main").click()

    till.wait_done()
    assert_no_sideways(till)


@pytest.mark.parametrize("width, height", [(1366, 768), (390, 844)])
def test_the_key_to_pay_and_the_last_button_of_a_return_are_on_screen(new_till, width, height):
    till = new_till(width=width, height=height)
    for count, barcode in enumerate((TEA, WATER, COFFEE), start=1):
        till.scan(barcode)
        expect(till.lines).to_have_count(count)
    till.wait_priced()
    pay = till.page.locator("#pay-now" if width < 800 else "[data-key=F12]")
    expect(pay).to_be_in_viewport(ratio=1)
    till.pay_exact()
    number = till.wait_done()
    expect(till.page.locator("#due-label")).to_have_text("已收")

    till.press("F8")
    till.fill_form(str(number))
    till.press("F6")

    for button in till.dialog.locator(".buttons button").all():
        expect(button).to_be_in_viewport(ratio=1)


def assert_no_sideways(till, selector="html"):
    inner, outer = till.page.evaluate(
        "s => { const e = document.querySelector(s); return [e.scrollWidth, e.clientWidth]; }", selector)
    assert inner <= outer


def test_keys_pressed_faster_than_the_daemon_answers_wait_their_turn(till):
    till.page.route("**/by-barcode/*", lambda route: (till.page.wait_for_timeout(300), route.continue_()))
    till.scan(TEA)
    till.press("+")
    till.press("F12")

    expect(till.page.locator("#pay")).to_be_visible()
    expect(till.line(0).locator(".quantity")).to_contain_text("2")


def test_text_is_large(till):
    till.scan(TEA)
    till.wait_priced()

    sizes = till.page.evaluate("""() => [...document.querySelectorAll('body *')]
        .filter((e) => e.offsetParent && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
        .map((e) => parseFloat(getComputedStyle(e).fontSize))""")
    due = till.page.evaluate("parseFloat(getComputedStyle(document.querySelector('#due')).fontSize)")
    assert min(sizes) >= 18
    assert due >= 64
