"""Relief on the managers' page: programmes, vouchers, coupons, hand-outs, claims; by keyboard."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from manager_page import open_page
from relief import add_programme, issue, new_id
from test_manager_people import add_person
from till import WATER


@pytest.fixture
def relief(managers_page):
    managers_page.section("F7", "代金券")
    return managers_page


def view(page, name):
    """Goes right until the view has this name."""
    chosen = page.page.locator("#tabs [aria-selected=true]")
    for _ in range(5):
        expect(page.page.locator("#tabs [aria-selected=true]")).to_have_count(1)
        if chosen.inner_text() == name:
            return
        before = chosen.inner_text()
        page.press("ArrowRight")
        expect(chosen).not_to_have_text(before)
    raise AssertionError(f"no view {name}")


def choose_row(page, text):
    page.rows.filter(has_text=text).first.click()
    expect(page.page.locator("#content tr[aria-current]")).to_contain_text(text)


def dates(manager):
    today = manager.get("/context")["businessDate"]
    return today, f"{today[:4]}-12-31"


def test_a_programme_is_made_and_its_vouchers_issued_printed_and_blocked(relief, manager):
    name = f"测试项目{uuid.uuid4().hex[:4]}"
    relief.page.locator("#actions button", has_text="加项目").click()
    expect(relief.dialog).to_contain_text("英文名称")
    relief.form(name, "", "测试基金", "低保", "")
    expect(relief.dialog).to_contain_text("只能买哪些类别")
    relief.form("", "粮油、乳品", "", "", "", "1 3 5 8")
    relief.press("Enter", "Enter")
    expect(relief.dialog.get_by_role("alert")).to_contain_text("1 到 7")
    relief.page.locator("dialog input[name=weekdays]").fill("")
    relief.page.locator("dialog button[type=submit]").click()
    expect(relief.message).to_contain_text("已加项目")
    made = next(each for each in manager.get("/programmes")["items"] if each["name"] == name)
    assert (made["kind"], made["people"], made["goods"]["allowed"]) == ("balance", ["minimumLiving"], ["乳品", "粮油"])

    choose_row(relief, name)
    relief.page.locator("#actions button", has_text="发不记名券").click()
    expect(relief.dialog).to_contain_text("几张")
    first, last = dates(manager)
    relief.form("2", "50", first, last, "")
    expect(relief.message).to_contain_text("已发 2 张")
    expect(relief.rows).to_have_count(2)
    relief.action("2")
    expect(relief.dialog).to_contain_text("有记录")
    relief.press("Enter")
    expect(relief.dialog.locator(".code")).to_have_text(re.compile(r"^([2-9A-Z]{4} ){4}[2-9A-Z]{4}$"))
    relief.press("Escape")
    relief.action("3")
    expect(relief.dialog).to_contain_text("停用券")
    relief.press("Enter")
    expect(relief.rows.first).to_contain_text("已停用")


def test_a_lost_voucher_is_replaced_and_the_old_one_is_dead(relief, manager):
    programme = add_programme(manager, f"测试补发{uuid.uuid4().hex[:4]}")
    [code] = issue(manager, programme, 3000)
    relief.press("F7")
    expect(relief.rows.filter(has_text=programme["name"])).to_have_count(1)
    choose_row(relief, programme["name"])
    relief.action("1")
    expect(relief.rows).to_have_count(1)
    relief.action("4")
    expect(relief.dialog).to_contain_text("旧的马上作废")
    relief.press("Enter")

    expect(relief.message).to_contain_text("新券")
    expect(relief.rows).to_have_count(2)
    assert manager.get(f"/vouchers/by-code/{code}")["state"] == "replaced"


def test_vouchers_go_to_people_of_a_list(relief, manager, tmp_path):
    programme = add_programme(manager, f"测试名单{uuid.uuid4().hex[:4]}")
    people = [add_person(manager, serial, f"名单{sign}人") for serial, sign in ((301, "甲"), (302, "乙"))]
    relief.press("F7")
    expect(relief.rows.filter(has_text=programme["name"])).to_have_count(1)
    choose_row(relief, programme["name"])
    relief.action("2")
    expect(relief.page.locator("#content")).to_contain_text("名单 0 人")
    relief.action("1")
    expect(relief.dialog).to_contain_text("后四位")
    relief.form(f"{people[0]['last4']} {people[0]['name']}")
    expect(relief.dialog.locator("input")).to_have_value("")
    relief.press("Escape")

    rows = tmp_path / "list.csv"
    rows.write_text(f"后四位,姓名\n{people[1]['last4']},{people[1]['name']}\n9999,没有此人\n", encoding="gb18030")
    with relief.page.expect_file_chooser() as chooser:
        relief.action("2")
    chooser.value.set_files(rows)
    expect(relief.page.locator("#content")).to_contain_text("名单 2 人")
    expect(relief.page.locator("#content")).to_contain_text("第 3 行")
    relief.action("3")
    expect(relief.dialog).to_contain_text("给 2 个人")
    first, last = dates(manager)
    relief.form("20", first, last, "")
    expect(relief.message).to_contain_text("已发 2 张")
    expect(relief.rows).to_have_count(2)


def test_a_coupon_is_given_out_and_ended(relief, manager):
    code = f"TEST{uuid.uuid4().hex[:4].upper()}Z"
    view(relief, "优惠券")
    relief.action("1")
    expect(relief.dialog).to_contain_text("谁出钱")
    relief.form(code.lower(), "测试满减", "", "5", "30")
    relief.page.locator("dialog input[name=payer]").fill("ruixing-2")
    relief.press("Enter")
    expect(relief.dialog).to_contain_text("谁可以用")
    relief.page.locator("dialog button[type=submit]").click()
    expect(relief.message).to_contain_text(code)
    made = next(each for each in manager.get("/coupons?limit=100")["items"] if each["code"] == code)
    assert (made["amountFen"], made["minimumSpendFen"], made["payer"]) == (500, 3000, "sponsor:ruixing-2")

    choose_row(relief, code)
    relief.action("2")
    expect(relief.dialog).to_contain_text("不能再恢复")
    relief.press("Enter")
    expect(relief.rows.filter(has_text=code)).to_contain_text("已停")


def test_goods_are_handed_out_once(relief, manager):
    programme = add_programme(manager, f"测试慰问{uuid.uuid4().hex[:4]}")
    person = add_person(manager, 303, "名单丙人")
    before = manager.product(WATER)["stock"]
    view(relief, "物资发放")
    for is_first in (True, False):
        relief.action("1")
        if len([each for each in manager.get("/programmes")["items"] if not each["isEnded"]]) > 1:
            expect(relief.dialog.locator("option", has_text=programme["name"])).to_have_count(1)
            relief.dialog.locator("select").select_option(label=re.sub(r"$", "　测试基金", programme["name"]))
            relief.press("Enter")
        expect(relief.dialog).to_contain_text("发给谁")
        relief.form(f"{person['last4']} {person['name']}")
        expect(relief.dialog).to_contain_text("扫商品")
        relief.page.locator("dialog input[name=text]").fill(WATER)
        relief.press("Enter", "Enter")
        expect(relief.dialog.locator(".intro")).to_contain_text("农夫山泉")
        relief.press("Enter", "Enter")
        if len(manager.get("/context")["tills"]) > 1:
            expect(relief.dialog).to_contain_text("哪台")
            relief.press("Enter")
        expect(relief.dialog).to_contain_text("发给")
        relief.press("Enter")
        expect(relief.message if is_first else relief.problem).to_contain_text("已发" if is_first else "领过")
    assert manager.product(WATER)["stock"] == before - 1


def test_what_a_funder_owes_is_a_document_with_every_line(relief, manager, server):
    programme = add_programme(manager, f"测试结算{uuid.uuid4().hex[:4]}")
    [code] = issue(manager, programme, 5000)
    manager.open_tills()
    till = manager.get("/context")["tills"][0]["id"]
    session = manager.get(f"/till-sessions/current?tillID={till}")["id"]
    items = {"items": [{"barcode": WATER, "units": 2}], "vouchers": [code]}
    quote = manager.post("/quotes", items)
    sale = manager.post("/sales", {
        "id": new_id(), "tillSessionID": session, **items, "tenders": [], "dueFen": quote["totals"]["dueFen"],
        "voucherFen": quote["voucherFen"], "forfeitFen": quote["forfeitFen"]})
    view(relief, "结算单")
    relief.press("F7")
    expect(relief.rows.filter(has_text=programme["name"])).to_have_count(1)
    choose_row(relief, programme["name"])
    relief.action("1")

    expect(relief.page.locator("#paper img")).to_be_visible()
    expect(relief.page.locator("#content table").last).to_contain_text(str(sale["number"]))
    expect(relief.page.locator("#content table").last).to_contain_text("农夫山泉")


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["desk", "phone"])
def test_the_relief_pages_fit_the_screen(browser, server, manager, size):
    page = open_page(browser, server, server.manager, manager, size)
    page.section("F7", "代金券")
    for _ in range(5):
        page.page.wait_for_timeout(150)
        assert page.page.evaluate("document.documentElement.scrollWidth") <= size[0]
        page.press("ArrowRight")
    page.page.context.close()
