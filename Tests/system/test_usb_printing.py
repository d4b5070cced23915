"""The USB and network transports against emulated printers: whatever breaks, no byte is lost or doubled unsaid.

Run with `python -m pytest Tests/system/test_usb_printing.py`; needs umockdev and the built `usbtry`.
"""

import itertools
import subprocess
import time

import pytest

from usb_printer import BINARY, QUICK, NetworkPrinter, Outcome, Print, build, check, missing, slip

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "")


@pytest.fixture(scope="module")
def emulator(tmp_path_factory):
    return build(tmp_path_factory.mktemp("emulator"))


@pytest.fixture
def printing(emulator, tmp_path):
    """Starts runs of usbtry that end with the test."""
    runs, numbers = [], itertools.count()

    def start(slips, *printer, arguments=(), quick=QUICK):
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        runs.append(Print(emulator, folder, slips if isinstance(slips, list) else [slips], printer, arguments, quick))
        return runs[-1]

    yield start
    for run in runs:
        run.__exit__()


@pytest.mark.parametrize("size", [6, 64, 128, 3000, 4096, 8192, 65536, 200_001])
def test_every_size_is_taken_whole(printing, size):
    run = printing(slip(size))
    assert run.next() == "accepted"
    run.finish()


@pytest.mark.parametrize("printer", [
    ["--profile", "epson"], ["--profile", "epson-class"], ["--profile", "uni"], ["--profile", "hs"],
    ["--driver", "usblp"], ["--caps", "0x13"], ["--zlp-in"], ["--in-block", "8"], ["--in-block", "1"],
    ["--buffer", "64"], ["--state", "paper near"],
], ids=" ".join)
def test_every_kind_of_printer_prints(printing, printer):
    run = printing([slip(20_000, "A"), slip(3_000, "B")], *printer)
    assert run.next() == "accepted"
    assert run.next() == "accepted"
    run.finish()


def test_no_zero_length_packet_is_ever_sent(printing):
    run = printing([slip(8192), slip(64)])
    assert run.next() == "accepted"
    assert run.next() == "accepted"
    answer = run.tell("stat")
    assert "zlp 0" in answer and "resets 0" in answer
    run.finish()


@pytest.mark.parametrize("profile", ["epson", "epson-class", "default", "hs"])
def test_printed_needs_the_printers_word(printing, profile):
    run = printing([slip(5000, "A"), slip(5000, "B")], "--profile", profile, arguments=["--confirm"])
    assert run.next() == "printed"
    assert run.next() == "printed"
    run.finish()


def test_a_printer_that_cannot_speak_is_never_called_printed(printing):
    run = printing(slip(5000), "--profile", "uni", arguments=["--confirm"])
    assert run.next() == "accepted"
    run.finish()


@pytest.mark.parametrize("printer, condition", [
    (["--busy"], "busy"), (["--no-perm"], "no_permission"), (["--absent"], "absent"),
    (["--state", "paper out"], "paper_out"), (["--state", "cover open"], "cover_open"),
    (["--state", "cutter jam"], "cutter_jam"),
    (["--profile", "uni", "--state", "paper out"], "paper_out"),
    (["--profile", "uni", "--state", "cover open"], "offline"),
    (["--profile", "epson", "--state", "paper out"], "paper_out"),
    (["--fault", "nak@0"], "no_progress"), (["--fault", "unplug@0"], "unplugged"),
], ids=lambda value: " ".join(value) if isinstance(value, list) else value)
def test_what_is_not_ready_starts_nothing(printing, printer, condition):
    run = printing(slip(3000), *printer)
    assert run.next() == ("notStarted", condition)
    assert b"line" not in run.finish()


def test_another_id_or_path_is_not_printed_on(printing):
    for arguments in (["--id", "04b8:0e28"], ["--path", "1-2"]):
        run = printing(slip(3000), arguments=arguments)
        assert run.next() == ("notStarted", "absent")
        run.finish()
    run = printing(slip(3000), arguments=["--id", "0416:5011", "--path", "1-1"])
    assert run.next() == "accepted"
    run.finish()


