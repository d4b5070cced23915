"""Codes are read back from the drawn paper by a decoder of its own; drawn characters are told apart."""

import numpy
import pytest

from escpos.drawing import DrawingError, character_dots, drawn, qr_dots
from escpos.glyphs import LINE_ROWS, columns_of, line_scores, score, winner
from escpos.items import CENTRE, QR
from escpos.paper import printed
from escpos.profile import Profile
from escpos.reading import assert_same_text, codes

URL = "https://erqi.example.cn/r/6f1c1c1e-0d4e-4b7a-9a51-0f5c3a2b1d00"


def native(content, module=6):
    """The commands that make a printer draw a QR code of level M."""
    data = content.encode()
    store = b"\x1d(k" + (len(data) + 3).to_bytes(2, "little") + b"1P0" + data
    return b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C" + bytes([module]) + b"\x1d(k\x03\x001E1" + store + b"\x1d(k\x03\x001Q0"


def raster(dots, band=100):
    """GS v 0 bands of these dots."""
    packed = numpy.packbits(dots, axis=1)
    return b"".join(
        b"\x1dv0\0" + packed.shape[1].to_bytes(2, "little") + len(rows).to_bytes(2, "little") + rows.tobytes()
        for rows in (packed[at : at + band] for at in range(0, len(packed), band)))


@pytest.mark.parametrize("content", ["A1", URL, "救助券 V-23456"])
@pytest.mark.parametrize("width", [384, 576])
def test_a_native_and_a_raster_qr_code_are_read_alike(content, width):
    profile = Profile(columns=width // 12, width_dots=width)
    start = b"\x1b@\x1c&\x1ba\x01" + "扫码".encode("gbk") + b"\n\x1bd\x01"
    dots = qr_dots(QR(content.encode(), 6, "M", CENTRE))

    by_printer = printed(start + native(content) + b"\x1bd\x01Thanks\n", profile)
    by_dots = printed(start + raster(dots) + b"\x1bd\x01Thanks\n", profile)

    assert codes(by_printer) == codes(by_dots) == [("QRCode", content)]


def test_a_spoiled_raster_code_is_not_read():
    dots = qr_dots(QR(URL.encode(), 6, "L", CENTRE)).copy()
    dots[: len(dots) // 2] = False

    assert codes(printed(raster(dots), Profile())) == []


def test_a_code_wider_than_the_paper_is_not_drawn():
    with pytest.raises(DrawingError):
        drawn(printed(native(URL, module=14), Profile(columns=32, width_dots=384)))


def test_barcodes_are_read_from_the_drawing():
    stream = b"\x1ba\x01\x1dh\x50\x1dw\x02\x1dkC\x0c690123456789\x1bd\x01\x1dkI\x0a{BV-123456\x1bd\x01"

    assert codes(printed(stream, Profile())) == [("EAN13", "6901234567892"), ("Code128", "V-123456")]


def test_the_text_form_is_that_of_the_golden_files():
    stream = b"\x1b@\x1c&\x1ba\x01\x1d!\x11" + "收据".encode("gbk") + b"\n\x1d!\0\x1bd\x01" + native("x" * 33) + b"\x1ba\x02A \n"

    paper = printed(stream, Profile(columns=32, width_dots=384))
    text = "\n".join([" " * 14 + "收据", "", "x" * 32, "x", " " * 30 + "A"])

    assert_same_text(paper, text)
    for wrong in (text[:-1], text.replace("收", "牧"), text.replace("x", "y", 1), text.replace("\n\n", "\n"), text + "\nB"):
        with pytest.raises(AssertionError):
            assert_same_text(paper, wrong)


ALIKE = ["䶮龚龑龘", "𠮷吉告古", "㐂喜七卞", "土士工干", "未末本木", "己已巳乙", "日曰目白", "￥丫羊半", "（【《［"]


@pytest.mark.parametrize("characters", ALIKE)
def test_a_drawn_character_is_itself_and_not_one_like_it(characters):
    for character in characters:
        cell = character_dots(character, 2)

        assert score(cell, character) >= 0.9
        best, lead = winner(cell, characters)
        assert best == character and lead > 0.02, (character, best, lead)


def test_a_drawn_line_is_its_text_and_no_other():
    text = "  𠮷野家 龑 2 × 㐂"
    dots = numpy.concatenate([character_dots(character, columns_of(character)) for character in text], axis=1)
    dots = numpy.pad(dots, ((2, LINE_ROWS - 2 - len(dots)), (0, 0)))

    own = line_scores(dots, text)

    assert [character for character, *_ in own] == list(text.strip())
    assert min(value for _, value, _ in own) >= 0.7
    for wrong in ("  吉野家 龑 2 × 㐂", "  𠮷野家 龚 2 × 㐂", "  𠮷野家 龑 2 × 喜", "  𠮷野家 龑 3 × 㐂"):
        worst = min(value for _, value, _ in line_scores(dots, wrong))
        assert worst < min(value for _, value, _ in own) - 0.02, (wrong, worst)
