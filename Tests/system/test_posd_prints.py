"""The daemon itself on an emulated USB printer: what becomes of slips, and that no broken printer delays a sale."""

import time

import pytest

from client import assert_refusal, cash, new_id, wechat
from goods import WATER, worked_sale
from station_printer import DONE, ENDS, PULSE, StationPrinter
from usb_printer import build, missing

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "")
EPSON = ("--profile", "epson-class")
CONFIRMS = {"POSD_PRINTER_PROFILE": "epson-tm-t20iii"}
ONE_WATER = [{"barcode": WATER, "units": 1}]


@pytest.fixture
def printing(tmp_path, monkeypatch):
    """Starts a demonstration on an emulated printer."""
    emulator = build(tmp_path)
    started = []

    def start(*options, settings=None):
        started.append(StationPrinter(emulator, tmp_path, monkeypatch, options, settings))
        return started[-1]

    yield start
    for station in started:
        if station.daemon.process.poll() is None:
            station.stop()
        if station.daemon in type(station.daemon).everyone:
            type(station.daemon).everyone.remove(station.daemon)


def test_a_receipt_comes_out_of_the_usb_printer(printing):
    station = printing()

    sold = station.till.sell(worked_sale())

    assert station.job_in(sold, ENDS)["state"] in DONE
    expected = station.expectations()
    station.stop()
    assert "蛋糕".encode("gb18030") in station.taken()
    station.audit(expected)


def test_slips_wait_for_paper_say_so_and_go_on_by_themselves(printing):
    station = printing(*EPSON, "--state", "'paper out'", settings=CONFIRMS)

    times, sold = [], []
    for _ in range(5):
        begin = time.monotonic()
        sold.append(station.till.sell(ONE_WATER))
        times.append(time.monotonic() - begin)

    assert max(times) < 1
    station.wait_for(lambda: station.printer()["state"] == "waiting")
    printer, job = station.printer(), station.job(sold[0])
    assert (printer["reason"], printer["waiting"]) == ("paper_out", 5), printer
    assert (job["state"], job["reason"], job["detail"][:2]) == ("queued", "paper_out", "缺纸"), job
    assert "decisions" in job and job["decisions"] == ["printAgain", "giveUp"]
    station.decide(job, "giveUp")
    station.tell("paper ok")
    for sale in sold[1:]:
        assert station.job_in(sale, ENDS)["state"] == "printed"
    assert station.job(sold[0])["reason"] == "given_up"
    expected = station.expectations()
    station.stop()
    station.audit(expected)


def test_a_slip_broken_off_is_decided_by_a_person(printing):
    station = printing(*EPSON, "--fault", "unplug@900", settings=CONFIRMS)
    sold = station.till.sell(worked_sale())
    job = station.job_in(sold, ("possiblyPrinted",))
    assert (job["reason"], job["decisions"]) == ("unplugged", ["cameOut", "printAgain", "giveUp"])
    station.tell("plug")

    request = {"id": new_id(), "decision": "printAgain"}
    path = f"/print-jobs/{job['id']}/decisions"
    first, again = station.client.post(path, request), station.client.post(path, request)

    assert first.expect(201) == again.expect(201) == {"id": job["id"], "decision": "printAgain", "copy": 1}
    assert again.headers["idempotency-replayed"] == "true"
    assert station.job_in(sold, ENDS, copy=1)["state"] == "printed"
    decided = station.job(sold)
    assert (decided["state"], decided["decision"]) == ("possiblyPrinted", "printAgain")
    assert_refusal(station.client.post(path, {"id": new_id(), "decision": "cameOut"}), 409, "slip_not_decidable")
    expected = station.expectations()
    station.stop()
    station.audit(expected)
    assert "副本 COPY 1".encode("gb18030") in station.taken()


@pytest.mark.parametrize(
    "options, reason",
    [(["--absent"], "absent"), (["--busy"], "busy"), (["--no-perm"], "no_permission"), (["--state", "'cover open'"], "cover_open"),
     (["--state", "'cutter jam'"], "cutter_jam")])
def test_a_printer_that_cannot_begin_keeps_its_slips(printing, options, reason):
    station = printing(*options)

    sold = station.till.sell(ONE_WATER)

    station.wait_for(lambda: station.printer()["reason"] == reason)
    assert station.job(sold)["state"] == "queued" and station.job(sold)["reason"] == reason
    station.stop()
    assert worked_bytes(station) == b""


def worked_bytes(station):
    return station.taken()[station.taken().find(b"\x1b\x40") :] if b"\x1b\x40" in station.taken() else b""


def test_the_drawer_opens_with_cash_and_only_with_cash(printing):
    station = printing(*EPSON, settings=CONFIRMS)
    station.till.sell(ONE_WATER, [wechat(120)])
    sold = station.till.sell(ONE_WATER, [cash(500)])
    station.wait_for(lambda: station.stat("kicks") == 1)
    station.till.give_back(sold["id"], [{"line": 0, "units": 1}])
    station.wait_for(lambda: station.stat("kicks") == 2)
    station.wait_for(lambda: all(job["state"] in ENDS for job in station.jobs()))

    station.tell("paper out")
    station.wait_for(lambda: station.printer()["reason"] == "paper_out")
    station.till.sell(ONE_WATER, [cash(500)])
    station.wait_for(lambda: b"posd_drawers_refused 1" in station.client.fetch("GET", "/metrics").body)
    station.tell("paper ok")
    station.wait_for(lambda: all(job["state"] in ENDS for job in station.jobs()))

    expected = station.expectations()
    assert station.stat("kicks") == 2
    station.stop()
    assert PULSE.findall(station.taken()) == [b"\0", b"\0"]
    station.audit(expected)


def test_a_broken_printer_delays_no_sale(printing):
    station = printing(*EPSON, settings=CONFIRMS)
    good = timed(station, 60)
    station.tell("nak on")
    bad = timed(station, 60)
    station.tell("nak off")
    station.tell("rate 1000")
    slow = timed(station, 60)
    station.tell("unplug")
    gone = timed(station, 60)

    for name, times in (("good", good), ("blocked", bad), ("1 kB/s", slow), ("unplugged", gone)):
        print(f"sale with a printer that is {name}: p50 {times[30] * 1000:.1f} ms, p99 {times[-1] * 1000:.1f} ms")
    # Twice the time, or what a busy machine adds.
    for times in (bad, slow, gone):
        assert times[30] < good[30] * 2 + 0.02 and times[-1] < 0.5


def timed(station, count):
    times = []
    request = [station.till.sale_request(ONE_WATER) for _ in range(count)]
    for one in request:
        begin = time.monotonic()
        station.client.post("/sales", one).expect(201)
        times.append(time.monotonic() - begin)
    return sorted(times)