def test_a_slip_drawn_for_another_printer_is_not_printed(printing):
    run = printing(slip(3000), arguments=["--drawn-for", "04b8:0e28,EPSON,TM-T20III"])
    assert run.next() == ("notStarted", "unplugged")
    assert b"line" not in run.finish()
    run = printing(slip(3000), arguments=["--drawn-for", "0416:5011,POS,POS-80"])
    assert run.next() == "accepted"
    run.finish()


@pytest.mark.parametrize("byte", [15, 5000, 9999])
def test_a_printer_that_stops_taking_goes_on_at_the_right_byte(printing, byte):
    run = printing(slip(20_000), "--fault", f"nak@{byte}")
    run.begin()
    run.wait_for_bytes(byte)
    time.sleep(0.5)
    run.tell("nak off")
    assert run.outcome() == "accepted"
    run.finish()


def test_many_short_stops_lose_nothing(printing):
    run = printing(slip(30_000), "--rate", "20000", "--buffer", "256", arguments=["--slice-ms", "30"])
    run.begin()
    for _ in range(8):
        run.tell("nak on")
        time.sleep(0.08)
        run.tell("nak off")
        time.sleep(0.05)
    assert run.outcome() == "accepted"
    run.finish()


def test_a_printer_that_never_goes_on_is_given_up(printing):
    run = printing(slip(20_000), "--fault", "nak@5000")
    outcome = run.next()
    assert outcome == ("brokenOff", "no_progress")
    assert 0 < outcome.taken < 20_000
    run.finish()


def test_a_slow_printer_is_waited_for(printing):
    run = printing(slip(6_000), "--rate", "1000", "--buffer", "512")
    begin = time.monotonic()
    assert run.next() == "accepted"
    assert time.monotonic() - begin > 4
    run.finish()


@pytest.mark.parametrize("byte", [500, 8000])
@pytest.mark.parametrize("profile", ["default", "epson", "uni"])
def test_paper_put_in_again_finishes_the_slip(printing, byte, profile):
    run = printing(slip(20_000), "--profile", profile, "--fault", f"paperout@{byte}")
    run.begin()
    run.wait_for_bytes(byte)
    time.sleep(1.5)  # longer than a printer without a reason is waited for
    run.tell("paper ok")
    assert run.outcome() == "accepted"
    run.finish()


def test_the_cover_opened_for_a_new_roll_is_waited_for(printing):
    run = printing(slip(20_000), "--fault", "paperout@8000", arguments=["--confirm"])
    run.begin()
    run.wait_for_bytes(8000)
    for line in ("cover open", "paper ok", "cover closed"):
        time.sleep(0.5)
        run.tell(line)
    assert run.outcome() == "printed"
    run.finish()


@pytest.mark.parametrize("fault, condition", [("paperout", "paper_out"), ("cover", "cover_open"), ("cutter", "cutter_jam")])
@pytest.mark.parametrize("size", [3_000, 20_000])
def test_what_is_not_mended_breaks_off(printing, fault, condition, size):
    run = printing(slip(size), "--fault", f"{fault}@2000", arguments=["--refill-ms", "1500"])
    outcome = run.next()
    assert outcome == ("brokenOff", condition)
    assert (outcome.taken == size) == (size == 3_000)  # a short slip fits the printer's memory
    run.finish()


def test_paper_that_runs_out_after_the_last_byte_is_seen(printing):
    run = printing(slip(2_000), "--rate", "4000", arguments=["--refill-ms", "1500", "--confirm"])
    run.begin()
    run.wait_for_bytes(2_000)
    run.tell("paper out")
    assert run.outcome() == ("brokenOff", "paper_out")
    run.finish()


