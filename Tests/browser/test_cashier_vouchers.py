"""Vouchers, coupons and members at the till: scanned like goods, said in plain words, paid in the open."""

import uuid

import pytest
from playwright.sync_api import expect

from relief import add_coupon, add_programme, issue
from till import COFFEE, WATER, yuan


@pytest.fixture(scope="module")
def balance(manager):
    return add_programme(manager, "测试余额")


@pytest.fixture(scope="module")
def single_use(manager):
    return add_programme(manager, "测试一次", kind="singleUse", refund="toProgramme")


@pytest.fixture
def shown(till):
    return till.page.locator("#shown tr")


def price(till, barcode):
    return till.api.product(barcode)["stationPriceFen"]


def test_a_voucher_is_scanned_like_goods_and_pays(till, shown, manager, balance):
    [code] = issue(manager, balance, 5000)
    due = price(till, COFFEE)
    till.scan(COFFEE)
    expect(till.lines).to_have_count(1)
    till.scan(code)

    expect(shown).to_have_count(1)
    expect(shown).to_contain_text(f"…{code[-4:]}")
    expect(shown).to_contain_text(f"余 {yuan(5000 - due)}")
    expect(till.line(0)).to_contain_text(f"券付 {yuan(due)}")
    expect(till.due).to_have_text("0.00")
    assert code not in till.page.locator("body").inner_text()
    assert "测试余额" not in till.page.content()

    till.press("F12")
    expect(till.page.locator("#pay-left-amount")).to_have_text("0.00")
    till.press("Enter")
    till.wait_done()
    expect(till.page.locator("#done-paid")).to_contain_text(f"余额 {yuan(5000 - due)}")
    assert manager.get(f"/vouchers/by-code/{code}")["leftFen"] == 5000 - due
    assert till.kept("draft")["shown"] == []


def test_a_forfeit_is_told_before_paying_and_enter_does_not_agree(till, shown, manager, single_use):
    [code] = issue(manager, single_use, 5000)
    left = 5000 - price(till, WATER)
    till.scan(WATER)
    till.scan(code)
    expect(shown).to_contain_text(f"作废 {yuan(left)}")
    count = len(till.api.sales())

    till.press("F12")
    expect(till.dialog).to_contain_text(f"还有 {yuan(left)} 元用不完")
    till.press("Enter")
    expect(till.page.locator("dialog")).to_have_count(0)
    till.press("F12")
    expect(till.dialog).to_contain_text("用不完")
    till.press("Delete")
    expect(shown).to_have_count(0)
    assert len(till.api.sales()) == count
    till.press("Control+z")
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text("作废")

    till.press("F12")
    expect(till.dialog).to_contain_text("用不完")
    till.press("F12")
    expect(till.page.locator("#pay")).to_be_visible()
    till.press("Enter")
    till.wait_done()
    assert manager.get(f"/vouchers/by-code/{code}")["state"] == "spent"


def test_a_refused_voucher_comes_off_before_the_sale(till, shown, manager):
    programme = add_programme(manager, f"测试{uuid.uuid4().hex[:4]}", goods={"allowed": ["没有这类"]})
    [code] = issue(manager, programme, 5000)
    till.scan(WATER)
    till.scan(code)
    expect(shown).to_contain_text("没有这张券能买的商品")

    till.press("F12")
    expect(till.dialog).to_contain_text("先取下这张券")
    till.press("Delete")
    expect(shown).to_have_count(0)
    till.pay_exact()
    till.wait_done()


def test_a_misread_code_never_reaches_the_daemon(till, shown, manager, balance):
    [code] = issue(manager, balance, 1000)
    asked = []
    till.page.on("request", lambda request: asked.append(request.post_data or ""))
    till.scan(WATER)
    expect(till.lines).to_have_count(1)
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    till.scan(wrong)

    expect(till.page.locator("#problem")).to_contain_text("券码不对")
    expect(shown).to_have_count(0)
    assert not any(wrong in body for body in asked)


def test_a_coupon_is_typed_says_why_and_never_blocks(till, shown, manager):
    code = f"MAN{uuid.uuid4().hex[:5].upper()}9"
    add_coupon(manager, code, minimumSpendFen=100_000)
    till.scan(WATER)
    till.press("Control+k")
    expect(till.dialog).to_be_visible()
    till.fill_form(code.lower())
    expect(shown).to_contain_text("要满 1000.00 元")

    till.press("Delete")
    expect(shown).to_have_count(0)
    till.type("NIEMALS9")
    till.press("Enter")
    expect(till.page.locator("#problem")).to_contain_text("没有这张优惠券")
    till.pay_exact()
    till.wait_done()


def test_a_member_is_known_by_phone_and_a_coupon_takes_off(till, shown, manager):
    phone = f"138{uuid.uuid4().int % 10**8:08}"
    member = manager.post("/members", {"id": str(uuid.uuid4()), "phone": phone})
    code = f"HUI{uuid.uuid4().hex[:5].upper()}9"
    add_coupon(manager, code, holder="members", amountFen=100)
    till.scan(COFFEE)
    expect(till.lines).to_have_count(1)
    till.scan(code)
    expect(shown).to_contain_text("会员才能用")
    till.scan(phone)
    expect(shown).to_have_count(2)
    expect(till.due).to_have_text(yuan(price(till, COFFEE) - 100))
    assert phone not in till.page.content()

    till.pay_exact()
    number = till.wait_done()
    assert till.api.get(f"/sales/by-number/{number}")["memberID"] == member["id"]


def test_a_balance_is_asked_for(till, manager, balance):
    [code] = issue(manager, balance, 4200)
    till.press("Control+k")
    expect(till.dialog).to_be_visible()
    till.press("F6")
    expect(till.dialog).to_contain_text("查余额")
    till.fill_form(code)
    expect(till.dialog).to_contain_text("42.00")
    expect(till.dialog).to_contain_text("可以用")
    assert "测试余额" not in till.page.content()


def test_goods_that_come_back_go_back_on_the_voucher(till, manager, balance):
    [code] = issue(manager, balance, 5000)
    till.scan(COFFEE)
    expect(till.lines).to_have_count(1)
    till.scan(code)
    expect(till.due).to_have_text("0.00")
    till.press("F12")
    expect(till.page.locator("#pay-left-amount")).to_have_text("0.00")
    till.press("Enter")
    number = till.wait_done()

    till.press("F8")
    till.fill_form(str(number))
    expect(till.page.locator("#return")).to_be_visible()
    till.press("F6")
    expect(till.page.locator("#return-refund")).to_contain_text(f"退回代金券 {yuan(price(till, COFFEE))}")
    till.press("1")
    till.press("Enter")
    expect(till.dialog).to_contain_text("退给顾客")
    till.press("Enter")
    expect(till.page.locator("#done-number")).to_contain_text("退货")
    assert manager.get(f"/vouchers/by-code/{code}")["leftFen"] == 5000


def test_held_baskets_keep_no_codes(till, shown, manager, balance):
    [code] = issue(manager, balance, 5000)
    till.scan(WATER)
    expect(till.lines).to_have_count(1)
    till.scan(code)
    expect(shown).to_have_count(1)
    till.press("F4")
    expect(till.dialog).to_be_visible()
    till.press("Enter")
    expect(till.page.locator("#message")).to_contain_text("请再扫一次")
    expect(shown).to_have_count(0)
    assert code not in str(till.api.get("/baskets"))
    assert code not in till.page.evaluate("JSON.stringify(localStorage)")
