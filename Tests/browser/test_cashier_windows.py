"""Two windows of one browser share what it keeps: only the newer one works."""

import json

import pytest
from playwright.sync_api import expect

from till import TEA, WATER, Till, watch_errors


@pytest.fixture
def second(till):
    """Another window of the same browser."""
    page = till.page.context.new_page()
    page.add_init_script(f"sessionStorage.setItem('posd.token', {json.dumps(till.api.token)})")
    other = Till(page, till.server, till.api, watch_errors(page))
    page.goto(till.server.url + "/")
    other.wait_ready()
    yield other
    assert other.errors == []


def test_the_first_window_is_blocked_and_each_basket_is_a_sale_of_its_own(till, request):
    count = len(till.api.sales())
    till.scan(TEA)
    till.open_payment()
    second = request.getfixturevalue("second")
    notice = till.page.locator("#elsewhere")
    expect(notice).to_be_visible()
    expect(second.lines).to_have_count(1)

    till.press("F1")
    till.scan(WATER)
    till.press("Escape")
    till.press("Escape")
    expect(notice).to_be_visible()
    number = second.sell()
    assert len(till.api.sales()) == count + 1

    till.page.wait_for_timeout(300)
    till.press("Enter")
    till.wait_ready()
    expect(till.lines).to_have_count(0)
    expect(second.page.locator("#elsewhere")).to_be_visible()
    assert till.sell(WATER) != number
    assert len(till.api.sales()) == count + 2


def test_a_sale_that_another_window_made_is_no_success(till):
    """The same id and basket sold behind the back of this window: its first try is a repetition."""
    till.scan(TEA)
    till.open_payment()
    sold = []

    def sell_before(route):
        if not sold:
            sold.append(route.fetch().json())
        return route.continue_()

    till.page.route("**/api/v1/sales", sell_before)
    till.press("F1")
    till.press("Enter")

    expect(till.page.locator("#problem")).to_contain_text("不要再收")
    assert str(sold[0]["number"]) in till.page.locator("#problem").inner_text()
    expect(till.done).to_be_hidden()
    expect(till.lines).to_have_count(0)
    assert till.kept("draft")["saleID"] != sold[0]["id"]
    assert till.kept("pending") is None
