"""Every golden stream of bytes comes out as the golden text beside it, by allowed commands only."""

import re
from pathlib import Path

import pytest

from escpos.items import QR, Barcode, Cut
from escpos.paper import printed
from escpos.profile import Profile
from escpos.reading import assert_same_text, codes

GOLDEN = Path(__file__).resolve().parents[1] / "ReceiptTests" / "Golden"
STREAMS = sorted(GOLDEN.glob("*.hex"))


def bytes_of(path):
    """The bytes of a golden file, without its remarks."""
    return bytes.fromhex(re.sub(r"#.*", "", path.read_text(encoding="utf-8")))


def plain(columns):
    """The widest of ordinary printers with so many columns."""
    return Profile(id=f"plain-{columns}", columns=columns, width_dots={32: 384, 42: 512, 48: 576}[columns])


def test_there_are_golden_streams():
    assert STREAMS


@pytest.mark.parametrize("path", STREAMS, ids=lambda path: path.stem)
def test_a_golden_stream_prints_the_golden_text(path):
    profile = plain(int(path.stem.rsplit("-", 1)[1]))

    paper = printed(bytes_of(path), profile)

    assert_same_text(paper, path.with_suffix(".txt").read_text(encoding="utf-8"))
    native = [("QRCode", item.content.decode()) if isinstance(item, QR) else (item.symbology, item.content)
              for item in paper.items if isinstance(item, (QR, Barcode))]  # fmt: skip
    assert [(kind.upper(), content) for kind, content in codes(paper)] == [(k.upper(), content) for k, content in native]
    assert isinstance(paper.items[-1], Cut)
