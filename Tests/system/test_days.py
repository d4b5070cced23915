"""The day close over all tills: streams, transfers with their remainders, all or nothing, once."""

import threading

import pytest

from books import account_sums
from client import Client, assert_refusal, cash, new_id, wechat
from closing import DAY_MS, MONDAY_MS, Station
from daemon import run, said
from goods import WATER, worked_sale

WATERS = [{"barcode": WATER, "units": 1}]  # 1.20, pledge 0.0240
MONDAY, TUESDAY, WEDNESDAY = "2026-11-02", "2026-11-03", "2026-11-04"


@pytest.fixture
def station():
    made = Station()
    yield made
    if made.daemon.is_running:
        assert made.daemon.stop() == 0
    verified = made.daemon.verify()
    assert verified.returncode == 0, said(verified)


def close_day(station, date, **body):
    return station.manager.post(f"/days/{date}/close", {"id": new_id(), **body})


def a_day(station, items=WATERS, **more):
    """A till opened, one sale, and its Z."""
    session = station.open_till()
    station.at(session).sell(items, **more)
    return station.close(session)


def stream(close, account):
    return next(row["amountMicroYuan"] for row in close["streams"] if row["account"] == account)


def test_a_day_is_closed_by_stream_and_its_pledge_goes_to_the_fund(station):
    first, second = station.open_till(0), station.open_till(1, 10000)
    sold = station.at(first).sell(worked_sale(), tenders=[cash(3000)])
    station.at(second).sell(WATERS, tenders=[wechat(120)])
    station.at(first).give_back(sold["id"], [{"line": 0, "units": 1}])
    zs = [station.close(first), station.close(second, 9990)]

    close = close_day(station, MONDAY).expect(201)

    assert close["zNumbers"] == [z["number"] for z in zs] and close["number"] == 1
    assert (close["saleCount"], close["returnCount"]) == (2, 1)
    assert stream(close, "income:sales") == -(3157 + 150 - 170) * 10_000
    assert stream(close, "expenses:over-short") == 10 * 10_000
    pledge = 505_000 + 24_000 - 27_200
    assert stream(close, "liabilities:charity-fund") == -pledge
    assert close["fundTransfer"] == {
        "carriedInMicroYuan": 0, "pledgeMicroYuan": pledge, "transferFen": 50, "carriedOutMicroYuan": 1800,
    }
    assert sum(row["amountMicroYuan"] for row in close["streams"]) == 0
    tenders = {row["kind"]: row for row in close["tenders"]}
    assert tenders["cash"]["netFen"] == 2525 - 136 and tenders["wechat"]["netFen"] == 120
    assert account_sums(station.daemon.database)["liabilities:charity-fund"] == -1800
    assert account_sums(station.daemon.database)["assets:cash"] == 0


