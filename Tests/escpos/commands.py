"""Bytes → commands, by the tables of the printers' manuals. A byte that belongs to no command is an error with its place."""

from dataclasses import dataclass


class StreamError(ValueError):
    """A stream that no printer should be sent; `offset` is the byte where it goes wrong."""

    def __init__(self, offset, message):
        super().__init__(f"at byte {offset}: {message}")
        self.offset = offset


@dataclass(frozen=True)
class Command:
    """One command; text between commands is a command of the name `text`."""

    offset: int
    name: str
    parameters: tuple = ()
    data: bytes = b""


ON_OFF = (range(2),)
ANY = (range(256),)
TWO = (range(256), range(256))

# Bytes → name, and the values that each parameter byte may have.
FIXED = {
    b"\x0a": ("LF", ()),
    b"\x1b@": ("ESC @", ()),
    b"\x1b2": ("ESC 2", ()),
    b"\x1b3": ("ESC 3", ANY),
    b"\x1bt": ("ESC t", ANY),
    b"\x1bR": ("ESC R", (range(16),)),
    b"\x1b!": ("ESC !", ANY),
    b"\x1bE": ("ESC E", ON_OFF),
    b"\x1bG": ("ESC G", ON_OFF),
    b"\x1b-": ("ESC -", (range(3),)),
    b"\x1b{": ("ESC {", ON_OFF),
    b"\x1bM": ("ESC M", ON_OFF),
    b"\x1ba": ("ESC a", (range(3),)),
    b"\x1bd": ("ESC d", ANY),
    b"\x1bJ": ("ESC J", ANY),
    b"\x1b$": ("ESC $", TWO),
    b"\x1b\\": ("ESC \\", TWO),
    b"\x1bi": ("ESC i", ()),
    b"\x1bm": ("ESC m", ()),
    b"\x1bp": ("ESC p", (range(2), range(256), range(256))),
    b"\x1bc4": ("ESC c 4", ANY),
    b"\x1bc5": ("ESC c 5", ON_OFF),
    b"\x1b=": ("ESC =", (range(1, 4),)),
    b"\x1c&": ("FS &", ()),
    b"\x1c.": ("FS .", ()),
    b"\x1c!": ("FS !", ANY),
    b"\x1cW": ("FS W", ON_OFF),
    b"\x1cS": ("FS S", TWO),
    b"\x1c-": ("FS -", (range(3),)),
    b"\x1cC": ("FS C", ANY),
    b"\x1d!": ("GS !", (tuple(w << 4 | h for w in range(8) for h in range(8)),)),
    b"\x1dB": ("GS B", ON_OFF),
    b"\x1dL": ("GS L", TWO),
    b"\x1dW": ("GS W", TWO),
    b"\x1dP": ("GS P", TWO),
    b"\x1dV\x00": ("GS V 0", ()),
    b"\x1dV\x01": ("GS V 1", ()),
    b"\x1dVA": ("GS V A", ANY),
    b"\x1dVB": ("GS V B", ANY),
    b"\x1dh": ("GS h", (range(1, 256),)),
    b"\x1dw": ("GS w", (range(2, 7),)),
    b"\x1dH": ("GS H", (range(4),)),
    b"\x1df": ("GS f", ON_OFF),
    b"\x1da": ("GS a", ANY),
    b"\x1dr": ("GS r", (range(1, 3),)),
    b"\x1dI": ("GS I", ((1, 2, 3, 65, 66, 67, 68, 69),)),
    b"\x10\x04": ("DLE EOT", (range(1, 5),)),
    b"\x10\x05": ("DLE ENQ", (range(1, 3),)),
    b"\x10\x14\x01": ("DLE DC4 1", (range(2), range(1, 9))),
    b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08": ("DLE DC4 8", ()),
}

BARCODES = {0x43: "EAN13", 0x44: "EAN8", 0x45: "CODE39", 0x46: "ITF", 0x48: "CODE93", 0x49: "CODE128"}


class _Reader:
    """The bytes, and how far they are read."""

    def __init__(self, stream):
        self.stream = stream
        self.place = 0

    def take(self, count, what):
        piece = self.stream[self.place : self.place + count]
        if len(piece) < count:
            raise StreamError(self.place, f"the stream ends inside {what}")
        self.place += count
        return piece

    def byte(self, what):
        return self.take(1, what)[0]

    def word(self, what):
        return int.from_bytes(self.take(2, what), "little")


def parsed(stream):
    """The commands of a stream, in order."""
    reader = _Reader(bytes(stream))
    commands = []
    while reader.place < len(reader.stream):
        commands.append(_next(reader))
    return commands


def _next(reader):
    start = reader.place
    if reader.stream[start] >= 0x20 and reader.stream[start] != 0x7F:
        return _text(reader)
    for length in (1, 2, 3, 10):
        known = FIXED.get(reader.stream[start : start + length])
        if known:
            reader.place += length
            return _fixed(reader, start, *known)
    for opening, read in VARIABLE.items():
        if reader.stream.startswith(opening, start):
            reader.place += len(opening)
            return read(reader, start)
    seen = reader.stream[start : start + 4].hex(" ").upper()
    raise StreamError(start, f"{seen} belongs to no known command")


