"""Printer text → characters, by Python's codecs: 1 byte is 1 column, every longer code 2."""

from escpos.commands import StreamError

CODECS = {"gb2312": "gb2312", "gbk": "gbk", "gb18030TwoByte": "gb18030", "gb18030": "gb18030"}

# Two-byte codes that Python's table of the year 2000 still sends to private use; 2005 and 2022 gave them characters.
NEWER = {
    0xA6D9: 0xFE10, 0xA6DA: 0xFE12, 0xA6DB: 0xFE11, 0xA6DC: 0xFE13, 0xA6DD: 0xFE14, 0xA6DE: 0xFE15,
    0xA6DF: 0xFE16, 0xA6EC: 0xFE17, 0xA6ED: 0xFE18, 0xA6F3: 0xFE19, 0xA8BC: 0x1E3F,
    0xFE51: 0x20087, 0xFE52: 0x20089, 0xFE53: 0x200CC, 0xFE59: 0x9FB4, 0xFE61: 0x9FB5, 0xFE66: 0x9FB6,
    0xFE67: 0x9FB7, 0xFE6C: 0x215D7, 0xFE6D: 0x9FB8, 0xFE76: 0x2298F, 0xFE7E: 0x9FB9, 0xFE90: 0x9FBA,
    0xFE91: 0x241FE, 0xFEA0: 0x9FBB,
}  # fmt: skip


def characters(text, encoding, is_chinese, offset):
    """(character, columns) for each code of `text`; a code that the encoding does not have is an error."""
    place = 0
    while place < len(text):
        length = code_length(text, place, encoding, is_chinese, offset + place)
        code = text[place : place + length]
        yield _character(code, encoding, offset + place), 1 if length == 1 else 2
        place += length


def code_length(text, place, encoding, is_chinese, offset):
    first = text[place]
    if first < 0x80:
        return 1
    if not is_chinese:
        raise StreamError(offset, f"byte {first:02X} outside Chinese mode prints whatever the code page has")
    if place + 1 >= len(text):
        raise StreamError(offset, f"the text ends inside the character that begins with {first:02X}")
    if 0x30 <= text[place + 1] <= 0x39:
        if encoding != "gb18030":
            raise StreamError(offset, f"a four-byte code {text[place:place + 4].hex(' ')} on a printer of {encoding}")
        return 4
    return 2


def _character(code, encoding, offset):
    newer = NEWER.get(int.from_bytes(code)) if len(code) == 2 and "gb18030" in encoding else None
    if newer:
        return chr(newer)
    try:
        character = code.decode(CODECS[encoding])
        if encoding == "gb2312":
            # The old table has U+30FB and U+2015 where the signs of GB 2312 are · and —, as in every table since.
            character = code.decode("gbk")
    except UnicodeDecodeError:
        raise StreamError(offset, f"{code.hex(' ')} is no character of {encoding}") from None
    if len(character) != 1 or 0xE000 <= ord(character) <= 0xF8FF:
        raise StreamError(offset, f"{code.hex(' ')} is for private use in {encoding}")
    return character


def has_code(character, encoding):
    """Whether a printer of this encoding has a code for the character."""
    if "gb18030" in encoding and ord(character) in NEWER.values():
        return True
    try:
        code = character.encode(CODECS[encoding])
    except UnicodeEncodeError:
        return encoding == "gb2312" and character in "·—"
    return len(code) <= 2 or encoding == "gb18030"
