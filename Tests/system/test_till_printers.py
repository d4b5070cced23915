"""Tills with printers of their own: `posd till`, addresses that name a profile, printers side by side."""

import pytest

from client import Client, Till, assert_refusal, new_id
from daemon import Daemon, run, said
from goods import WATER, worked_sale
from station_printer import ENDS
from test_posd_prints import CONFIRMS, EPSON, printing  # noqa: F401
from usb_printer import NetworkPrinter, missing

emulated = pytest.mark.skipif(missing() is not None, reason=missing() or "")
FIRST, SECOND = "1号收银台", "2号收银台"


def till(command, daemon, *options, fails=False):
    finished = run("till", command, "--data", daemon.folder, *options)
    assert (finished.returncode != 0) == fails, said(finished)
    return said(finished)


@pytest.mark.parametrize("runs", [True, False], ids=["through the daemon", "directly"])
def test_tills_are_added_and_set(daemons, runs):
    daemon = daemons().start()
    if not runs:
        daemon.stop()

    assert "added 3号" in till("add", daemon, "--name", "3号", "--printer", "tcp:192.0.2.7#generic-58", "--drawer", "none")
    assert f"{FIRST}  printer usb@1-2.4  drawer pin5" in till("set", daemon, "--name", FIRST, "--printer", "usb@1-2.4", "--drawer", "pin5")
    assert "drawer default" in till("set", daemon, "--name", FIRST, "--drawer", "default")

    listed = till("list", daemon)
    for line in ("3号  printer tcp:192.0.2.7:9100#generic-58  drawer none", f"{FIRST}  printer usb@1-2.4  drawer default",
                 f"{SECOND}  printer default  drawer default"):
        assert line in listed, listed
    for options, words in [
        (("--name", "3号"), "a name that no till here has"), (("--name", "4号", "--printer", "lpt1"), "usb, usb:04b8:0e28"),
        (("--name", "4号", "--printer", "usb#no-such"), "generic-58"), (("--name", "4号", "--drawer", "pin9"), "pin2"),
        (("--name", "4号", "--station", "nowhere"), "station"),
    ]:
        assert words in till("add", daemon, *options, fails=True)
    till("set", daemon, "--name", "no till", "--drawer", "none", fails=True)
    assert till("list", daemon) == listed
    if runs:
        daemon.stop()
    assert daemon.verify().returncode == 0


def test_printers_says_what_tills_print_on(daemons):
    daemon = daemons().start()
    till("set", daemon, "--name", SECOND, "--printer", "tcp:192.0.2.7#generic-58")

    text = said(run("printers", "--data", daemon.folder, "--printer-profile", "epson-tm"))
    none = run("printers", "--data", daemon.workplace / "nothing")

    assert f"till {SECOND}  tcp:192.0.2.7:9100#generic-58\n  profile generic-58: " in text, text
    assert "(named by the printer's address)" in text
    assert none.returncode != 0 and "holds no station" in said(none)


def test_an_address_that_names_no_profile_stops_the_start(tmp_path):
    for address, words in (("usb#no-such-printer", 'no profile "no-such-printer"'), ("usb#", "#PROFILE"), ("usb#A b", "#PROFILE")):
        finished = run("serve", "--data", tmp_path / "data", "--printer", address)
        assert finished.returncode != 0 and words in said(finished) and 'setting "printer"' in said(finished)


def test_who_may_see_the_printers(staff):
    for role in ("cashier", "manager", "auditor"):
        (printer,) = staff[role].get("/printers").expect(200)["items"]
        assert [till["name"] for till in printer["tills"]] == [FIRST, SECOND]
        assert printer["state"] in ("ready", "printing", "unknown") and printer["doubtful"] == 0
    assert_refusal(staff["centre"].get("/printers"), 403, "wrong_role")
    assert_refusal(Client(staff["manager"].daemon).get("/printers"), 401)


def at_second_till(client):
    """The same person at the other till."""
    second = Till(client)
    second.till_id = second.context["tills"][1]["id"]
    opening = {"id": new_id(), "tillID": second.till_id, "floatFen": 20000}
    second.session_id = client.post("/till-sessions", opening).expect(201)["id"]
    return second


@emulated
def test_a_broken_printer_holds_up_no_other(printing):
    with NetworkPrinter() as network:
        station = printing(*EPSON, "--fault", "nak@700", settings=CONFIRMS)
        station.command("till", "set", "--data", station.daemon.folder, "--name", SECOND, "--printer", f"tcp:127.0.0.1:{network.port}#generic-58")
        second = at_second_till(station.client)
        stuck = station.till.sell(worked_sale())
        station.wait_for(lambda: station.job(stuck)["state"] == "sending")

        for _ in range(3):
            assert station.job_in(second.sell([{"barcode": WATER, "units": 2}]), ENDS, seconds=6)["state"] == "accepted"

        assert station.job(stuck)["state"] == "sending"
        usual, own = station.client.get("/printers").expect(200)["items"]
        assert (usual["address"], usual["profile"], usual["state"], usual["waiting"]) == ("usb", "epson-tm-t20iii", "printing", 1)
        assert (own["profile"], own["state"], own["waiting"]) == ("generic-58", "ready", 0), own
        assert own["address"] == f"tcp:127.0.0.1:{network.port}#generic-58"
        station.tell("nak off")
        assert station.job_in(stuck, ENDS)["state"] == "printed"
        assert b"-" * 32 + b"\n" in network.taken and b"-" * 33 not in network.taken
        assert b"-" * 48 + b"\n" in station.taken()


@emulated
def test_the_address_of_the_settings_names_its_profile(printing):
    station = printing("--profile", "epson-class", settings={"POSD_PRINTER": "usb#generic-58"})
    # The same printer, however a till writes it: a second way to it would find it busy.
    station.command("till", "set", "--data", station.daemon.folder, "--name", FIRST, "--printer", "usb")

    sold = station.till.sell([{"barcode": WATER, "units": 1}])

    assert station.job_in(sold, ENDS)["state"] == "accepted"
    (printer,) = station.client.get("/printers").expect(200)["items"]
    assert (printer["address"], printer["profile"]) == ("usb#generic-58", "generic-58")
    station.stop()
    assert b"-" * 32 + b"\n" in station.taken() and b"-" * 33 not in station.taken()
