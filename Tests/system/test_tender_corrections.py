"""A payment rung under the wrong tender: put right by a manager before the Z, by an entry that names the sale."""

import pytest

from books import account_sums, entry_sums
from client import assert_refusal, cash, new_id, wechat
from closing import Station
from daemon import said
from goods import COFFEE, worked_sale

TO_WECHAT = {"tender": 0, "kind": "wechat", "reference": "4200001234", "reason": "wrongKey"}


@pytest.fixture(scope="module")
def station():
    made = Station()
    yield made
    assert made.daemon.stop() == 0
    verified = made.daemon.verify()
    assert verified.returncode == 0, said(verified)
    assert set(entry_sums(made.daemon.database)) == {0}


@pytest.fixture
def session(station):
    """A session opened for one test, closed after it."""
    opened = station.open_till()
    yield opened
    if station.manager.get(f"/till-sessions/{opened['id']}").expect(200)["state"] != "closed":
        station.close(opened)


def correct(station, sale, client=None, **change):
    body = {"id": new_id(), **TO_WECHAT, **change}
    return (client or station.manager).post(f"/sales/{sale['id']}/tender-corrections", body)


def expected(station, session):
    return station.manager.get(f"/till-sessions/{session['id']}").expect(200)["expectedCashFen"]


def test_cash_that_was_wechat_leaves_the_drawer_and_comes_back_by_wechat(station, session):
    before = account_sums(station.daemon.database)
    till = station.at(session)
    sale = till.sell(worked_sale(), tenders=[cash(3000)])
    assert expected(station, session) == 22525

    made = correct(station, sale).expect(201)

    assert (made["was"], made["kind"], made["amountFen"], made["saleID"]) == ("cash", "wechat", 2525, sale["id"])
    assert made["by"]["id"] == station.manager.user["id"]
    assert expected(station, session) == 20000
    x = station.manager.get(f"/till-sessions/{session['id']}/x-report").expect(200)
    assert {t["kind"]: (t["takenFen"], t["correctedFen"], t["netFen"]) for t in x["tenders"]} == {
        "cash": (2525, -2525, 0), "wechat": (0, 2525, 2525)}
    shown = station.cashier.get(f"/sales/{sale['id']}").expect(200)
    assert shown["tenders"] == sale["tenders"] and shown["corrections"] == [made]

    _, back = till.give_back(sale["id"], [{"line": 0, "units": 2}, {"line": 1, "units": 1}, {"line": 2, "grams": 1235}])

    assert back["refunds"] == [{"kind": "wechat", "amountFen": 2525, "reference": "4200001234"}]
    assert expected(station, session) == 20000
    z = station.close(session)
    assert z["differenceFen"] == 0
    after = account_sums(station.daemon.database)
    moved = {name: after[name] - before.get(name, 0) for name in after if after[name] != before.get(name, 0)}
    float_back = {"assets:cash": -200_000_000, "assets:safe": 200_000_000}
    assert moved == float_back, moved


def test_a_correction_can_be_corrected_and_the_newest_counts(station, session):
    till = station.at(session)
    sale = till.sell([{"barcode": COFFEE, "units": 2}], tenders=[wechat(2000), cash(1000)])

    correct(station, sale, tender=1, reference="one").expect(201)
    assert expected(station, session) == 20000
    correct(station, sale, tender=1, kind="bankCard", reference="two").expect(201)
    last = {"id": new_id(), "tender": 0, "kind": "cash", "reason": "otherTender"}
    station.manager.post(f"/sales/{sale['id']}/tender-corrections", last).expect(201)

    assert expected(station, session) == 22000
    quote = station.cashier.post(f"/sales/{sale['id']}/return-quotes", {"items": [{"line": 0, "units": 2}]}).expect(200)
    assert quote["refunds"] == [
        {"kind": "cash", "amountFen": 2000}, {"kind": "bankCard", "amountFen": 928, "reference": "two"}]


def test_the_same_request_again_is_answered_alike_also_after_the_z(station, session):
    sale = station.at(session).sell(worked_sale())
    body = {"id": new_id(), **TO_WECHAT}
    path = f"/sales/{sale['id']}/tender-corrections"
    first = station.manager.post(path, body)
    first.expect(201)
    station.close(session)

    again = station.manager.post(path, body)

    assert (again.status, again.body) == (201, first.body)
    assert again.headers["idempotency-replayed"] == "true"
    assert_refusal(station.manager.post(path, {**body, "reference": "other"}), 422, "id_reused")
    assert_refusal(correct(station, sale, kind="alipay"), 409, "till_session_closed")


def test_an_ended_session_can_be_corrected_until_its_count_is_stale(station, session):
    sale = station.at(session).sell(worked_sale())
    count = station.count(session, 22525)

    correct(station, sale).expect(201)

    assert_refusal(station.post(session, "close", {"countID": count["id"]}, station.manager), 409, "count_stale")


def test_what_cannot_be_corrected(station, session):
    till = station.at(session)
    sale = till.sell(worked_sale(), tenders=[wechat(1000), cash(2000)])
    path = f"/sales/{sale['id']}/tender-corrections"

    assert_refusal(correct(station, sale, station.cashier), 403, "wrong_role")
    assert_refusal(correct(station, sale, station.client("auditor")), 403, "wrong_role")
    assert_refusal(correct(station, {"id": new_id()}), 404, "not_found")
    assert_refusal(correct(station, sale), 422, "same_tender")
    assert_refusal(correct(station, sale, tender=2), 422, "unknown_tender")
    assert_refusal(correct(station, sale, tender=-1), 400, "bad_value")
    assert_refusal(correct(station, sale, kind="voucher"), 400, "bad_value")
    assert_refusal(correct(station, sale, reason="because"), 400, "bad_value")
    assert_refusal(correct(station, sale, kind="cash"), 400, "unknown_member")
    bare = {"id": new_id(), "tender": 1, "kind": "alipay", "reason": "other"}
    assert_refusal(station.manager.post(path, bare), 400, "missing_member")
    _, back = till.give_back(sale["id"], [{"line": 0, "units": 1}])
    assert_refusal(correct(station, sale, tender=1), 409, "has_returns")
    assert_refusal(correct(station, back), 404, "not_found")
    assert station.manager.get(f"/sales/{sale['id']}").expect(200)["corrections"] == []