def test_a_cutter_freed_in_time_prints(printing):
    run = printing(slip(3_000), "--fault", "cutter@2000", arguments=["--no-progress-ms", "4000"])
    run.begin()
    run.wait_for_bytes(2_000)
    time.sleep(0.3)
    run.tell("cutter ok")
    assert run.outcome() == "accepted"
    run.finish()


@pytest.mark.parametrize("byte", [20, 777, 4096, 9999])
def test_one_stall_is_cleared_and_loses_nothing(printing, byte):
    run = printing(slip(20_000), "--fault", f"stall@{byte}")
    assert run.next() == "accepted"
    run.finish()


def test_a_second_stall_breaks_off_and_the_next_slip_prints(printing):
    run = printing([slip(20_000, "A"), slip(5_000, "B")], "--fault", "stall@777", "--fault", "stall@5000")
    assert run.next() == ("brokenOff", "stalled")
    assert run.next() == "accepted"
    run.finish()


def test_a_broken_transfer_breaks_off(printing):
    run = printing([slip(20_000, "A"), slip(5_000, "B")], "--fault", "eproto@5000")
    assert run.next() == ("brokenOff", "transfer_failed")
    assert run.next() == "accepted"
    run.finish()


@pytest.mark.parametrize("profile", ["default", "epson", "uni"])
@pytest.mark.parametrize("byte", [21, 1234, 4096, 19_000])
def test_a_plug_pulled_in_the_middle_is_broken_off(printing, byte, profile):
    run = printing([slip(20_000, "A"), slip(4_000, "B")], "--profile", profile, "--fault", f"unplug@{byte}")
    outcome = run.next()
    assert outcome == ("brokenOff", "unplugged")
    assert 0 < outcome.taken <= byte
    run.tell("plug")
    assert run.next() == "accepted"
    run.finish()


def test_a_plug_pulled_right_after_the_last_byte_leaves_doubt(printing):
    run = printing(slip(3_000), arguments=["--settle-ms", "2000"])
    run.begin()
    run.wait_for_bytes(3_000)
    run.tell("unplug")
    assert run.outcome() == ("brokenOff", "unplugged")
    run.finish()


@pytest.mark.parametrize("has_udev", [True, False], ids=["udev", "no udev"])
@pytest.mark.parametrize("profile", ["default", "epson", "uni"])
def test_a_printer_plugged_in_again_between_slips_prints(printing, profile, has_udev):
    slips = [slip(3_000, name) for name in "ABCD"]
    run = printing(slips, "--profile", profile, "--driver", "usblp")
    for _ in range(3):
        assert run.next() == "accepted"
        if not has_udev:
            run.lose_udev()
        run.tell("unplug")
        run.tell("plug")
    assert run.next() == "accepted"
    run.finish()


def test_a_printer_not_plugged_in_again_is_missed_until_it_is(printing):
    run = printing([slip(3_000, name) for name in "ABC"])
    assert run.next() == "accepted"
    run.tell("unplug")
    assert run.next() == ("notStarted", "unplugged")
    run.tell("plug")
    assert run.next() == "accepted"
    run.finish()


def test_a_printer_plugged_in_late_is_found(printing):
    run = printing([slip(3_000, "A"), slip(3_000, "B")], "--absent")
    assert run.next() == ("notStarted", "absent")
    run.tell("plug")
    assert run.next() == "accepted"
    run.finish()


def test_status_between_slips_is_heard_and_never_blocks(printing):
    run = printing([slip(3_000, "A"), slip(3_000, "B"), slip(3_000, "C")], "--in-block", "4")
    assert run.next() == "accepted"
    for line in ["cover open", "cover closed"] * 10 + ["paper out"]:
        run.tell(line)
    assert run.next() == ("notStarted", "paper_out")
    run.tell("paper ok")
    assert run.next() == "accepted"
    run.finish()


