"""The daemon itself on an emulated USB printer: a sale's receipt comes out, and a broken printer never delays a sale."""

import time

import pytest

import daemon as daemons
from client import Client, Till
from daemon import Daemon
from goods import worked_sale
from usb_printer import build, missing

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "")


@pytest.fixture
def printing(tmp_path, monkeypatch):
    """Starts a demonstration whose receipts go to an emulated printer; its capture file and a manager's till."""
    emulator = build(tmp_path)
    binary = daemons.BINARY.resolve()
    started = []

    def start(*printer, settings=None):
        capture = tmp_path / "capture"
        wrapper = tmp_path / "posd"
        options = " ".join(printer)
        wrapper.write_text(
            f"#!/bin/sh\nexec umockdev-wrapper {emulator} --capture {capture} --ctl {tmp_path}/ctl {options} -- {binary} \"$@\"\n")
        wrapper.chmod(0o755)
        monkeypatch.setattr(daemons, "BINARY", wrapper)
        daemon = Daemon(settings={"POSD_PRINTER": "usb", **(settings or {})}).start()
        started.append(daemon)
        return capture, Till(Client(daemon).log_in_as("manager"))

    yield start
    for daemon in started:
        daemon.process.terminate()
        daemon.process.wait(30)
        Daemon.everyone.remove(daemon)


def job_of(till, sale, states, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        jobs = till.client.get("/print-jobs?limit=50").expect(200)["items"]
        job = next(job for job in jobs if job["saleID"] == sale["id"])
        if job["state"] in states:
            return job
        time.sleep(0.1)
    raise AssertionError(f"the job stays {job}")


def test_a_receipt_comes_out_of_the_usb_printer(printing):
    capture, till = printing()

    sold = till.sell(worked_sale())

    assert job_of(till, sold, {"printed", "accepted", "failed", "possiblyPrinted"})["state"] in ("printed", "accepted")
    till.client.daemon.process.terminate()
    till.client.daemon.process.wait(30)
    printed = capture.read_bytes()
    assert "蛋糕".encode("gb18030") in printed
    assert b"0.5050" in printed
    assert printed.rstrip(b"\0").endswith(b"\x1d\x56\x42\x00") or b"\x1d\x56\x42\x00" in printed


def test_no_paper_is_said_and_sales_go_on(printing):
    capture, till = printing("--state", "'paper out'")

    times = []
    for _ in range(5):
        begin = time.monotonic()
        sold = till.sell(worked_sale())
        times.append(time.monotonic() - begin)

    job = job_of(till, sold, {"failed", "possiblyPrinted", "accepted", "printed"}, seconds=60)
    assert max(times) < 1
    assert job["state"] == "failed" and job["reason"] == "paper_out", job
    till.client.daemon.process.terminate()
    till.client.daemon.process.wait(30)
    assert not capture.exists() or "蛋糕".encode("gb18030") not in capture.read_bytes()
