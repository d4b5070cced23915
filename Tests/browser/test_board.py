"""The meal board at the counter: live, masked, settled with two keys, and plain words when the line is down."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from centre import MINUTE, Centre, past_noon
from till import API, watch_errors


@pytest.fixture(scope="module")
def centre(server):
    return Centre(server, API(server.url, server.manager), f"测试助餐{uuid.uuid4().hex[:4]}")


@pytest.fixture
def new_board(browser, server, centre):
    contexts = []

    def make(width=1366, height=768):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.errors = watch_errors(page)
        page.goto(server.url + "/board.html")
        page.evaluate("token => sessionStorage.setItem('posd.token', token)", centre.api.token)
        page.reload()
        expect(page.locator("#centre")).to_have_text(centre.name)
        expect(page.locator("#period")).not_to_be_empty()
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def board(new_board):
    page = new_board()
    yield page
    assert page.errors == []


def test_who_was_just_seen_stands_there_at_once_and_masked(board, centre):
    person = centre.enter("欧阳测甲", 401)
    meal = centre.log(person)

    latest = board.locator(".latest")
    expect(latest).to_have_attribute("data-meal", meal["id"])
    expect(latest.locator(".name")).to_have_text(meal["masked"])
    assert "*" in meal["masked"]
    expect(board.locator(f"#list [data-meal='{meal['id']}']")).to_contain_text(meal["masked"])
    assert person["name"] not in board.content()
    if meal["verdict"] == "served":
        expect(latest).to_contain_text("10.00")


def test_a_second_meal_is_settled_with_one_key(new_board, centre):
    person, noon = centre.enter("测试乙明", 402), past_noon()
    centre.log(person, noon)
    second = centre.log(person, noon + 20 * MINUTE)
    assert second["verdict"] == "second"
    board = new_board()
    question = board.locator(f"#waiting-list [data-meal='{second['id']}']")
    expect(question).to_contain_text("又打了一次")
    question.click()
    expect(question).to_have_attribute("aria-current", "true")

    board.keyboard.press("1")
    expect(question).to_have_count(0)
    expect(board.locator("#message")).to_contain_text("已记下")
    ruled = [each for each in centre.api.get(f"/centres/{centre.id}/meals?date={second['date']}")["items"] if each["id"] == second["id"]]
    assert ruled[0]["ruling"] == "confirmed"


def test_a_meal_not_eaten_is_dismissed_with_the_other_key(new_board, centre):
    person, noon = centre.enter("测试丙红", 403), past_noon()
    centre.log(person, noon)
    second = centre.log(person, noon + 30 * MINUTE)
    board = new_board()
    question = board.locator(f"#waiting-list [data-meal='{second['id']}']")
    question.click()
    board.keyboard.press("2")

    expect(question).to_have_count(0)
    assert second["id"] not in [each["id"] for each in centre.waiting()]


def test_a_meal_without_a_face_needs_a_person_and_a_witness(board, centre, server):
    person = centre.enter("测试丁雪", 404)
    board.keyboard.press("F2")
    dialog = board.locator("dialog")
    expect(dialog).to_contain_text("补记一餐")
    board.keyboard.type("没有此人")
    board.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("没有找到")
    board.keyboard.press("Control+a")
    board.keyboard.type(f"{person['last4']} {person['name']}")
    board.keyboard.press("Enter")

    expect(dialog).to_contain_text("见证人")
    board.keyboard.press("Enter")
    board.keyboard.press("3")
    board.keyboard.press("Enter")
    board.keyboard.press("Enter")
    for text in (centre.log_in.user, centre.log_in.pin):
        board.keyboard.type(text)
        board.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    board.locator("dialog input[name=witness]").fill(server.cashier.user)
    board.locator("dialog input[name=pin]").fill(server.cashier.pin)
    board.keyboard.press("Enter")

    expect(board.locator("#message")).to_contain_text(re.compile("测.*雪"))
    expect(board.locator(".latest .name")).to_have_text(re.compile(r"^测.*雪$"))


def test_a_broken_line_is_said_and_mends_itself(board):
    board.route("**/board", lambda route: route.abort())
    board.reload()
    expect(board.locator("#banner")).to_contain_text("正在自动重连")
    expect(board.locator("#banner")).to_contain_text("按 F2 补记")
    board.unroute("**/board")
    expect(board.locator("#banner")).to_be_hidden(timeout=15_000)
    expect(board.locator("#period")).not_to_be_empty()


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["desk", "phone"])
def test_the_board_fits_the_screen(new_board, size):
    board = new_board(*size)
    assert board.evaluate("document.documentElement.scrollWidth") <= size[0]
    board.keyboard.press("F1")
    expect(board.locator("dialog")).to_contain_text("怎么用看板")
    assert board.evaluate("document.documentElement.scrollWidth") <= size[0]
