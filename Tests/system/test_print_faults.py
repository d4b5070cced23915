"""The daemon on a printer that breaks at random: slips called printed are on paper, once and whole; all others are marked.

`make soak` runs 200 slips; `SOAK_JOBS` and `SEED` choose others.
"""

import os
import signal
import time

import pytest

from goods import worked_sale
from print_troubles import PATIENT, Troubles
from station_printer import ENDS, StationPrinter, missing_on
from test_posd_prints import EPSON, printing  # noqa: F401
from usb_printer import build, missing

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "")
JOBS = int(os.environ.get("SOAK_JOBS", 16))
# A printer that says when a slip is printed, and in a long run also one that does not.
PRINTERS = {"confirms": EPSON, "silent": ()}


@pytest.mark.parametrize("kind", list(PRINTERS) if "SOAK_JOBS" in os.environ else ["confirms"])
def test_slips_are_printed_as_said_whatever_breaks(printing, chance, kind):
    station = printing(*PRINTERS[kind], "--no-perm", settings=PATIENT)
    station.tell("perm on")
    troubles = Troubles(station, chance, JOBS)

    troubles.run()

    states = troubles.audit()
    assert states["printed" if kind == "confirms" else "accepted"] > JOBS / 3


def seconds_after(station, seconds, *commands):
    time.sleep(seconds)
    for command in commands:
        station.tell(command)


@pytest.mark.parametrize("begin, seconds, end, state, reason", [
    (["fault nak@+700"], 0.6, ["nak off"], "printed", None),
    (["fault nak@+700"], 1.8, ["nak off"], "possiblyPrinted", "no_progress"),
    (["fault stall@+700"], 0, [], "printed", None),
    (["fault stall@+700", "fault stall@+900"], 0, [], "possiblyPrinted", "stalled"),
    (["fault eproto@+700"], 0, [], "possiblyPrinted", "transfer_failed"),
    (["inblock 4"] + ["cover open", "cover closed"] * 30, 0, [], "printed", None),
    (["rate 1000"], 0, [], "printed", None),
], ids=["partial timeout", "blocked", "stall", "two stalls", "broken transfer", "unread status", "1 kB/s"])
def test_what_becomes_of_a_slip(faulty, begin, seconds, end, state, reason):
    station = faulty
    for command in begin:
        station.tell(command)

    sold = station.till.sell(worked_sale())
    seconds_after(station, seconds, *end)

    job = station.job_in(sold, ENDS)
    assert (job["state"], job["reason"]) == (state, reason)
    for command in ("faults off", "nak off", "inblock 0", "rate 0"):
        station.tell(command)
    # What was broken off spoils nothing that comes after it.
    assert station.job_in(station.till.sell(worked_sale()), ENDS)["state"] == "printed"


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """One printer that the faults of this file befall in turn; audited at the end."""
    folder = tmp_path_factory.mktemp("faulty")
    with pytest.MonkeyPatch.context() as patch:
        station = StationPrinter(build(folder), folder, patch, EPSON, PATIENT)
        yield station
        expectations = station.expectations()
        station.stop()
        type(station.daemon).everyone.remove(station.daemon)
    station.audit(expectations)
    assert missing_on(station.paper.read_bytes(), expectations) == []


def test_a_slip_being_sent_when_the_daemon_is_killed_is_in_doubt(printing):
    station = printing(*EPSON, "--fault", "nak@700", settings=PATIENT)
    sold = station.till.sell(worked_sale())
    station.wait_for(lambda: station.job(sold)["state"] == "sending")
    waiting = station.till.sell(worked_sale())
    os.kill(station.posd(), signal.SIGKILL)
    station.daemon.process.wait(30)

    station.start_again(*EPSON)

    job = station.job_in(sold, ENDS)
    assert (job["state"], job["reason"]) == ("possiblyPrinted", "interrupted")
    assert job["decisions"] == ["cameOut", "printAgain", "giveUp"]
    # Nobody asked for it again; what had only waited prints now.
    assert station.job_in(waiting, ENDS)["state"] == "printed"
    expectations = station.expectations()
    station.stop()
    station.audit(expectations)
    assert station.paper.read_bytes().count(b"\x1b\x40") == 1
    station.command("verify", "--data", station.daemon.folder)
