"""A till from its float to its Z report: movements, handover, blind count, over and short."""

import pytest

from client import Client, assert_refusal, cash, new_id, wechat
from closing import DAY_MS, Station, notes
from daemon import said
from goods import WATER, worked_sale

WATERS = [{"barcode": WATER, "units": 1}]  # 1.20


@pytest.fixture(scope="module")
def station():
    made = Station()
    yield made
    assert made.daemon.stop() == 0
    verified = made.daemon.verify()
    assert verified.returncode == 0, said(verified)


@pytest.fixture
def session(station):
    """A session opened for one test, closed after it."""
    opened = station.open_till()
    yield opened
    if station.manager.get(f"/till-sessions/{opened['id']}").expect(200)["state"] != "closed":
        station.close(opened)


def expected(station, session):
    return station.manager.get(f"/till-sessions/{session['id']}").expect(200)["expectedCashFen"]


def move(station, session, kind, fen, reason="other", client=None, **more):
    return station.post(session, "movements", {"kind": kind, "amountFen": fen, "reason": reason, **more}, client)


def test_the_expected_cash_follows_from_float_sales_returns_and_movements(station, session):
    till = station.at(session)
    sale = till.sell(worked_sale(), tenders=[cash(3000)])
    till.sell(WATERS, tenders=[wechat(120)])
    till.give_back(sale["id"], [{"line": 0, "units": 1}])
    move(station, session, "paidIn", 5000, "changeMoney").expect(201)
    move(station, session, "paidOut", 800, "purchase", station.manager).expect(201)
    move(station, session, "pickup", 10000, "deposit", station.manager).expect(201)

    assert expected(station, session) == 20000 + 2525 - 136 + 5000 - 800 - 10000
    x = station.manager.get(f"/till-sessions/{session['id']}/x-report").expect(200)
    z = station.close(session)

    same = ("sales", "returns", "tenders", "movements", "drawerOpenings", "expectedFen", "ledger", "voids")
    assert {name: x[name] for name in same} == {name: z[name] for name in same}
    assert z["sales"] == {"count": 2, "totalFen": 2645} and z["returns"] == {"count": 1, "totalFen": 136}
    assert z["differenceFen"] == 0
    closed = station.manager.get(f"/till-sessions/{session['id']}").expect(200)
    assert (closed["state"], closed["zNumber"]) == ("closed", z["number"])


def test_a_cashier_sees_the_expected_cash_only_after_the_count(station, session):
    path = f"/till-sessions/{session['id']}"
    assert station.cashier.get(path).expect(200)["expectedCashFen"] is None
    assert_refusal(station.cashier.get(path + "/x-report"), 403, "wrong_role")

    count = station.count(session, 20000)

    assert (count["expectedFen"], count["differenceFen"], count["isOverTolerance"]) == (20000, 0, False)
    assert station.cashier.get(path).expect(200)["expectedCashFen"] == 20000


def test_a_cashier_takes_no_cash_out_without_a_manager(station, session):
    assert_refusal(move(station, session, "paidOut", 100), 403, "approval_needed")
    assert_refusal(move(station, session, "pickup", 100), 403, "approval_needed")
    assert_refusal(station.post(session, "drawer-openings", {"reason": "other"}), 403, "approval_needed")

    for step, body, act in (
        ("movements", {"kind": "paidOut", "amountFen": 100, "reason": "delivery"}, "cashMovement"),
        ("drawer-openings", {"reason": "changeMoney"}, "openDrawer"),
    ):
        asked = {"id": new_id(), **body}
        amount = {name: value for name, value in body.items() if name == "amountFen"}
        approval = station.approval(act, asked["id"], **amount)
        first = station.post(session, step, {**asked, "approvalID": approval})
        first.expect(201)
        again = station.post(session, step, {**asked, "approvalID": approval})
        assert (again.body, again.headers["idempotency-replayed"]) == (first.body, "true")
        used = {**asked, "id": new_id(), "approvalID": approval}
        assert_refusal(station.post(session, step, used), 403, "approval_not_valid")


