"""`posd print-test`: a page to files, to an emulated printer, and through a running daemon."""

import re
import subprocess

import pytest

import daemon as daemons
from daemon import environment, run, said
from usb_printer import NetworkPrinter, build, missing

emulated = pytest.mark.skipif(missing() is not None, reason=missing() or "")
KICK = b"\x1b\x70\x00\x32\xfa"


@pytest.fixture(scope="module")
def emulator(tmp_path_factory):
    return build(tmp_path_factory.mktemp("emulator"))


@pytest.fixture
def printed(emulator, tmp_path):
    """A test page on an emulated printer: how the command ended, and what the printer took."""

    def go(*printer, arguments=()):
        capture = tmp_path / "capture"
        command = ["umockdev-wrapper", emulator, "--capture", capture, *printer, "--"]
        command += [daemons.BINARY.resolve(), "print-test", "--printer", "usb", *arguments]
        finished = subprocess.run([str(word) for word in command], capture_output=True, timeout=60, env=environment())
        return finished, capture.read_bytes() if capture.exists() else b""

    return go


@pytest.mark.parametrize("profile, columns, cutter", [("generic-58", 32, "没有切刀"), ("epson-tm-t88vi", 42, "切开"), ("zjiang-80", 48, "切开")])
def test_the_page_as_files_is_as_wide_as_the_profile(tmp_path, profile, columns, cutter):
    finished = run("print-test", "--print-folder", tmp_path / "page", "--printer-profile", profile)

    assert finished.returncode == 0, said(finished)
    assert f"profile {profile}: " in said(finished) and "forced by the setting" in said(finished)
    text = (tmp_path / "page" / "print-test.txt").read_text(encoding="utf-8")
    assert re.search(r"^----\+----1.*$", text, re.M).group() == "".join(
        str(n // 10) if n % 10 == 0 else "+" if n % 5 == 0 else "-" for n in range(1, columns + 1))
    assert "POSD-128" in text and "6901234567892" in text
    assert "䶮 𠮷 㐂" in text and "￥12.50" in text and cutter in text
    assert "钱箱" not in text
    svg = (tmp_path / "page" / "print-test.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg ") and "打印测试" in svg
    taken = (tmp_path / "page" / "print-test.escpos").read_bytes()
    assert taken.startswith(b"\x1b\x40\x1c\x26")
    is_native = profile.startswith("epson")
    assert (b"\x1d\x28\x6b" in taken, b"\x1dkI" in taken, b"\x1dkC" in taken) == (is_native,) * 3
    assert (b"\x1d\x56" in taken) == ("切开" in cutter)


@emulated
def test_the_page_comes_out_with_what_the_printer_says(printed):
    finished, taken = printed("--profile", "epson-class")

    text = said(finished)
    assert finished.returncode == 0, text
    assert "profile epson-tm-t20iii: Epson TM-T20III (maker EPSON, model TM-T20III*)" in text
    for line in ("DLE EOT 1: 联机 online 16", "DLE EOT 2: 正常 good 12", "DLE EOT 3: 正常 good 12", "DLE EOT 4: 有纸 paper 12"):
        assert line in text
    assert "printed: the printer says so" in text
    assert "打印测试".encode("gb18030") in taken and b"----+----1" in taken
    assert "DLE EOT 4 纸".encode("gb18030") in taken
    assert KICK not in taken


@emulated
def test_the_drawer_opens_only_when_asked(printed):
    finished, taken = printed("--profile", "epson", arguments=["--drawer"])

    assert finished.returncode == 0, said(finished)
    assert "drawer opened by pin2" in said(finished)
    assert taken.count(KICK) == 1


@emulated
@pytest.mark.parametrize("printer, words", [
    (["--state", "paper out"], "缺纸"), (["--absent"], "没有找到打印机"), (["--no-perm"], "70-posd-printers.rules"),
    (["--profile", "star"], "不支持这种打印机"), (["--busy"], "被其他程序占用"),
], ids=str)
def test_what_stands_in_the_way_is_said_in_words(printed, printer, words):
    finished, taken = printed(*printer)

    assert finished.returncode != 0
    assert words in said(finished) and "nothing was printed" in said(finished)
    assert "打印测试".encode("gb18030") not in taken


@emulated
def test_a_printer_that_cannot_speak_is_said_to_be_silent(printed):
    finished, taken = printed("--profile", "uni")

    assert finished.returncode == 0, said(finished)
    assert "no profile knows this printer" in said(finished) or "model POS-80*" in said(finished)
    assert "DLE EOT" not in said(finished) and "\naccepted" in said(finished)
    assert "不能问".encode("gb18030") in taken


def test_a_network_printer_prints_by_the_profile_forced():
    with NetworkPrinter() as printer:
        finished = run("print-test", "--printer", f"tcp:127.0.0.1:{printer.port}", "--printer-profile", "generic-58")

        assert finished.returncode == 0, said(finished)
        assert "DLE EOT 4: 有纸 paper 12" in said(finished)
        assert b"----+----1----+----2----+----3--\n" in bytes(printer.taken)


def test_without_a_printer_it_says_what_to_give(tmp_path):
    finished = run("print-test")
    folder = run("print-test", "--data", tmp_path / "station")

    for ended in (finished, folder):
        assert ended.returncode != 0 and "no printer" in said(ended), said(ended)


def test_a_running_daemon_prints_the_page(daemons):
    daemon = daemons().start()

    finished = run("print-test", "--data", daemon.folder, "--drawer")

    assert finished.returncode == 0, said(finished)
    assert "profile generic-80" in said(finished) and "accepted" in said(finished)
    page = next(daemon.folder.parent.rglob("print-test.txt"))
    assert "PRINT TEST" in page.read_text(encoding="utf-8")
    # A folder has no drawer.
    assert "drawer not opened: none can be opened here" in said(finished)
