"""Reports as slips: what a manager reads on paper is what the record says, and it prints by itself."""

import time

import pytest

from client import Client, Till, assert_refusal, new_id, wechat
from daemon import Daemon, run, said
from goods import WATER, worked_sale


@pytest.fixture(scope="module")
def daemon():
    daemon = Daemon().start()
    yield daemon
    daemon.kill()
    Daemon.everyone.remove(daemon)


@pytest.fixture(scope="module")
def manager(daemon):
    return Client(daemon).log_in_as("manager")


@pytest.fixture(scope="module")
def closed(manager):
    """A session with a sale, a code payment, a return and a pickup, closed; then its day."""
    till = Till(manager)
    till.sell(worked_sale())
    sold = till.sell([{"barcode": WATER, "units": 2}], tenders=[wechat(240)])
    till.give_back(sold["id"], [{"line": 0, "units": 1}])
    moved = {"id": new_id(), "kind": "pickup", "amountFen": 5000, "reason": "deposit"}
    manager.post(f"/till-sessions/{till.session_id}/movements", moved).expect(201)
    x_text = manager.get(f"/till-sessions/{till.session_id}/x-report.txt?columns=32")
    # 200.00 + 25.25 − 50.00 = 175.25, counted as 175.00
    count = {"id": new_id(), "counts": [{"denominationFen": 5000, "count": 3}, {"denominationFen": 500, "count": 5}]}
    counted = manager.post(f"/till-sessions/{till.session_id}/counts", count).expect(201)
    assert (counted["expectedFen"], counted["differenceFen"]) == (17525, -25)
    body = {"id": new_id(), "countID": counted["id"]}
    report = manager.post(f"/till-sessions/{till.session_id}/close", body).expect(201)
    date = report["businessDate"]
    day = manager.post(f"/days/{date}/close", {"id": new_id()}).expect(201)
    return {"x": x_text, "z": report, "day": day}


def test_an_x_report_says_that_it_changes_nothing(closed):
    assert closed["x"].status == 200
    for words in ("X 报表", "不清零", "175.25", "2.40"):
        assert words in closed["x"].text


def test_a_z_report_shows_what_its_record_has(manager, closed):
    text = manager.get(f"/z-reports/{closed['z']['number']}/report.txt").text

    for words in ("Z 报表", "175.25", "175.00", "-0.25", "50 元 × 3", "5 元 × 5", closed["z"]["journal"]["checkCode"]):
        assert words in text, words
    assert "未签名" not in text
    assert manager.get(f"/z-reports/{closed['z']['number']}/report.svg").text.startswith("<svg")


def test_a_day_close_shows_the_transfer(manager, closed):
    transfer = closed["day"]["fundTransfer"]
    text = manager.get(f"/day-closes/{closed['day']['businessDate']}/report.txt").text

    assert transfer["pledgeMicroYuan"] == 505_000 + 24_000
    for words in ("日结单", "0.529000", "0.52", "0.009000", closed["day"]["journal"]["checkCode"]):
        assert words in text, words


def test_reports_print_by_themselves_once(manager, closed):
    deadline = time.monotonic() + 20
    while True:
        jobs = manager.get("/print-jobs?limit=50").expect(200)["items"]
        mine = [job for job in jobs if job["document"] in ("zReport", "dayClose")]
        if all(job["state"] == "accepted" for job in mine) or time.monotonic() > deadline:
            break
        time.sleep(0.2)
    assert sorted((job["document"], job["copy"], job["state"]) for job in mine) == [
        ("dayClose", 0, "accepted"), ("zReport", 0, "accepted"),
    ]


def test_a_report_printed_again_says_copy(manager, closed):
    job = next(job for job in manager.get("/print-jobs?limit=50").expect(200)["items"] if job["document"] == "zReport")

    again = manager.post(f"/print-jobs/{job['id']}/decisions", {"id": new_id(), "decision": "printAgain"}).expect(201)

    assert again["copy"] == 1


def test_reports_that_are_not_there_are_not_found(manager, closed):
    for path in ("/z-reports/999/report.txt", "/day-closes/2020-01-01/report.svg", "/months/2020-01/report.txt"):
        assert_refusal(manager.get(path), 404, "not_found")
    cashier = Client(manager.daemon).log_in_as("cashier")
    assert_refusal(cashier.get(f"/day-closes/{closed['day']['businessDate']}/report.txt"), 403, "wrong_role")


def test_a_stranger_finds_nothing_of_another_station(daemon, manager, closed):
    words = ["--name", "report-stranger", "--role", "manager", "--display", "外站长", "--station", "另一驿站"]
    added = run("user", "add", "--data", daemon.folder, *words, lines=["long enough 1", "246802"])
    assert added.returncode == 0, said(added)
    stranger = Client(daemon).log_in("report-stranger", "long enough 1")
    session = f"/till-sessions/{closed['z']['tillSessionID']}"
    count = {"id": new_id(), "counts": []}

    for path in (session, f"{session}/x-report", f"{session}/x-report.txt", f"/z-reports/{closed['z']['number']}",
                 f"/z-reports/{closed['z']['number']}/report.txt", f"/day-closes/{closed['day']['businessDate']}"):
        assert_refusal(stranger.get(path), 404, "not_found")
    for path, body in ((f"{session}/end", {"id": new_id()}), (f"{session}/counts", count),
                       (f"{session}/close", {"id": new_id(), "countID": closed["z"]["countID"]}),
                       (f"{session}/x-reports", {"id": new_id()}),
                       (f"{session}/movements", {"id": new_id(), "kind": "paidIn", "amountFen": 1, "reason": "other"}),
                       (f"{session}/drawer-openings", {"id": new_id(), "reason": "other"})):
        assert_refusal(stranger.post(path, body), 404, "not_found")
    for path in ("/z-reports", "/day-closes", "/till-sessions", "/print-jobs"):
        assert stranger.get(path).expect(200)["items"] == []
