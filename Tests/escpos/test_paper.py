"""Streams written out by hand come out as the manuals say; a stream that a printer would spoil is refused."""

import pytest

from escpos.commands import StreamError
from escpos.items import CENTRE, LEFT, Barcode, Completion, Cut, Feed, Kick, Line, Picture, QR
from escpos.paper import printed
from escpos.profile import Profile

START = "1B 40 1C 26 "


def of(written, **abilities):
    return printed(bytes.fromhex(written), Profile(**abilities))


def refused(written, **abilities):
    with pytest.raises(StreamError) as error:
        of(written, **abilities)
    return str(error.value)


def test_lines_have_text_columns_alignment_and_style():
    paper = of(START + "1B 61 01 1D 21 11 1B 45 01 CA D5 BE DD 0A 1B 61 00 1D 21 00 1B 45 00 C6 BB 32 0A")

    first, second = paper.items
    assert (first.text, first.columns, first.dots, first.alignment) == ("收据", 4, 96, CENTRE)
    assert all(cell.style.is_bold and cell.style.width == cell.style.height == 2 for cell in first.cells)
    assert (second.text, second.columns, second.dots, second.alignment) == ("苹2", 3, 36, LEFT)


def test_two_byte_signs_that_unicode_calls_narrow_take_two_columns():
    text = "·…—“”×°é①№￥"

    paper = printed(bytes.fromhex(START) + text.encode("gb18030") + b"\n", Profile())

    assert (paper.items[0].text, paper.items[0].columns) == (text, 2 * len(text))


def test_codes_that_later_tables_gave_a_character_are_read():
    assert of(START + "A8 BC FE 51 FE 9F FE 59 0A").items[0].text == "\u1e3f\U00020087䶮\u9fb4"


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "gb18030TwoByte"])
def test_the_middle_dot_and_the_dash_are_those_of_today(encoding):
    assert of(START + "A1 A4 A1 AA 0A", encoding=encoding).items[0].text == "·—"


@pytest.mark.parametrize(
    ("encoding", "code", "is_known"),
    [("gb2312", "C4 E3", True), ("gb2312", "81 40", False), ("gbk", "81 40", True), ("gbk", "FE 9F", False),
     ("gb18030TwoByte", "FE 9F", True), ("gb18030TwoByte", "95 32 82 36", False), ("gb18030", "95 32 82 36", True),
     ("gb18030TwoByte", "81 30 84 36", False), ("gbk", "A2 E3", False), ("gb18030TwoByte", "A2 E3", True),
     ("gbk", "80 41", False), ("gb18030", "FF 41", False), ("gb18030TwoByte", "AA A1", False), ("gbk", "C4", False)],
)  # fmt: skip
def test_a_code_must_be_of_the_encoding(encoding, code, is_known):
    if is_known:
        assert of(START + code + "0A", encoding=encoding).items[0].columns == 2
    else:
        assert "at byte 4" in refused(START + code + "0A", encoding=encoding)


def test_high_bytes_need_chinese_mode():
    assert "outside Chinese mode" in refused("1B 40 C4 E3 0A")
    assert "outside Chinese mode" in refused(START + "1C 2E C4 E3 0A", more_commands=frozenset({"FS ."}))
    assert "outside Chinese mode" in refused(START + "1B 40 C4 E3 0A")


def test_a_line_wider_than_the_paper_is_an_error():
    assert of(START + "41" * 32 + "0A", columns=32).items[0].columns == 32
    assert "32 columns" in refused(START + "41" * 33 + "0A", columns=32)
    assert "32 columns" in refused(START + "1D 21 10" + "41" * 17 + "0A", columns=32)


@pytest.mark.parametrize("command", ["1B 61 01", "1C 26", "1B 40", "1D 56 42 00", "1D 76 30 00 01 00 01 00 FF",
                                     "1D 6B 43 0C 36 39 30 31 32 33 34 35 36 37 38 39", "1D 28 48 06 00 30 30 41 41 41 41"])
def test_what_works_at_the_start_of_a_line_stands_there(command):
    abilities = {"has_completion": True}
    of(START + command, **abilities)

    assert "unprinted text" in refused(START + "41" + command, **abilities)


def test_text_left_in_the_buffer_is_an_error():
    assert "unprinted text: A" in refused(START + "41")


def test_feeds_and_cuts():
    paper = of(START + "41 0A 1B 64 02 1B 4A 10 1D 56 42 00")

    line, lines, dots, cut = paper.items
    assert (lines, dots, cut) == (Feed(2, 60), Feed(0, 16), Cut(False, 0))
    assert "goes through" in refused(START + "1D 56 01")
    assert "does not know GS V A" in refused(START + "1D 56 41 00")
    assert of(START + "1D 56 41 03", cutter="full").items == [Cut(True, 3)]
    assert "does not know GS V B" in refused(START + "1D 56 42 00", cutter="none")


