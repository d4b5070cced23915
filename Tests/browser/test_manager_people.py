"""People and members on the managers' page: looked up, entered, changed, forgotten; synthetic people only."""

import uuid

import pytest
from playwright.sync_api import expect

from manager_page import open_page

WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def identity_number(serial, born="19500228"):
    """A well-formed number of nobody: area 999999 is not given out."""
    first = f"999999{born}{serial:03}"
    return first + "10X98765432"[sum(w * int(d) for w, d in zip(WEIGHTS, first)) % 11]


@pytest.fixture(params=[(1366, 768), (390, 844)], ids=["desk", "phone"])
def size(request):
    return request.param


@pytest.fixture
def people(managers_page):
    managers_page.section("F8", "人员")
    return managers_page


def add_person(manager, serial, name):
    return manager.post("/beneficiaries", {
        "id": str(uuid.uuid4()), "identityNumber": identity_number(serial), "name": name, "isResident": True})


def look_up(page, person):
    page.action("1")
    expect(page.dialog).to_contain_text("查找")
    page.form(f"{person['last4']} {person['name']}")
    expect(page.rows).to_have_count(1)


def test_nobody_is_listed_before_somebody_is_looked_up(people, manager):
    person = add_person(manager, 101, "测试甲英")
    expect(people.page.locator("#content")).to_contain_text("按 1 查找")
    assert person["name"] not in people.page.content()

    look_up(people, person)
    expect(people.page.locator("#content")).to_contain_text("1950-02-28")
    people.action("5")
    expect(people.page.locator("#content")).not_to_contain_text(person["name"])


def test_a_person_is_entered_and_changed_by_keyboard(people, manager):
    number = identity_number(102)
    people.action("2")
    expect(people.dialog).to_contain_text("登记")
    people.form(number[:-1] + ("0" if number[-1] != "0" else "1"), "测试乙兰", "", "低保", "", "", "", "")
    expect(people.dialog.get_by_role("alert")).to_contain_text("身份证号")
    people.page.locator("dialog input[name=identityNumber]").fill(number)
    people.page.locator("dialog button[type=submit]").click()
    expect(people.message).to_contain_text("已登记")
    expect(people.rows).to_contain_text("低保")

    people.action("3")
    expect(people.dialog).to_contain_text("修改")
    people.page.locator("dialog input[name=deceasedOn]").fill("2026-11-01")
    people.page.locator("dialog button[type=submit]").click()
    expect(people.rows).to_contain_text("去世")
    found = manager.post("/beneficiaries/search", {"identityNumber": number})["items"]
    assert found[0]["deceasedOn"] == "2026-11-01"
    assert number not in people.page.content()


def test_forgetting_asks_twice(people, manager):
    person = add_person(manager, 103, "测试丙华")
    look_up(people, person)

    people.action("4")
    expect(people.dialog).to_contain_text("找不回")
    people.press("Enter")
    expect(people.dialog).to_contain_text("再输入一次")
    people.form("0000")
    expect(people.dialog.get_by_role("alert")).to_contain_text("没有忘掉")
    people.page.locator("dialog input").fill(person["last4"])
    people.press("Enter")

    expect(people.message).to_contain_text("已忘掉")
    assert manager.post("/beneficiaries/search", {"last4": person["last4"], "name": person["name"]})["items"] == []


def test_a_member_joins_and_is_found_by_phone(people):
    phone = f"139{uuid.uuid4().int % 10**8:08}"
    people.press("ArrowRight")
    expect(people.page.locator("#tabs [aria-selected=true]")).to_have_text("会员")
    people.action("2")
    expect(people.dialog).to_contain_text("办会员")
    people.form("12345")
    expect(people.dialog.get_by_role("alert")).to_contain_text("11 位")
    people.page.locator("dialog input").fill(phone)
    people.press("Enter")
    expect(people.message).to_contain_text("新会员")

    people.action("1")
    expect(people.dialog).to_contain_text("会员号或手机号")
    people.form(phone)
    expect(people.rows).to_have_count(1)
    expect(people.rows).to_contain_text(phone)
    expect(people.page.locator("dialog")).to_have_count(0)
    people.action("3")
    expect(people.page.locator("#content")).to_contain_text("买过 0 次")


def test_the_people_pages_fit_the_screen(browser, server, manager, size):
    page = open_page(browser, server, server.manager, manager, size)
    for key in ("F8", "ArrowRight"):
        page.press(key)
        page.page.wait_for_timeout(200)
        assert page.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.page.context.close()