def _text(reader):
    start = end = reader.place
    while end < len(reader.stream) and reader.stream[end] >= 0x20 and reader.stream[end] != 0x7F:
        end += 1
    reader.place = end
    return Command(start, "text", (), reader.stream[start:end])


def _fixed(reader, start, name, allowed):
    values = tuple(reader.take(len(allowed), name))
    for value, good in zip(values, allowed):
        if value not in good:
            raise StreamError(start, f"{name} has no value {value}")
    return Command(start, name, values)


def _qr(reader, start):
    """`1D 28 6B pL pH 31 fn …`: the functions of the QR code (cn 31)."""
    length = reader.word("GS ( k")
    body = reader.take(length, "GS ( k")
    if length < 2 or body[0] != 0x31:
        raise StreamError(start, f"GS ( k for a symbol that is not QR: {body[:2].hex()}")
    function, rest = body[1], body[2:]
    name = f"GS ( k {function:02X}"
    good = {
        0x41: lambda: len(rest) == 2 and rest[0] in (0x31, 0x32) and rest[1] == 0,
        0x43: lambda: len(rest) == 1 and 1 <= rest[0] <= 16,
        0x45: lambda: len(rest) == 1 and 0x30 <= rest[0] <= 0x33,
        0x50: lambda: len(rest) >= 2 and rest[0] == 0x30 and 4 <= length <= 7092,
        0x51: lambda: rest == b"0",
    }.get(function)
    if good is None or not good():
        raise StreamError(start, f"{name} with {rest[:4].hex(' ')} ({length} bytes) is not in the manual")
    if function == 0x50:
        return Command(start, name, (), rest[1:])
    return Command(start, name, tuple(rest))


def _completion(reader, start):
    """`1D 28 48 06 00 30 30 d1 d2 d3 d4`: asks for an answer after printing."""
    body = reader.take(8, "GS ( H")
    if body[:4] != b"\x06\x0000" or any(not 0x20 <= value <= 0x7E for value in body[4:]):
        raise StreamError(start, f"GS ( H with {body.hex(' ')} is not in the manual")
    return Command(start, "GS ( H", (), body[4:])


def _graphics(reader, start):
    return _graphics_body(reader, start, reader.word("GS ( L"), "GS ( L")


def _large_graphics(reader, start):
    return _graphics_body(reader, start, int.from_bytes(reader.take(4, "GS 8 L"), "little"), "GS 8 L")


def _graphics_body(reader, start, length, name):
    """Store (30 70, p = 10 + data; x and y in dots) or print (30 02 or 30 32)."""
    body = reader.take(length, name)
    if body in (b"0\x02", b"02") and name == "GS ( L":
        return Command(start, "GS ( L print")
    if length < 10 or body[:6] != b"0p0\x01\x011":
        raise StreamError(start, f"{name} with {body[:6].hex(' ')} is not in the manual")
    width, height = (int.from_bytes(body[at : at + 2], "little") for at in (6, 8))
    if width < 1 or height < 1 or len(body) - 10 != (width + 7) // 8 * height:
        raise StreamError(start, f"{name}: {len(body) - 10} bytes are no picture of {width} × {height} dots")
    return Command(start, f"{name} store", (width, height), body[10:])


def _raster(reader, start):
    """`1D 76 30 m xL xH yL yH`: x bytes a row, y rows."""
    mode = reader.byte("GS v 0")
    columns, rows = reader.word("GS v 0"), reader.word("GS v 0")
    if mode > 3 or columns < 1 or rows < 1:
        raise StreamError(start, f"GS v 0 has no mode {mode} of {columns} bytes × {rows} rows")
    return Command(start, "GS v 0", (mode, columns, rows), reader.take(columns * rows, "a raster image"))


def _column_image(reader, start):
    """`1B 2A m nL nH`: n columns of 8 or 24 dots."""
    mode, columns = reader.byte("ESC *"), reader.word("ESC *")
    if mode not in (0, 1, 32, 33) or columns < 1:
        raise StreamError(start, f"ESC * has no mode {mode} of {columns} columns")
    return Command(start, "ESC *", (mode, columns), reader.take(columns * (3 if mode > 1 else 1), "a column image"))


def _barcode(reader, start):
    """`1D 6B m n data`: the counted form."""
    symbology, count = reader.byte("GS k"), reader.byte("GS k")
    if symbology not in BARCODES:
        raise StreamError(start, f"GS k {symbology:02X} is no counted barcode")
    return Command(start, "GS k", (symbology,), reader.take(count, "a barcode"))


VARIABLE = {
    b"\x1d(k": _qr,
    b"\x1d(H": _completion,
    b"\x1d(L": _graphics,
    b"\x1d8L": _large_graphics,
    b"\x1dv0": _raster,
    b"\x1b*": _column_image,
    b"\x1dk": _barcode,
}