def test_a_correction_names_the_movement_and_takes_it_back_once(station, session):
    moved = move(station, session, "paidOut", 800, "purchase", station.manager).expect(201)

    assert_refusal(move(station, session, "paidIn", 700, "correction", corrects=moved["id"]), 422, "correction_not_opposite")
    assert_refusal(move(station, session, "paidIn", 800, "correction", corrects=new_id()), 404, "not_found")
    assert_refusal(move(station, session, "paidIn", 800, "correction"), 400, "missing_member")
    move(station, session, "paidIn", 800, "correction", corrects=moved["id"]).expect(201)

    assert_refusal(move(station, session, "paidIn", 800, "correction", corrects=moved["id"]), 409, "already_corrected")
    assert expected(station, session) == 20000


@pytest.mark.parametrize("off,needs_manager", [(0, False), (500, False), (-500, False), (501, True), (-501, True)])
def test_over_tolerance_needs_a_reason_and_a_manager(station, session, off, needs_manager):
    count = station.count(session, 20000 + off)
    asked = {"id": new_id(), "countID": count["id"]}

    assert count["isOverTolerance"] == needs_manager
    if needs_manager:
        assert_refusal(station.post(session, "close", asked), 422, "reason_needed")
        asked["reason"] = "wrongChange"
        assert_refusal(station.post(session, "close", asked), 403, "approval_needed")
        asked["approvalID"] = station.approval("closeOverTolerance", asked["id"])
    z = station.post(session, "close", asked).expect(201)

    assert z["differenceFen"] == off


def test_a_count_is_stale_when_something_was_entered_or_counted_after_it(station, session):
    first = station.count(session, 20000)
    move(station, session, "paidIn", 100, "changeMoney").expect(201)
    assert_refusal(station.post(session, "close", {"countID": first["id"]}), 409, "count_stale")
    second = station.count(session, 20100)

    assert_refusal(station.post(session, "close", {"countID": first["id"]}), 409, "count_stale")
    assert_refusal(station.post(session, "close", {"countID": new_id()}), 404, "not_found")
    station.post(session, "close", {"countID": second["id"]}).expect(201)


def test_an_ended_session_sells_no_more_and_the_till_may_open_another(station, session):
    till = station.at(session)
    asked = till.sale_request(WATERS)
    ended = station.post(session, "end", {}).expect(201)
    assert ended["state"] == "ended" and ended["endedAtMs"] == station.now_ms

    assert_refusal(till.client.post("/sales", asked), 409, "till_session_closed")
    assert_refusal(station.post(session, "end", {}), 409, "till_session_closed")
    other = station.open_till()

    states = {s["id"]: s["state"] for s in station.manager.all_items("/till-sessions")}
    assert (states[session["id"]], states[other["id"]]) == ("ended", "open")
    station.close(other)


def test_a_closed_session_answers_with_its_z_and_takes_nothing_more(station, session):
    count = station.count(session, 20000)
    asked = {"id": new_id(), "countID": count["id"]}
    first = station.post(session, "close", asked)
    z = first.expect(201)

    for again in (asked, {"id": new_id(), "countID": count["id"]}):
        answer = station.post(session, "close", again)
        assert (answer.status, answer.body) == (201, first.body)
        assert answer.headers["idempotency-replayed"] == "true"
    assert station.cashier.get(f"/z-reports/{z['number']}").body == first.body
    assert station.cashier.get(f"/z-reports/1-{z['number']}").body == first.body
    assert_refusal(station.cashier.get("/z-reports/9999"), 404)
    assert_refusal(move(station, session, "paidIn", 100), 409, "till_session_closed")
    assert_refusal(station.post(session, "counts", {"counts": []}), 409, "till_session_closed")
    assert_refusal(station.post(session, "drawer-openings", {"reason": "other"}, station.manager), 409, "till_session_closed")


