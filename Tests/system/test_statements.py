"""Statements of payment networks against the books of a day (对账)."""

import base64

import pytest

from client import assert_refusal, cash, new_id
from closing import Station
from daemon import ROOT, said
from goods import COFFEE, worked_sale

DAY = "2026-11-02"
FIRST, SECOND = "4200000001202611020000000001", "4200000001202611020000000002"
EXAMPLES = ROOT / "Examples" / "statements"


@pytest.fixture(scope="module")
def station():
    made = Station()
    yield made
    assert made.daemon.stop() == 0
    verified = made.daemon.verify()
    assert verified.returncode == 0, said(verified)


@pytest.fixture(scope="module")
def sales(station):
    """25.25 by WeChat with one cake back, and 20.00 rung as cash that was WeChat."""
    session = station.open_till()
    till = station.at(session)
    sale = till.sell(worked_sale(), tenders=[{"kind": "wechat", "amountFen": 2525, "reference": FIRST}])
    till.give_back(sale["id"], [{"line": 0, "units": 1}])
    item = {"barcode": COFFEE, "units": 1, "override": {"priceFen": 2000, "reason": "other"}}
    wrong = station.at(session, station.manager).sell([item], tenders=[cash(2000)])
    return session, sale, wrong


def post(station, kind="wechat", client=None, **body):
    asked = {"id": new_id(), "kind": kind, "businessDate": DAY, **body}
    return (client or station.manager).post("/statements", asked)


def text(name):
    return (EXAMPLES / name).read_text(encoding="utf-8-sig")


def lists(statement):
    names = ("matched", "amountDiffers", "onlyOurs", "onlyTheirs")
    return tuple(len(statement[name]) for name in names)


def test_what_differs_is_listed_and_a_correction_mends_it(station, sales):
    session, sale, wrong = sales
    asked = {"id": new_id(), "kind": "wechat", "businessDate": DAY, "csv": text("wechat.csv")}
    first = station.manager.post("/statements", asked)
    made = first.expect(201)

    assert lists(made) == (2, 0, 0, 1) and not made["isMatched"]
    assert (made["bookedFen"], made["statementFen"]) == (2525 - 136, 2525 + 2000 - 136)
    assert made["onlyTheirs"][0]["references"] == [SECOND, "POS0002"]
    assert {pair["ours"]["saleID"] for pair in made["matched"]} >= {sale["id"]}

    change = {"id": new_id(), "tender": 0, "kind": "wechat", "reference": "pos0002", "reason": "wrongKey"}
    station.manager.post(f"/sales/{wrong['id']}/tender-corrections", change).expect(201)

    listed = station.client("auditor").get(f"/statements?businessDate={DAY}").expect(200)["items"]
    assert [(one["id"], lists(one), one["isMatched"]) for one in listed] == [(made["id"], (3, 0, 0, 0), True)]
    again = station.manager.post("/statements", asked)
    assert (again.status, again.body) == (201, first.body)
    assert again.headers["idempotency-replayed"] == "true"
    assert_refusal(station.manager.post("/statements", {**asked, "csv": "参考号,金额\n"}), 422, "id_reused")


def test_a_newer_statement_takes_the_place_of_the_older(station, sales):
    newer = post(station, csv=f"交易单号,金额,交易时间\n{FIRST},25.20,{DAY} 10:15:00\n").expect(201)

    listed = station.manager.get(f"/statements?businessDate={DAY}").expect(200)["items"]

    assert [one["id"] for one in listed if one["kind"] == "wechat"] == [newer["id"]]
    assert lists(newer)[1] == 1 and newer["amountDiffers"][0]["theirs"]["amountFen"] == 2520


def test_alipay_comes_in_gb18030_as_base64(station, sales):
    raw = base64.b64encode((EXAMPLES / "alipay.csv").read_bytes()).decode()

    made = post(station, "alipay", csvBase64=raw).expect(201)

    assert lists(made) == (0, 0, 0, 3) and made["statementFen"] == 1850
    assert [row["amountFen"] for row in made["onlyTheirs"]] == [1200, 850, -200]


def test_the_card_terminal(station, sales):
    made = post(station, "bankCard", csv=text("card-terminal.csv")).expect(201)

    assert (lists(made), made["skippedCount"], made["statementFen"]) == ((0, 0, 0, 2), 1, 3000)


def test_what_is_no_statement_is_refused(station, sales):
    for name in ("cashier", "auditor"):
        assert_refusal(post(station, client=station.client(name), csv="x"), 403, "wrong_role")
    refused = post(station, csv="参考号,金额\nR1,x\n")
    assert_refusal(refused, 422, "bad_statement")
    assert refused.json["values"] == {"problem": "badAmount", "line": 2}
    assert_refusal(post(station, csvBase64=base64.b64encode(b"\xff\xff").decode()), 422, "bad_statement")
    assert_refusal(post(station, "cash", csv="参考号,金额\n"), 400, "bad_value")
    assert_refusal(post(station, csv="参考号,金额\n", csvBase64="QQ=="), 400, "unknown_member")
    assert_refusal(post(station), 400, "missing_member")
    assert_refusal(post(station, csv="参考号,金额\n", businessDate="2026-11-03"), 400, "bad_value")
    assert_refusal(post(station, csv="x" * (4 * 1024 * 1024 + 1)), 413, "body_too_large")
    assert_refusal(station.manager.get("/statements"), 400, "bad_parameter")
    assert station.manager.get("/statements?businessDate=2026-11-01").expect(200) == {"items": []}


def test_the_day_close_has_what_the_statements_say(station, sales):
    session, _, _ = sales
    post(station, csv=text("wechat.csv")).expect(201)
    station.close(session)

    closed = station.manager.post(f"/days/{DAY}/close", {"id": new_id()}).expect(201)

    tenders = {tender["kind"]: tender for tender in closed["tenders"]}
    assert (tenders["wechat"]["netFen"], tenders["wechat"]["statementFen"]) == (4389, 4389)
    assert tenders["wechat"]["isMatched"]
    assert post(station, csv=text("wechat.csv")).expect(201)["isMatched"]
