"""The board beside a face terminal: who looks into it stands on the board a moment later, with the right money."""

import datetime
import re
import time
import uuid

import pytest
import zkteco
from centre import Centre
from conftest import free_port, start, stop
from personal import Secrets
from playwright.sync_api import expect
from till import API, watch_errors

CHINA = datetime.timezone(datetime.timedelta(hours=8))
SECONDS = 3
PRICE = {"早餐": "6.00", "午餐": "10.00", "晚餐": "8.00"}
REST = {"早餐": "3.00", "午餐": "7.00", "晚餐": "5.00"}


class Station:
    """A demonstration with meals at every hour, stopped and started at the same addresses."""

    def __init__(self, folder):
        self.folder, self.listen, self.terminals = folder, f"127.0.0.1:{free_port()}", f"127.0.0.1:{free_port()}"
        self.start()

    def start(self):
        self.server = start(self.folder, self.listen, "--terminal-listen", self.terminals)

    def stop(self):
        stop(self.server)


@pytest.fixture(scope="module")
def station(tmp_path_factory):
    made = Station(tmp_path_factory.mktemp("posd"))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def centre(station):
    manager = API(station.server.url, station.server.manager)
    manager.open_tills()
    return Centre(station.server, manager, "测试现场")


@pytest.fixture
def terminal(station, centre):
    serial = f"LIVE{uuid.uuid4().hex[:8].upper()}"
    centre.manager.post("/terminals", {
        "id": str(uuid.uuid4()), "serial": serial, "family": "zktecoAttendance", "centreID": centre.id})
    made = zkteco.Terminal(serial, "127.0.0.1", station.server.terminal_port, Secrets(1))
    made.greet()
    return made


@pytest.fixture
def board(browser, station, centre):
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    page.clock.install()
    page.errors = watch_errors(page)
    page.goto(station.server.url + "/board.html")
    page.evaluate("token => sessionStorage.setItem('posd.token', token)", centre.api.token)
    page.reload()
    expect(page.locator("#period")).to_contain_text("餐")
    yield page
    assert page.errors == []
    context.close()


def look(terminal, number):
    """Somebody looks into the terminal; how long it takes until the board may show it starts now."""
    terminal.recognise(number, datetime.datetime.now(CHINA).replace(tzinfo=None))
    terminal.deliver()
    return time.monotonic()


def top_up(centre, person, fen):
    till = centre.manager.get("/context")["tills"][0]["id"]
    session = centre.manager.get(f"/till-sessions/current?tillID={till}")["id"]
    centre.manager.post(f"/meal-accounts/{person['personID']}/top-ups", {
        "id": str(uuid.uuid4()), "tillSessionID": session, "purpose": "topUp", "amountFen": fen,
        "tender": {"kind": "cash", "givenFen": fen}})


def test_who_looks_into_the_terminal_stands_on_the_board_with_the_right_money(board, terminal, centre):
    person = centre.enter("张小英", 601, "0000601")
    top_up(centre, person, 800)
    # A terminal tells whole seconds: a pass of this second would be before the money.
    time.sleep(1.1)
    meal = re.match(r"(..) ", board.locator("#period").inner_text())[1]

    began = look(terminal, "0000601")

    card = board.locator(".latest.good")
    expect(card.locator(".name")).to_have_text("张*英", timeout=SECONDS * 1000)
    took = time.monotonic() - began
    expect(card.locator(".amounts strong")).to_have_text([PRICE[meal], "3.00", REST[meal]])
    expect(card.locator(".pays")).to_have_text(f"餐卡已扣，余 {8 - float(REST[meal]):.2f}")
    expect(card.locator(".low")).to_contain_text("请充值")
    print(f"on the board after {took * 1000:.0f} ms")
    assert took < SECONDS
    assert person["name"] not in board.content()


def test_who_is_not_known_waits_for_a_word_and_two_keys_settle_it(board, terminal, centre):
    look(terminal, "0000699")
    expect(board.locator(".latest.bad")).to_be_visible(timeout=SECONDS * 1000)
    question = board.locator("#waiting-list [aria-current]")
    expect(question).to_be_visible()
    board.keyboard.press("1")
    expect(board.locator("#message")).to_contain_text("已记下")
    expect(board.locator("#waiting")).to_be_hidden()


def test_a_silent_terminal_is_said_to_the_staff_of_its_centre(board, terminal):
    expect(board.locator("#keys [data-key=F9]")).to_be_hidden()
    expect(board.locator("#banner")).to_be_hidden()

    def long_ago(route):
        answer = route.fetch()
        items = [{**one, "lastContactMs": one["lastContactMs"] - 360_000} for one in answer.json()["items"]]
        route.fulfill(response=answer, json={"items": items})

    board.route("**/api/v1/terminals", long_ago)
    board.clock.fast_forward("00:31")

    expect(board.locator("#banner")).to_contain_text(terminal.serial)
    expect(board.locator("#banner")).to_contain_text("看电源和网线")


def test_after_a_stop_of_the_daemon_the_board_goes_on_by_itself(board, terminal, station, centre):
    centre.enter("欧阳测甲", 602, "0000602")
    station.stop()
    expect(board.locator("#banner")).to_contain_text("正在自动重连", timeout=15_000)
    terminal.recognise("0000602", datetime.datetime.now(CHINA).replace(tzinfo=None))

    station.start()

    expect(board.locator("#banner")).to_be_hidden(timeout=15_000)
    terminal.deliver()
    expect(board.locator(".latest .name")).to_have_text("欧*甲", timeout=15_000)
