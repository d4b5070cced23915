"""A receipt of every printer profile, from the real binary's virtual printer, on paper: same text, same QR content."""

import time

import pytest

from client import Client, Till
from daemon import Daemon, run, said
from escpos.encoding import has_code
from escpos.glyphs import LINE_ROWS, columns_of, line_scores, winner
from escpos.items import Cut
from escpos.paper import printed
from escpos.profile import profiles
from escpos.reading import assert_same_text, codes
from goods import open_good
from test_paper import NASTY_NAMES, random_name

BASE_URL = "http://receipts.example.org"
RARE_NAMES = ["䶮", "𠮷野家牛肉饭", "㐂寿司", "葛𠮷䶮㐂龘龑" * 10, "龑记（ḿ）café￥5", "𠮷aWMi18g@%&( ) < > 0.5kg"]
TEST_PAGE_CODES = [("QRCode", "POSD-PRINT-TEST-0123456789"), ("Code128", "POSD-128"), ("EAN13", "6901234567892")]
LOOKALIKES = set("䶮龚龑龘龙垄𠮷吉告古喜㐂七匕葛曷蔼寿夀王玉主土士日曰目白未末己已巳")
PUNCTUATION = set("（）《》“”‘’，。、；：！？·…—「」【】￥　°×÷①№")
_judged = {}


class Shop:
    """One demonstration for all profiles: a start after the first is quick, and its log-in lasts."""

    def __init__(self):
        self.daemon = Daemon()
        self.client = None

    def start(self, profile):
        self.daemon.stop()
        self.daemon.settings = {"POSD_PRINTER_PROFILE": profile.id}
        self.daemon.start("demo", "--public-listen", "127.0.0.1:0", "--public-base-url", BASE_URL)
        if self.client is None:
            self.client = Client(self.daemon).log_in_as("cashier")
        self.client.close()
        return Till(self.client)


@pytest.fixture(scope="module")
def shop():
    shop = Shop()
    yield shop
    shop.daemon.kill()
    Daemon.everyone.remove(shop.daemon)


def slip(daemon, sale, kind, seconds=20):
    """A file of the virtual printer; the daemon writes it under another name first, or in one piece."""
    name = f"{sale['journal']['epoch']}-{sale['journal']['sequence']}-0.{kind}"
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for path in daemon.folder.rglob(name):
            if path.stat().st_size:
                return path.read_bytes()
        time.sleep(0.05)
    raise AssertionError(f"no {name} in {sorted(path.name for path in daemon.folder.rglob('*.escpos'))}")


class DrawnLines:
    """Judges lines that came as dots: each character must be itself, and none of those that look like it."""

    def __init__(self, encoding):
        self.encoding = encoding
        self.count = 0

    def __call__(self, picture, wanted):
        """The lines that a picture is; each has a character that the printer lacks."""
        tops = range(0, picture.dots.shape[0], LINE_ROWS)
        for top, line in zip(tops, wanted):
            assert any(not has_code(character, self.encoding) for character in line), f"{line!r} could be text"
            for character, value, cell in line_scores(picture.dots[top : top + LINE_ROWS], line):
                self.judge(line, character, value, cell)
            self.count += 1
        return len(tops)

    def judge(self, line, character, value, cell):
        assert value >= 0.9, f"{character} of {line!r} agrees by {value:.2f} only"
        if columns_of(character) == 2 and character not in PUNCTUATION:
            key = character, cell.tobytes()
            if key not in _judged:
                _judged[key] = winner(cell, LOOKALIKES | {character})
            best, lead = _judged[key]
            assert best == character and lead >= 0.05, f"{character} of {line!r} looks like {best} ({lead:.2f})"


@pytest.mark.parametrize("profile", profiles().values(), ids=profiles())
def test_a_receipt_reads_the_same_on_every_printer(shop, chance, profile):
    till = shop.start(profile)
    names = RARE_NAMES + NASTY_NAMES + [random_name(chance) for _ in range(3)]
    sale = till.sell([open_good(name, chance.randrange(1, 99999)) for name in names])
    drawn = DrawnLines(profile.encoding)

    paper = printed(slip(shop.daemon, sale, "escpos"), profile)

    assert_same_text(paper, slip(shop.daemon, sale, "txt").decode(), drawn)
    assert codes(paper) == [("QRCode", f"{BASE_URL}/r/{sale['id']}")]
    assert drawn.count >= 4
    assert_ends(paper)


@pytest.mark.parametrize("profile", profiles().values(), ids=profiles())
def test_the_test_page_reads_the_same_on_every_printer(tmp_path, profile):
    finished = run("print-test", "--print-folder", tmp_path, "--printer-profile", profile.id)

    assert finished.returncode == 0, said(finished)
    paper = printed((tmp_path / "print-test.escpos").read_bytes(), profile)
    assert_same_text(paper, (tmp_path / "print-test.txt").read_text(encoding="utf-8"), DrawnLines(profile.encoding))
    assert codes(paper) == TEST_PAGE_CODES
    assert_ends(paper)


def assert_ends(paper):
    """The paper is cut once, at its end, if the printer can."""
    cuts = [item for item in paper.items if isinstance(item, Cut)]
    assert len(cuts) == (paper.profile.cutter != "none")
    assert not cuts or paper.items[-1] is cuts[0]