def test_a_broken_slip_does_not_swallow_the_next(printing):
    """The first ends inside a picture of 30,000 bytes: what fills it up must not be the next receipt."""
    picture = b"\x1b\x40\x1d\x76\x30\x00\x30\x00\x71\x02" + bytes([0x55]) * 30_000 + b"\x1d\x56\x42\x00"
    run = printing([picture, slip(3_000, "B")], "--fault", "nak@9000", arguments=["--confirm"])
    assert run.next() == ("brokenOff", "no_progress")
    run.tell("nak off")
    assert run.next() == "printed"
    assert run.tell("stat").split("cuts ")[1].split()[0] == "1"
    run.finish()


def test_questions_inside_a_picture_do_no_harm(printing):
    picture = b"\x1b\x40\x1d\x76\x30\x00\x30\x00\x71\x02" + b"\x10\x04\x02\x10\x04\x04" * 5_000 + b"\x1d\x56\x42\x00"
    run = printing([picture, slip(3_000, "B")], "--in-block", "64", arguments=["--confirm"])
    assert run.next() == "printed"
    assert run.next() == "printed"
    run.finish()


def test_printers_are_listed_without_a_claim(emulator):
    def listed(*printer):
        command = ["umockdev-wrapper", emulator, *printer, "--", BINARY, "--list"]
        return subprocess.run([str(word) for word in command], capture_output=True, timeout=20, text=True).stdout.strip()

    assert listed("--driver", "usblp").split(" | ") == [
        "0416:5011", "1-1", "/dev/bus/usb/001/002", "printerClass(isTwoWay: true)", "POS", "POS-80", "FAKE0001", "ESC/POS",
        "usblp", "ok"]
    assert "vendorClass | EPSON | TM-T88IV" in listed("--profile", "epson")
    assert "printerClass(isTwoWay: false)" in listed("--profile", "uni")
    assert "| POS-80 |" in listed("--busy")
    denied = listed("--no-perm")
    assert "no_permission" in denied and "70-posd-printers.rules" in denied and "group lp" in denied
    assert listed("--absent") == ""


def over_network(tmp_path, address, *slips, arguments=()):
    files = []
    for number, content in enumerate(slips):
        files.append(tmp_path / f"slip{number}")
        files[-1].write_bytes(content)
    command = [BINARY, *QUICK, "--tcp", address, *arguments, *files]
    lines = subprocess.run([str(word) for word in command], capture_output=True, timeout=60, text=True).stdout
    return [Outcome(line) for line in lines.splitlines()]


@pytest.mark.parametrize("options", [{}, {"answers": False}, {"delay": 0.01}], ids=str)
def test_a_network_printer_takes_every_byte(tmp_path, options):
    slips = [slip(40_000, "A"), slip(3_000, "B")]
    with NetworkPrinter(**options) as printer:
        outcomes = over_network(tmp_path, f"127.0.0.1:{printer.port}", *slips)
        assert outcomes == ["accepted", "accepted"]
        check(bytes(printer.taken), slips, outcomes)
        assert printer.connections == 2


def test_a_network_printer_that_stops_is_broken_off(tmp_path):
    with NetworkPrinter(limit=6_000) as printer:
        (outcome,) = over_network(tmp_path, f"127.0.0.1:{printer.port}", slip(200_000))
        assert outcome == ("brokenOff", "no_progress")
        assert 0 < outcome.taken < 200_000


def test_a_network_printer_that_hangs_up_is_broken_off(tmp_path):
    with NetworkPrinter(resets_at=6_000) as printer:
        (outcome,) = over_network(tmp_path, f"127.0.0.1:{printer.port}", slip(200_000))
        assert outcome == ("brokenOff", "unplugged")


def test_a_network_printer_that_is_not_there_is_unreachable(tmp_path):
    with NetworkPrinter() as printer:
        port = printer.port
    begin = time.monotonic()
    (outcome,) = over_network(tmp_path, f"127.0.0.1:{port}", slip(3_000))
    assert outcome == ("notStarted", "unreachable")
    assert time.monotonic() - begin < 5
