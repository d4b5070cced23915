"""Meal accounts at the till, and meal centres on the managers' page."""

import uuid

import pytest
from playwright.sync_api import expect

from centre import MINUTE, Centre, past_noon
from manager_page import open_page
from test_manager_relief import choose_row, view


@pytest.fixture(scope="module")
def centre(server, manager):
    return Centre(server, manager, f"测试中心{uuid.uuid4().hex[:4]}")


@pytest.fixture
def page(managers_page, manager, centre):
    page = managers_page
    page.section("F9", "助餐")
    if len(manager.get("/centres")["items"]) > 1:
        page.page.locator("#actions button", has_text="换中心").click()
        page.dialog.locator("select").select_option(label=centre.name)
        page.press("Enter")
    expect(page.page.locator("#content h2").first).to_contain_text(centre.name)
    return page


def ask_for_card(till, centre, text):
    """Ctrl+K, F7 and what the person says."""
    till.press("Control+k")
    expect(till.dialog).to_be_visible()
    till.press("F7")
    expect(till.dialog).to_contain_text("请老人报餐卡号")
    till.type(text)
    if till.dialog.locator("select").count():
        till.dialog.locator("select").select_option(label=centre.name)
        till.dialog.locator("select").focus()
    till.press("Enter")


def test_a_cashier_tops_up_a_meal_card(till, manager, centre):
    person = centre.enter("测试戊芳", 501)
    ask_for_card(till, centre, "501")
    expect(till.dialog.locator(".big").first).to_have_text("测*芳")
    expect(till.dialog.locator(".figures strong")).to_have_text(["0.00", "0.00"])
    assert person["name"] not in till.page.content()
    till.fill_form("50", None, "100")

    expect(till.dialog).to_contain_text("餐卡余额")
    expect(till.dialog.locator(".figures strong").first).to_have_text("50.00")
    till.press("Escape")
    assert manager.get(f"/meal-accounts/{person['personID']}")["balanceFen"] == 5000


def test_a_mistake_is_undone_at_once_or_later_from_the_list(till, manager, centre):
    person = centre.enter("测试癸兰", 506)
    ask_for_card(till, centre, f"{person['last4']} {person['name']}")
    expect(till.dialog).to_contain_text("充值多少")
    till.fill_form("20", None, "")
    expect(till.dialog).to_contain_text("收错了")
    till.press("F8")
    expect(till.dialog).to_contain_text("退现金 20.00 元")
    till.press("Escape")
    expect(till.dialog).to_have_count(0)

    ask_for_card(till, centre, "506")
    expect(till.dialog).to_contain_text("充值多少")
    till.fill_form("60", None, "")
    expect(till.dialog).to_contain_text("收错了")
    till.press("Escape")
    till.press("Control+k")
    expect(till.dialog).to_be_visible()
    till.press("F7")
    expect(till.dialog).to_contain_text("请老人报餐卡号")
    till.press("F8")
    expect(till.dialog).to_contain_text("测*兰")
    till.press("Enter")
    till.approve()
    expect(till.dialog).to_contain_text("退现金 60.00 元")
    till.press("Escape")
    assert manager.get(f"/meal-accounts/{person['personID']}")["balanceFen"] == 0


def test_a_card_of_nobody_is_said_in_plain_words(till, centre):
    ask_for_card(till, centre, "987654")
    expect(till.alert).to_contain_text("没有找到这张餐卡")
    till.press("Escape")


def test_the_meals_of_a_day_and_what_waits_are_listed_and_ruled(page, centre, manager):
    person, noon = centre.enter("测试己强", 502), past_noon()
    first = centre.log(person, noon)
    centre.log(person, noon + 20 * MINUTE)
    view(page, "等处理")
    choose_row(page, person["name"])
    page.action("1")
    expect(page.message).to_contain_text("已记下")
    expect(page.rows.filter(has_text=person["name"])).to_have_count(0)

    view(page, "一天的餐")
    page.action("1")
    expect(page.dialog).to_be_visible()
    page.page.locator("dialog input").fill(first["date"])
    page.press("Enter")
    expect(page.rows.filter(has_text=person["name"])).to_have_count(2)
    expect(page.rows.filter(has_text="第二餐，吃了")).to_have_count(1)


def test_a_person_is_enrolled_and_the_account_shown(page, centre, manager):
    person = centre.enter("测试庚平", 503)
    view(page, "名单")
    expect(page.rows.filter(has_text=person["name"])).to_have_count(1)
    page.action("1")
    expect(page.dialog).to_contain_text("后四位")
    page.form(f"{person['last4']} {person['name']}")
    expect(page.dialog).to_contain_text("终端编号")
    page.form("777001", "", "")
    expect(page.message).to_contain_text("777001")

    choose_row(page, "777001")
    page.action("3")
    expect(page.dialog).to_contain_text("最后一天")
    page.press("Enter")
    expect(page.message).to_contain_text("已停用")
    choose_row(page, person["name"])
    page.action("2")
    expect(page.page.locator("#content")).to_contain_text("餐卡余 0.00 元")


def test_a_claim_has_its_lines_checks_and_sheet(page, centre):
    person = centre.enter("测试辛安", 504)
    meal = centre.log(person, past_noon())
    view(page, "补贴申领")
    page.page.locator("#actions button", has_text="换日期").click()
    expect(page.dialog).to_be_visible()
    page.page.locator("dialog input[name=from]").fill(meal["date"])
    page.press("Enter", "Enter")
    expect(page.rows.filter(has_text=centre.name)).to_have_count(1)
    expect(page.page.locator("#content .notes .bad").first).to_be_visible()
    choose_row(page, centre.name)
    page.page.locator("#actions button", has_text="看每一笔").click()
    expect(page.page.locator("#content table").last).to_contain_text(meal["masked"])
    page.page.locator("#actions button", has_text="查看").click()
    expect(page.page.locator("#paper img, #paper pre")).to_be_visible()


def test_staff_of_a_centre_see_their_centre_only(browser, server, centre):
    page = open_page(browser, server, centre.log_in, centre.api, first="助餐")
    expect(page.page.locator("#keys")).not_to_contain_text("日结")
    expect(page.page.locator("#content h2").first).to_contain_text(centre.name)
    expect(page.page.locator("#tabs")).not_to_contain_text("补贴申领")
    page.page.context.close()


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["desk", "phone"])
def test_the_meal_pages_fit_the_screen(browser, server, manager, size):
    page = open_page(browser, server, server.manager, manager, size)
    page.section("F9", "助餐")
    for _ in range(4):
        page.page.wait_for_timeout(150)
        assert page.page.evaluate("document.documentElement.scrollWidth") <= size[0]
        page.press("ArrowRight")
    page.page.context.close()
