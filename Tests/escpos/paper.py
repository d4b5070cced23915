"""A printer that obeys a stream and keeps what comes out of it, in order: lines, feeds, pictures, codes, cuts, kicks.

It is stricter than any printer: what a manual leaves open, or a printer would only do at the start of a line, is an error.
"""

import numpy

from escpos.barcodes import barcode_content
from escpos.commands import BARCODES, StreamError, parsed
from escpos.encoding import characters
from escpos.items import (
    COLUMN_DOTS,
    DEFAULT_PITCH,
    LEFT,
    QR,
    Barcode,
    Cell,
    Completion,
    Cut,
    Feed,
    Kick,
    Line,
    Paper,
    Picture,
    Style,
)

_ACTIONS = {}


def printed(stream, profile):
    """The paper of a whole stream; raises `StreamError` where it is wrong."""
    printer = _Printer(profile)
    for command in parsed(stream):
        printer.obey(command)
    return printer.finished(len(stream))


def obeys(*names):
    """Makes a method of the printer the one that obeys commands of these names."""

    def register(method):
        _ACTIONS.update(dict.fromkeys(names, method))
        return method

    return register


class _Printer:
    def __init__(self, profile):
        self.profile = profile
        self.paper = Paper(profile)
        self.begin()

    def begin(self):
        """What ESC @ sets; Chinese mode is off, as on a printer that does not power up with it."""
        self.is_chinese = False
        self.alignment = LEFT
        self.pitch = DEFAULT_PITCH
        self.width = self.height = 1
        self.is_bold = self.is_underlined = False
        self.line = []
        self.qr = {}
        self.stored_picture = None
        self.barcode = {"h": 162, "w": 3, "H": 0, "f": 0}

    def obey(self, command):
        if command.name not in self.profile.commands:
            raise StreamError(command.offset, f"{self.profile.id} does not know {command.name}")
        if command.name != "text":
            self.paper.commands.append(command.name)
        self.at = command.offset
        _ACTIONS[command.name](self, command, *command.parameters)

    def finished(self, length):
        self.at = length
        self._at_line_start("the end")
        if self.stored_picture is not None:
            self._fail("a picture is stored and not printed")
        return self.paper

    def _fail(self, message):
        raise StreamError(self.at, message)

    def _at_line_start(self, name):
        if self.line:
            self._fail(f"{name} stands behind unprinted text: " + "".join(cell.character for cell in self.line))

    @obeys("text")
    def add_text(self, command):
        style = Style(self.width, self.height, self.is_bold, self.is_underlined)
        for character, columns in characters(command.data, self.profile.encoding, self.is_chinese, self.at):
            self.line.append(Cell(character, columns, style))
        line = Line(self.line, self.alignment, self.pitch)
        if line.dots > self.profile.columns * COLUMN_DOTS:
            self._fail(f"{line.dots} dots on a line of {self.profile.columns} columns: {line.text!r}")

    def _end_line(self):
        self.paper.items.append(Line(self.line, self.alignment, self.pitch))
        self.line = []

    # Modes

    @obeys("ESC @")
    def initialise(self, _):
        self._at_line_start("ESC @")
        self.begin()

    @obeys("FS &")
    def chinese_on(self, _):
        self._at_line_start("FS &")
        self.is_chinese = True

    @obeys("FS .")
    def chinese_off(self, _):
        self._at_line_start("FS .")
        self.is_chinese = False

    @obeys("ESC a")
    def align(self, _, value):
        self._at_line_start("ESC a")
        self.alignment = value

    @obeys("ESC E")
    def bold(self, _, value):
        self.is_bold = value == 1

    @obeys("ESC -")
    def underline(self, _, value):
        self.is_underlined = value > 0

    @obeys("GS !")
    def size(self, _, value):
        self.width, self.height = (value >> 4) + 1, (value & 15) + 1
        if max(self.width, self.height) > self.profile.largest_size:
            self._fail(f"GS ! of {self.width} × {self.height} on a printer that can {self.profile.largest_size}")

    @obeys("ESC 2")
    def default_pitch(self, _):
        self.pitch = DEFAULT_PITCH

    @obeys("ESC 3")
    def set_pitch(self, _, value):
        self.pitch = value

    # Paper

    @obeys("LF")
    def line_feed(self, _):
        self._end_line()

    @obeys("ESC d")
    def feed_lines(self, _, lines):
        if self.line and lines:
            self._end_line()
            lines -= 1
        self._at_line_start("ESC d 0")
        if lines:
            self.paper.items.append(Feed(lines, lines * self.pitch))

    @obeys("ESC J")
    def feed_dots(self, _, rows):
        if self.line:
            self._end_line()
        self.paper.items.append(Feed(0, rows))

    def _cut(self, is_full, feed):
        self._at_line_start("GS V")
        if is_full and self.profile.cutter != "full":
            self._fail("a full cut on a printer that cuts partially")
        self.paper.items.append(Cut(is_full, feed))

    @obeys("GS V 0", "GS V 1")
    def cut_here(self, _):
        self._fail("a cut without a feed goes through what was printed last")

    @obeys("GS V A")
    def cut_fully(self, _, feed):
        self._cut(True, feed)

    @obeys("GS V B")
    def cut_partially(self, _, feed):
        self._cut(False, feed)

    @obeys("ESC p")
    def kick(self, _, connector, on, off):
        pin = ("pin2", "pin5")[connector]
        if pin != self.profile.drawer:
            self._fail(f"the drawer is on {self.profile.drawer}, not {pin}")
        self.paper.items.append(Kick(2 if connector == 0 else 5, on * 2, off * 2))

    @obeys("GS ( H")
    def ask_completion(self, command):
        self._at_line_start("GS ( H")
        self.paper.items.append(Completion(command.data))

    # Status: asks, prints nothing.

    @obeys("GS a")
    def report_status(self, *_):
        self._at_line_start("GS a")

    @obeys("DLE EOT")
    def answer_status(self, *_):
        pass

    # QR

    @obeys("GS ( k 41")
    def qr_model(self, _, model, __):
        if model != 0x32:
            self._fail("QR model 1 is not read by telephones")
        self.qr["model"] = 2

    @obeys("GS ( k 43")
    def qr_module(self, _, module):
        self.qr["module"] = module

    @obeys("GS ( k 45")
    def qr_level(self, _, level):
        self.qr["level"] = "LMQH"[level - 0x30]

    @obeys("GS ( k 50")
    def qr_store(self, command):
        self.qr["content"] = command.data

    @obeys("GS ( k 51")
    def qr_print(self, *_):
        self._at_line_start("a QR code")
        missing = {"model", "module", "level", "content"} - set(self.qr)
        if missing:
            self._fail(f"a QR code is printed without its {', '.join(sorted(missing))}")
        self.paper.items.append(QR(self.qr["content"], self.qr["module"], self.qr["level"], self.alignment))

    # Barcodes

    @obeys("GS h", "GS w", "GS H", "GS f")
    def set_barcode(self, command, value):
        self.barcode[command.name[-1]] = value

    @obeys("GS k")
    def print_barcode(self, command, symbology):
        self._at_line_start("a barcode")
        name = BARCODES[symbology]
        content = barcode_content(name, command.data, command.offset)
        self.paper.items.append(
            Barcode(name, content, self.barcode["h"], self.barcode["w"], self.barcode["H"], self.alignment)
        )

    # Pictures

    @obeys("GS v 0")
    def raster(self, command, mode, columns, rows):
        dots = _unpacked(command.data, columns * 8)
        dots = dots.repeat(2, 1) if mode & 1 else dots
        self._band(command.data, dots.repeat(2, 0) if mode & 2 else dots, rows)

    @obeys("GS ( L store", "GS 8 L store")
    def store_picture(self, command, width, height):
        if self.stored_picture is not None:
            self._fail("a picture is stored over one that was not printed")
        self.stored_picture = command.data, _unpacked(command.data, (width + 7) // 8 * 8)[:, :width], height

    @obeys("GS ( L print")
    def print_picture(self, _):
        if self.stored_picture is None:
            self._fail("a picture is printed and none is stored")
        picture, self.stored_picture = self.stored_picture, None
        self._band(*picture)

    def _band(self, data, dots, rows):
        self._at_line_start("a picture")
        profile = self.profile
        if dots.shape[1] > profile.width_dots:
            self._fail(f"a picture of {dots.shape[1]} dots on paper of {profile.width_dots}")
        if rows > profile.band_rows:
            self._fail(f"a band of {rows} rows on a printer that takes {profile.band_rows}")
        if profile.pad_every_rows and rows % profile.pad_every_rows == 0:
            self._fail(f"a band of {rows} rows, a multiple of {profile.pad_every_rows}, prints garbage")
        for opening in (b"\x10\x14", b"\x10\x05"):
            if opening in data:
                self._fail(f"a picture with the bytes {opening.hex(' ')}, which the printer acts on")
        before = self.paper.items[-1] if self.paper.items else None
        if isinstance(before, Picture) and (before.alignment, before.dots.shape[1]) == (self.alignment, dots.shape[1]):
            before.dots = numpy.concatenate([before.dots, dots])
            before.bands.append(rows)
        else:
            self.paper.items.append(Picture(dots, self.alignment, [rows], self.at))


def _unpacked(data, width):
    return numpy.unpackbits(numpy.frombuffer(data, numpy.uint8)).reshape(-1, width).astype(bool)