def test_a_feed_by_lines_ends_the_line_first():
    assert [type(item) for item in of(START + "41 1B 64 01").items] == [Line]
    assert of(START + "41 1B 64 03").items[1] == Feed(2, 60)


def test_the_drawer_is_kicked_at_its_pin():
    assert of(START + "1B 70 00 32 FA").items == [Kick(2, 100, 500)]
    assert of(START + "1B 70 01 32 FA", drawer="pin5").items == [Kick(5, 100, 500)]
    assert "pin5, not pin2" in refused(START + "1B 70 00 32 FA", drawer="pin5")
    assert "does not know ESC p" in refused(START + "1B 70 00 32 FA", drawer="none")


def test_large_sizes_are_for_models_that_have_them():
    assert "3 × 3" in refused(START + "1D 21 22 41 0A")
    assert of(START + "1D 21 22 41 0A", largest_size=8).items[0].dots == 36


def test_a_command_outside_the_list_of_the_model_is_an_error():
    assert "does not know GS ( H" in refused(START + "1D 28 48 06 00 30 30 41 42 43 44")
    assert of("1D 28 48 06 00 30 30 41 42 43 44", has_completion=True).items == [Completion(b"ABCD")]
    for written in ("1C 43 01", "1B 63 35 01", "1B 3D 02", "10 14 01 00 01", "1B 7B 01", "1C 2E", "1B 69"):
        assert "does not know" in refused(written)


STORE = "1D 28 6B 04 00 31 41 32 00 1D 28 6B 03 00 31 43 06 1D 28 6B 03 00 31 45 31 1D 28 6B 05 00 31 50 30 41 31"
PRINT = "1D 28 6B 03 00 31 51 30"


def test_a_qr_code_keeps_its_content():
    assert of(START + STORE + "1B 61 01" + PRINT).items == [QR(b"A1", 6, "M", CENTRE)]
    assert "without its content" in refused(START + STORE[:-30] + PRINT)
    assert "without its content, level, model, module" in refused(START + STORE + "1B 40" + PRINT)
    assert "does not know GS ( k" in refused(START + STORE + PRINT, qr="raster")


def test_barcodes_say_what_a_scanner_reads():
    paper = of("1D 68 50 1D 77 02 1D 6B 43 0C 36 39 30 31 32 33 34 35 36 37 38 39"
               "1D 6B 49 09 7B 42 41 7B 7B 31 7B 43 0C")

    assert paper.items == [Barcode("EAN13", "6901234567892", 80, 2, 0, LEFT), Barcode("CODE128", "A{112", 80, 2, 0, LEFT)]
    assert "wrong check digit" in refused("1D 6B 43 0D 36 39 30 31 32 33 34 35 36 37 38 39 33")
    for data in ("41 42", "7B 42 41 7B", "7B 43 64", "7B 42 80", "7B 41 61"):
        assert "at byte 0" in refused(f"1D 6B 49 {len(bytes.fromhex(data)):02X} {data}")


def test_bands_that_follow_one_another_are_one_picture():
    band = "1D 76 30 00 01 00 02 00 F0 0F"

    joint, after = of(band + band + "1B 64 01" + band).of(Picture)

    assert joint.bands == [2, 2] and after.bands == [2]
    assert joint.dots[:, :4].tolist() == [[True] * 4, [False] * 4] * 2


def test_the_limits_of_pictures():
    assert "584 dots" in refused("1D 76 30 00 49 00 01 00" + "00" * 73)
    assert "256 rows" in refused("1D 76 30 00 01 00 00 01" + "00" * 256)
    assert "a multiple of 48" in refused("1D 76 30 00 01 00 30 00" + "00" * 48, pad_every_rows=48)
    assert "acts on" in refused("1D 76 30 00 02 00 01 00 10 14")
    assert "acts on" in refused("1D 76 30 00 01 00 03 00 00 10 05")
    assert "does not know GS v 0" in refused("1D 76 30 00 01 00 01 00 FF", raster="gsParenL")


def test_stored_pictures_are_printed_once():
    store = "1D 28 4C 0C 00 30 70 30 01 01 31 09 00 01 00 FF 80"
    show = "1D 28 4C 02 00 30 32"

    assert of(store + show, raster="gsParenL").items[0].dots.tolist() == [[True] * 9]
    assert "not printed" in refused(store + store, raster="gsParenL")
    assert "not printed" in refused(store, raster="gsParenL")
    assert "none is stored" in refused(show, raster="gsParenL")
