"""Bytes written out from the manuals are parted into commands; everything else is refused with its place."""

import pytest

from escpos.commands import StreamError, parsed

# Bytes → name, parameters, data.
KNOWN = [
    ("0A", "LF", (), b""),
    ("1B 40", "ESC @", (), b""),
    ("1C 26", "FS &", (), b""),
    ("1C 2E", "FS .", (), b""),
    ("1B 61 01", "ESC a", (1,), b""),
    ("1D 21 11", "GS !", (0x11,), b""),
    ("1B 64 03", "ESC d", (3,), b""),
    ("1B 33 18", "ESC 3", (24,), b""),
    ("1D 56 42 00", "GS V B", (0,), b""),
    ("1D 56 01", "GS V 1", (), b""),
    ("1B 70 00 32 FA", "ESC p", (0, 0x32, 0xFA), b""),
    ("10 14 01 00 02", "DLE DC4 1", (0, 2), b""),
    ("10 14 08 01 03 14 01 06 02 08", "DLE DC4 8", (), b""),
    ("10 04 01", "DLE EOT", (1,), b""),
    ("1D 61 FF", "GS a", (255,), b""),
    ("1D 49 43", "GS I", (67,), b""),
    ("1D 28 6B 04 00 31 41 32 00", "GS ( k 41", (0x32, 0), b""),
    ("1D 28 6B 03 00 31 43 06", "GS ( k 43", (6,), b""),
    ("1D 28 6B 03 00 31 45 33", "GS ( k 45", (0x33,), b""),
    ("1D 28 6B 05 00 31 50 30 41 31", "GS ( k 50", (), b"A1"),
    ("1D 28 6B 03 00 31 51 30", "GS ( k 51", (0x30,), b""),
    ("1D 28 48 06 00 30 30 41 42 43 44", "GS ( H", (), b"ABCD"),
    ("1D 76 30 00 02 00 01 00 F0 0F", "GS v 0", (0, 2, 1), b"\xf0\x0f"),
    ("1D 28 4C 0C 00 30 70 30 01 01 31 09 00 01 00 FF 80", "GS ( L store", (9, 1), b"\xff\x80"),
    ("1D 38 4C 0B 00 00 00 30 70 30 01 01 31 08 00 01 00 AA", "GS 8 L store", (8, 1), b"\xaa"),
    ("1D 28 4C 02 00 30 32", "GS ( L print", (), b""),
    ("1B 2A 21 01 00 01 02 03", "ESC *", (33, 1), b"\x01\x02\x03"),
    ("1D 6B 43 0D 36 39 30 31 32 33 34 35 36 37 38 39 32", "GS k", (0x43,), b"6901234567892"),
    ("1D 68 50", "GS h", (80,), b""),
    ("1D 48 02", "GS H", (2,), b""),
]


@pytest.mark.parametrize(("written", "name", "parameters", "data"), KNOWN, ids=[known[1] for known in KNOWN])
def test_a_command_of_the_manual_is_known(written, name, parameters, data):
    stream = b"A" + bytes.fromhex(written) + b"B"

    before, command, after = parsed(stream)

    assert (command.offset, command.name, command.parameters, command.data) == (1, name, parameters, data)
    assert (before.name, before.data, after.data) == ("text", b"A", b"B")


@pytest.mark.parametrize("written", [written for written, *_ in KNOWN if written != "0A"])
def test_a_command_cut_off_is_an_error(written):
    whole = bytes.fromhex(written)

    for length in range(1, len(whole)):
        with pytest.raises(StreamError):
            parsed(whole[:length])


@pytest.mark.parametrize(
    "written",
    ["00", "07", "09", "0C", "0D", "18", "7F", "1B 07", "1B 5A", "1C 71 01", "1D 00", "1B 61 03", "1D 21 88", "1B 70 30 32 FA",
     "1D 56 02", "1D 56 30", "10 04 00", "10 14 01 00 09", "10 14 02", "1D 28 6B 03 00 31 43 11", "1D 28 6B 03 00 31 43 00",
     "1D 28 6B 03 00 30 43 06", "1D 28 6B 03 00 31 50 30", "1D 28 6B 04 00 31 52 32 00", "1D 28 48 06 00 30 30 1F 42 43 44",
     "1D 76 30 04 01 00 01 00 FF", "1D 76 30 00 00 00 01 00", "1D 28 4C 0B 00 30 70 30 01 01 31 09 00 01 00 FF",
     "1D 6B 00 31 32 00", "1D 6B 02 36 39 30 31 00", "1D 28 41 02 00 00 01", "1D 28 45 03 00 01 49 4E", "1B 3D 00"],
)
def test_bytes_of_no_known_command_are_an_error_with_their_place(written):
    with pytest.raises(StreamError) as error:
        parsed(b"\x1b@\xc8\xfd" + bytes.fromhex(written))

    assert error.value.offset == 4


def test_chinese_text_is_one_piece_whatever_its_second_bytes():
    text = "镕丂乗亐｛亅｝~@ 𠮷".encode("gb18030")

    (command,) = parsed(text)

    assert command.data == text
