"""The logo of a station, and names that no printer has, on the paper of the real binary."""

import subprocess

import numpy
import pytest

from client import Client, Till
from daemon import BINARY, Daemon, environment
from escpos.glyphs import line_scores
from escpos.items import Picture
from escpos.paper import printed
from escpos.profile import Profile
from goods import open_good

LOGO = b"P4\n16 4\n" + bytes([0xFF, 0x01, 0x80, 0x00, 0x10, 0x04, 0x00, 0x0F])
RARE_NAMES = ["𠮷野㐂", "䶮㐂𠮷 rice £5"]


def paper_of(client, sale, columns):
    answer = client.get(f"/sales/{sale['id']}/receipt.escpos?columns={columns}")
    return printed(answer.body, Profile(columns=columns, width_dots={32: 384, 42: 512, 48: 576}[columns]))


@pytest.fixture(scope="module")
def decorated(tmp_path_factory):
    logo = tmp_path_factory.mktemp("logo") / "logo.pbm"
    logo.write_bytes(LOGO)
    daemon = Daemon(settings={"POSD_LOGO": str(logo)}).start()
    yield daemon
    daemon.stop()


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_a_logo_and_rare_names_are_drawn(decorated, columns):
    client = Client(decorated).log_in_as("cashier")
    till = Till(client)
    sale = till.sell([open_good(name, 100) for name in RARE_NAMES] + [open_good("苹果", 100)])

    paper = paper_of(client, sale, columns)

    logo, *lines = paper.of(Picture)
    assert paper.items[0] is logo and logo.dots.shape[0] == 4
    left = (columns * 12 - 16) // 2
    # Where dots and bytes coincide, the real-time command among them has one dot more.
    harmless = 0x0C if left % 8 == 0 else 0x04
    dots = numpy.packbits(logo.dots[:, left : left + 16]).tolist()
    assert dots == [0xFF, 0x01, 0x80, 0x00, 0x10, harmless, 0x00, 0x0F]
    assert len(lines) == len(RARE_NAMES)
    for line, name in zip(lines, RARE_NAMES):
        assert line.dots.shape[0] == 30
        dots = numpy.pad(line.dots, ((0, 0), (0, 16)))
        for character, score, _ in line_scores(dots, name):
            assert score > 0.7, f"{character} of {name}"
    assert "苹果" in paper.text


@pytest.mark.parametrize(
    "setting, content, complaint",
    [
        ("POSD_LOGO", None, "cannot read"),
        ("POSD_LOGO", b"GIF89a", "no Portable Bitmap"),
        ("POSD_LOGO", b"P4 577 1 ", "577 × 1 dots; at most 576 × 960"),
        ("POSD_LOGO", b"P4 8 2 A", "ends before its last row"),
        ("POSD_LOGO", b"P4" + b" " * 2_000_000, "larger than 2000000 bytes"),
        ("POSD_GLYPH_FONT", None, "missing"),
        ("POSD_GLYPH_FONT", b"no font", "no font"),
    ],
)
def test_a_file_that_cannot_be_used_stops_the_start(tmp_path, setting, content, complaint):
    path = tmp_path / "file"
    if content is not None:
        path.write_bytes(content)

    ended = subprocess.run(
        [str(BINARY), "serve", "--data", str(tmp_path / "data"), "--listen", "127.0.0.1:0"],
        env={**environment(), setting: str(path)},
        capture_output=True,
        timeout=30,
    )

    said = ended.stderr.decode()
    assert ended.returncode != 0
    assert complaint in said and str(path) in said and setting in said, said


def test_a_logo_wider_than_the_printer_stops_the_start(tmp_path):
    path = tmp_path / "logo.pbm"
    path.write_bytes(b"P4 400 1 " + bytes(50))

    ended = subprocess.run(
        [str(BINARY), "serve", "--data", str(tmp_path / "data"), "--listen", "127.0.0.1:0"],
        env={**environment(), "POSD_LOGO": str(path), "POSD_PRINTER_PROFILE": "generic-58"},
        capture_output=True,
        timeout=30,
    )

    assert ended.returncode != 0 and "400 dots wide; the printer (generic-58) has 384" in ended.stderr.decode()