def test_the_remainder_is_carried_and_a_transfer_is_never_negative(station):
    session = station.open_till()
    sold = station.at(session).sell(worked_sale())  # 0.5050
    station.close(session)
    first = close_day(station, MONDAY).expect(201)["fundTransfer"]
    station.pass_ms(DAY_MS)
    session = station.open_till()
    station.at(session, station.manager).give_back(sold["id"], [{"line": 0, "units": 2}, {"line": 1, "units": 1}])
    station.close(session)
    second = close_day(station, TUESDAY).expect(201)["fundTransfer"]
    station.pass_ms(DAY_MS)
    a_day(station, worked_sale())
    third = close_day(station, WEDNESDAY).expect(201)["fundTransfer"]

    assert (first["transferFen"], first["carriedOutMicroYuan"]) == (50, 5000)
    back = 54_400 + 292_800
    assert second == {
        "carriedInMicroYuan": 5000, "pledgeMicroYuan": -back, "transferFen": 0, "carriedOutMicroYuan": 5000 - back,
    }
    owed = 5000 - back + 505_000
    assert third["carriedInMicroYuan"] == 5000 - back
    assert (third["transferFen"], third["carriedOutMicroYuan"]) == (owed // 10_000, owed % 10_000)


def test_gifts_are_transfers_of_their_own(station):
    a_day(station, gift={"amountFen": 300, "campaign": "winter"})

    close = close_day(station, MONDAY).expect(201)

    assert close["giftTransfers"] == [
        {"campaign": "winter", "amountFen": 300, "carriedInFen": 0, "giftsFen": 300, "carriedOutFen": 0}
    ]
    sums = account_sums(station.daemon.database)
    assert sums["liabilities:gifts:winter"] == 0 and sums["liabilities:transfers:gifts:winter"] == -3_000_000


def test_a_day_waits_for_its_tills_and_the_next_day_may_start(station):
    session = station.open_till()
    station.at(session).sell(WATERS)
    assert_refusal(close_day(station, MONDAY), 409, "tills_not_closed")
    station.post(session, "end", {}).expect(201)
    assert close_day(station, MONDAY).json["values"]["tillSessionIDs"] == [session["id"]]

    station.pass_ms(DAY_MS)
    next_day = station.open_till()
    assert station.at(next_day).sell(WATERS)["businessDate"] == TUESDAY
    z = station.close(session, 20_070, reason="unknown")
    close = close_day(station, MONDAY).expect(201)

    assert (z["businessDate"], stream(close, "expenses:over-short")) == (MONDAY, 50 * 10_000)
    assert station.close(next_day)["businessDate"] == TUESDAY
    close_day(station, TUESDAY).expect(201)


def test_what_comes_after_the_close_counts_for_the_next_day(station):
    session = station.open_till()
    sold = station.at(session).sell(WATERS)
    station.close(session)
    close_day(station, MONDAY).expect(201)

    late = station.open_till()
    assert late["businessDate"] == TUESDAY == station.cashier.get("/context").json["businessDate"]
    assert station.at(late).sell(WATERS)["businessDate"] == TUESDAY
    _, back = station.at(late).give_back(sold["id"], [{"line": 0, "units": 1}])
    assert back["businessDate"] == TUESDAY
    station.close(late)
    assert_refusal(close_day(station, TUESDAY), 409, "day_not_begun")
    station.pass_ms(DAY_MS)

    close = close_day(station, TUESDAY).expect(201)

    assert (close["saleCount"], close["returnCount"]) == (1, 1)


def test_days_are_closed_in_order(station):
    a_day(station)
    station.pass_ms(2 * DAY_MS)
    a_day(station)

    assert_refusal(close_day(station, WEDNESDAY), 409, "earlier_day_open")
    assert_refusal(close_day(station, "2026-11-05"), 409, "day_not_begun")
    day = station.manager.get(f"/days/{WEDNESDAY}").expect(200)
    assert day["blockedBy"] == {"code": "earlier_day_open", "businessDate": MONDAY}
    close_day(station, MONDAY).expect(201)
    close_day(station, WEDNESDAY).expect(201)

    assert_refusal(close_day(station, TUESDAY), 409, "day_past")
    assert [row["businessDate"] for row in station.manager.all_items("/day-closes")] == [WEDNESDAY, MONDAY]
    assert_refusal(station.manager.get(f"/day-closes/{TUESDAY}"), 404)


def test_a_closed_day_answers_the_same_whoever_asks(station):
    a_day(station)
    asked = {"id": new_id()}
    before = station.manager.get(f"/days/{MONDAY}").expect(200)
    first = close_day(station, MONDAY, **asked)
    close = first.expect(201)

    for answer in (close_day(station, MONDAY, **asked), close_day(station, MONDAY)):
        assert (answer.status, answer.body) == (201, first.body)
        assert answer.headers["idempotency-replayed"] == "true"
    assert station.manager.get(f"/day-closes/{MONDAY}").body == first.body
    assert_refusal(close_day(station, TUESDAY, **asked), 422, "id_reused")
    for name in ("streams", "fundTransfer", "tenders", "zNumbers", "saleCount"):
        assert before[name] == close[name]
    assert_refusal(station.cashier.post(f"/days/{MONDAY}/close", {"id": new_id()}), 403, "wrong_role")


def test_two_closes_at_once_give_one(station):
    a_day(station)
    token = station.manager.token
    answers = []

    def close():
        answers.append(Client(station.daemon, token).post(f"/days/{MONDAY}/close", {"id": new_id()}))

    threads = [threading.Thread(target=close) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {answer.status for answer in answers} == {201} and len({answer.body for answer in answers}) == 1
    assert len(station.manager.all_items("/day-closes")) == 1


def test_the_trial_balance_is_zero_at_any_moment(station):
    a_day(station)
    early = station.manager.get(f"/ledger/trial-balance?date={MONDAY}").expect(200)
    close_day(station, MONDAY).expect(201)
    station.pass_ms(DAY_MS)
    session = station.open_till()
    station.at(session).sell(WATERS)

    now = station.manager.get("/ledger/trial-balance").expect(200)

    assert early["totalMicroYuan"] == now["totalMicroYuan"] == 0
    sums = {account: amount for account, amount in account_sums(station.daemon.database).items() if amount}
    assert {row["account"]: row["amountMicroYuan"] for row in now["accounts"]} == sums


def test_a_month_sums_its_day_closes(station):
    a_day(station)
    close_day(station, MONDAY).expect(201)
    station.pass_ms(DAY_MS)
    a_day(station, worked_sale())
    assert_refusal(station.manager.post("/months/2026-11/close", {"id": new_id()}), 409, "month_not_over")
    approved = 28 * DAY_MS
    station.pass_ms(approved)
    assert_refusal(station.manager.post("/months/2026-11/close", {"id": new_id()}), 409, "earlier_day_open")
    close_day(station, TUESDAY).expect(201)
    asked = {"id": new_id()}

    month = station.manager.post("/months/2026-11/close", asked).expect(201)

    days = station.manager.all_items("/day-closes")
    assert [day["number"] for day in month["days"]] == [1, 2]
    assert month["salesFen"] == sum(day["salesFen"] for day in days) == 120 + 2525
    transfer = month["fundTransfer"]
    assert transfer["pledgeMicroYuan"] == 24_000 + 505_000
    assert transfer["transferFen"] * 10_000 + transfer["carriedOutMicroYuan"] == 529_000
    assert station.manager.post("/months/2026-11/close", asked).expect(201) == month
    assert station.manager.get("/months/2026-11").expect(200)["isClosed"] is True
    assert_refusal(station.manager.get("/months/2026-13"), 404)


def test_the_command_line_closes_a_day_for_a_manager(station):
    name, password, _ = station.daemon.logins["manager"]
    cashier, word, _ = station.daemon.logins["cashier"]
    a_day(station)

    def close(user, secret, *options):
        return run(
            "close-day", "--data", station.daemon.folder, "--user", user, *options, lines=[secret])

    for user, secret in ((name, "not the password"), (cashier, word), ("nobody", password)):
        refused = close(user, secret, "--date", MONDAY)
        assert refused.returncode == 1 and secret not in said(refused), said(refused)
    assert close(name, password, "--date", TUESDAY).returncode == 1

    first, again = close(name, password), close(name, password, "--date", MONDAY)

    assert first.returncode == 0 and again.returncode == 0, said(first) + said(again)
    assert first.stdout == again.stdout and "日结" in first.stdout.decode()
    assert station.manager.get(f"/day-closes/{MONDAY}").expect(200)["number"] == 1
    station.pass_ms(DAY_MS)
    a_day(station)
    assert station.daemon.stop() == 0
    at_rest = close(name, password, "--date", MONDAY)
    assert at_rest.stdout == first.stdout, said(at_rest)
