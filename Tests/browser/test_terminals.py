"""Face terminals on the managers' page: enrolled, asked, replaced, retired; silence is seen."""

import uuid

import pytest
from playwright.sync_api import expect

from centre import Centre
from test_manager_relief import choose_row, view


@pytest.fixture(scope="module")
def centre(server, manager):
    return Centre(server, manager, f"测试终端{uuid.uuid4().hex[:4]}")


@pytest.fixture
def page(managers_page, centre):
    page = managers_page
    page.section("F9", "助餐")
    view(page, "终端")
    return page


def test_a_terminal_is_enrolled_asked_replaced_and_retired(page, centre, manager):
    first, second = (f"CJ{uuid.uuid4().hex[:10].upper()}" for _ in range(2))
    page.page.locator("#actions button", has_text="登记终端").click()
    if page.dialog.locator("option", has_text="另一台").count():
        page.dialog.locator("select").select_option(label="另一台，自己输入序列号")
        page.press("Enter")
    expect(page.dialog).to_contain_text("型号")
    page.page.locator("dialog input[name=serial]").fill(first)
    page.page.locator("dialog select[name=centreID]").select_option(label=centre.name)
    page.page.locator("dialog button[type=submit]").click()
    expect(page.message).to_contain_text(first)
    choose_row(page, first)
    expect(page.rows.filter(has_text=first)).to_contain_text("没有联系")

    page.page.locator("#actions button", has_text="发命令").click()
    expect(page.dialog).to_contain_text("数一数")
    page.press("1", "Enter", "Enter", "Enter")
    expect(page.page.locator("#content")).to_contain_text("马上上传")

    page.page.locator("#actions button", has_text="换一台").click()
    expect(page.dialog).to_contain_text("名单照旧")
    page.page.locator("dialog input[name=serial]").fill(second)
    page.page.locator("dialog input[name=numbers]").fill("1=0000017, 2=0000018")
    page.page.locator("dialog button[type=submit]").click()
    expect(page.rows.filter(has_text=first)).to_contain_text("已停用")
    [new] = [one for one in manager.get("/terminals")["items"] if one["serial"] == second]
    assert new["numberCount"] == 2
    choose_row(page, second)
    page.page.locator("#actions button", has_text="停用").click()
    expect(page.dialog).to_contain_text("停用终端")
    page.press("Enter")
    expect(page.rows.filter(has_text=second)).to_contain_text("已停用")
