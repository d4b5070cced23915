"""Printer profiles over the binary: `posd printers` says which and why, a bad file stops the start, slips are drawn by them."""

import subprocess

import pytest

import daemon as daemons
from daemon import environment, new_folder, run, said
from goods import worked_sale
from station_printer import ENDS
from test_posd_prints import printing
from usb_printer import build, missing

emulated = pytest.mark.skipif(missing() is not None, reason=missing() or "")
OWN = """id: our-printer
name: Ours
columns: 42
widthDots: 512
encoding: gb2312
qr: native
barcode: native
raster: {command: gsV0, bandRows: 64}
cutter: none
drawer: none
answersStatus: true
confirmsPrinting: false
hasInput: true
reportsPort: true
match: [{usb: "0416:*"}]
"""


@pytest.fixture(scope="module")
def emulator(tmp_path_factory):
    return build(tmp_path_factory.mktemp("emulator"))


@pytest.fixture
def listed(emulator):
    """What `posd printers` says of an emulated printer."""

    def ask(*printer, arguments=()):
        command = ["umockdev-wrapper", emulator, *printer, "--", daemons.BINARY.resolve(), "printers", *arguments]
        finished = subprocess.run([str(word) for word in command], capture_output=True, timeout=60, text=True, env=environment())
        assert finished.returncode == 0, finished.stderr
        return finished.stdout

    return ask


@emulated
@pytest.mark.parametrize("printer, profile, reason", [
    ("default", "zjiang-80", "(model POS-80*)"), ("epson", "epson-tm", "(USB id 04b8:0202)"),
    ("epson-class", "epson-tm-t20iii", "(maker EPSON, model TM-T20III*)"), ("hs", "zjiang-80", "(model POS-80*)"),
])
def test_printers_says_which_profile_and_why(listed, printer, profile, reason):
    text = listed("--profile", printer)

    assert f"  profile {profile}: " in text
    assert reason in text
    assert "REFUSED" not in text


@emulated
def test_a_star_is_refused_with_the_reason_in_both_languages(listed):
    text = listed("--profile", "star")

    assert "profile star-escpos: Star Micronics (USB id 0519:*)" in text or "(maker Star*)" in text
    assert "REFUSED: A Star printer answers in its own way" in text
    assert "不支持：Star 打印机" in text


@emulated
def test_a_profile_is_forced_and_an_own_one_wins(listed, tmp_path):
    (tmp_path / "our-printer.yml").write_text(OWN, encoding="utf-8")

    forced = listed(arguments=["--printer-profile", "generic-58"])
    own = listed(arguments=["--printer-profiles", tmp_path])

    assert "profile generic-58: " in forced and "forced by the setting printerProfile" in forced
    assert "profile our-printer: Ours (USB id 0416:*)" in own


def test_printers_lists_the_profiles(tmp_path):
    (tmp_path / "our-printer.yml").write_text(OWN, encoding="utf-8")

    text = said(run("printers", "--profiles", "--printer-profiles", tmp_path))

    for profile in ("epson-tm-t20iii", "epson-tm-t88vi", "xprinter-58", "xprinter-80", "zjiang-58", "gprinter-80", "sprt-80", "generic-58"):
        assert f"\n{profile}  " in text
    assert "our-printer  Ours  [own]" in text
    assert "58 mm, POS-5890" in text and "32 columns, 384 dots, gb18030TwoByte, QR raster" in text


@pytest.mark.parametrize("change, words", [
    (("columns: 42", "columns: 50"), "our-printer.yml:3: columns: must be one of 32, 42, 48"),
    (("cutter: none", "cuter: none"), "our-printer.yml:1: cutter: is missing"),
    (("name: Ours", "name: [Ours"), "our-printer.yml:"),
])
@pytest.mark.parametrize("command", ["serve", "printers"])
def test_a_bad_profile_stops_the_start(tmp_path, change, words, command):
    (tmp_path / "our-printer.yml").write_text(OWN.replace(*change), encoding="utf-8")
    data = ["--data", new_folder() / "data"] if command == "serve" else []

    finished = run(command, *data, "--printer-profiles", tmp_path)

    assert finished.returncode != 0
    assert words in said(finished) and "printerProfiles" in said(finished)


def test_a_profile_that_is_none_and_a_folder_that_is_none_are_refused(tmp_path):
    none = run("printers", "--printer-profile", "no-such-printer")
    folder = run("printers", "--printer-profiles", tmp_path / "missing")

    assert none.returncode != 0 and 'no profile "no-such-printer"' in said(none) and "generic-80" in said(none)
    assert folder.returncode != 0 and "cannot read the folder" in said(folder)


@emulated
def test_a_slip_for_a_star_fails_and_is_not_sent(printing):
    station = printing("--profile star")
    capture, till = station.capture, station.till

    sold = till.sell(worked_sale())

    job = station.job_in(sold, ENDS)
    assert (job["state"], job["reason"]) == ("failed", "unsupported_printer")
    till.client.daemon.process.terminate()
    till.client.daemon.process.wait(30)
    assert not capture.exists() or "蛋糕".encode("gb18030") not in capture.read_bytes()


@emulated
@pytest.mark.parametrize("printer, settings, state, columns", [
    ("epson-class", {}, "printed", 48), ("epson", {}, "accepted", 42),
    ("epson-class", {"POSD_PRINTER_PROFILE": "generic-58"}, "accepted", 32),
])
def test_a_slip_is_set_and_sent_by_the_profile(printing, printer, settings, state, columns):
    station = printing(f"--profile {printer}", settings=settings)
    capture, till = station.capture, station.till

    sold = till.sell(worked_sale())

    assert station.job_in(sold, ENDS)["state"] == state
    till.client.daemon.process.terminate()
    till.client.daemon.process.wait(30)
    printed = capture.read_bytes()
    assert b"-" * columns + b"\n" in printed and b"-" * (columns + 1) not in printed
    assert (b"\x1d\x28\x48" in printed) == (state == "printed")