def test_z_reports_have_no_gap_and_their_totals_never_reset(station, session):
    till = station.at(session)
    till.sell(WATERS)
    station.close(session)

    reports = station.manager.all_items("/z-reports")[::-1]

    assert [z["number"] for z in reports] == list(range(1, len(reports) + 1))
    sold, count = 0, 0
    for z in reports:
        sold, count = sold + z["sales"]["totalFen"], count + z["sales"]["count"]
        assert (z["perpetual"]["salesFen"], z["perpetual"]["saleCount"]) == (sold, count)


def test_a_handover_needs_the_pin_of_who_takes_over(station, session):
    name, _, pin = station.daemon.logins["manager"]
    wrong = "1" * len(pin) if pin != "1" * len(pin) else "2" * len(pin)
    assert_refusal(station.post(session, "handovers", {"toUser": name, "pin": wrong}), 401, "login_failed")

    asked = {"id": new_id(), "toUser": name, "pin": pin, "counts": notes(19990)}
    handed = station.post(session, "handovers", asked).expect(201)

    assert (handed["countedFen"], handed["expectedFen"]) == (19990, 20000)
    after = station.cashier.get(f"/till-sessions/{session['id']}").expect(200)
    assert after["responsible"]["id"] == handed["to"]["id"] == station.manager.user["id"]
    assert after["openedBy"]["id"] == handed["from"]["id"]
    assert station.post(session, "handovers", asked).expect(201) == handed


def test_an_x_report_is_put_on_record_and_changes_nothing(station, session):
    before = expected(station, session)

    x = station.post(session, "x-reports", {}, station.manager).expect(201)

    assert x["expectedFen"] == before == expected(station, session)


@pytest.mark.parametrize(
    "counts",
    [
        [{"denominationFen": 3, "count": 1}], [{"denominationFen": 100, "count": -1}],
        [{"denominationFen": 100, "count": 100_000}], [{"denominationFen": 100, "count": 1}] * 2, {}, None,
    ],
)
def test_a_count_of_unknown_notes_is_refused(station, session, counts):
    answer = station.post(session, "counts", {"counts": counts})

    assert answer.status == 400, repr(answer)


def test_the_same_id_with_other_content_is_refused(station, session):
    first = {"id": new_id(), "kind": "paidIn", "amountFen": 100, "reason": "other"}
    station.post(session, "movements", first).expect(201)

    assert_refusal(station.post(session, "movements", {**first, "amountFen": 200}), 422, "id_reused")
    assert_refusal(station.post(session, "end", {"id": first["id"]}), 422, "id_reused")


@pytest.mark.parametrize("step,code", [(-10_001, "clock_behind"), (2 * DAY_MS + 1, "clock_ahead")])
def test_a_clock_that_jumped_opens_no_till_without_a_manager(step, code):
    station = Station()
    station.close(station.open_till())
    station.pass_ms(step)
    asked = {"id": new_id(), "tillID": station.till_ids()[0], "floatFen": 0}

    assert_refusal(station.cashier.post("/till-sessions", asked), 409, code)
    assert_refusal(station.manager.post("/till-sessions", asked), 409, code)
    approval = station.approval("clockStep", asked["id"])
    opened = station.cashier.post("/till-sessions", {**asked, "approvalID": approval}).expect(201)

    assert opened["openedAtMs"] == station.now_ms
    assert station.daemon.stop() == 0
    verified = station.daemon.verify()
    assert verified.returncode == 0, said(verified)


@pytest.mark.parametrize("step", [-10_000, 2 * DAY_MS])
def test_a_clock_within_the_limits_opens(step):
    station = Station()
    station.close(station.open_till())
    station.pass_ms(step)

    assert station.open_till()["state"] == "open"


def test_a_real_station_keeps_real_time(daemons):
    daemon = daemons()
    daemon.settings["POSD_TEST_CLOCK"] = str(daemon.workplace / "clock")

    with pytest.raises(AssertionError, match="keeps real time"):
        daemon.start("serve")
