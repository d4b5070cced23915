"""Paper → picture, as a printer would burn it: one dot is one pixel, black is 0."""

from functools import lru_cache

import numpy
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from escpos.items import CENTRE, CHARACTER_DOTS, COLUMN_DOTS, QR, RIGHT, Barcode, Cut, Feed, Line, Picture

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIMPLIFIED_CHINESE, HALF_WIDTH = 2, 7  # faces of the collection: Noto Sans CJK SC, and Mono for one column
MARGIN = 24
CUT_ROWS = 24


class DrawingError(ValueError):
    """Something that a printer would leave out, as it does not fit."""


def drawn(paper):
    """A picture of the paper, with a white margin around it."""
    width = paper.profile.width_dots
    strips = [strip for strip in (_strip(item, paper.profile) for item in paper.items) if strip is not None]
    image = numpy.concatenate(strips) if strips else numpy.zeros((1, width), bool)
    image = numpy.pad(image, MARGIN)
    return Image.fromarray(numpy.where(image, 0, 255).astype(numpy.uint8))


def _strip(item, profile):
    """The dots of one item over the whole width of the paper; True is black."""
    if isinstance(item, Line):
        return _placed(_line_dots(item), item.alignment, profile)
    if isinstance(item, Feed):
        return numpy.zeros((item.rows, profile.width_dots), bool)
    if isinstance(item, Picture):
        return _placed(item.dots, item.alignment, profile)
    if isinstance(item, QR):
        return _placed(qr_dots(item), item.alignment, profile)
    if isinstance(item, Barcode):
        return _placed(barcode_dots(item), item.alignment, profile)
    if isinstance(item, Cut):
        return numpy.zeros((CUT_ROWS, profile.width_dots), bool)
    return None


def _placed(dots, alignment, profile):
    free = profile.width_dots - dots.shape[1]
    if free < 0:
        raise DrawingError(f"{dots.shape[1]} dots do not fit on {profile.width_dots}")
    left = {CENTRE: free // 2, RIGHT: free}.get(alignment, 0)
    return numpy.pad(dots, ((0, 0), (left, free - left)))


def _line_dots(line):
    dots = numpy.zeros((line.rows, max(line.dots, 1)), bool)
    left = 0
    baseline = max((cell.style.height for cell in line.cells), default=1) * CHARACTER_DOTS
    for cell in line.cells:
        glyph = character_dots(cell.character, cell.columns)
        if cell.style.is_bold:
            glyph = glyph | numpy.pad(glyph, ((0, 0), (1, 0)))[:, :-1]
        glyph = glyph.repeat(cell.style.width, 1).repeat(cell.style.height, 0)
        if cell.style.is_underlined:
            glyph[-1:] = True
        dots[baseline - glyph.shape[0] : baseline, left : left + glyph.shape[1]] |= glyph
        left += glyph.shape[1]
    return dots


@lru_cache(maxsize=None)
def font(size, face=SIMPLIFIED_CHINESE):
    return ImageFont.truetype(FONT, size, index=face)


@lru_cache(maxsize=None)
def character_dots(character, columns):
    """One character in its cell, from a font of the machine."""
    width = columns * COLUMN_DOTS
    image = Image.new("L", (width, CHARACTER_DOTS))
    face = font(22, SIMPLIFIED_CHINESE if columns == 2 else HALF_WIDTH)
    ImageDraw.Draw(image).text((width / 2, 20), character, fill=255, font=face, anchor="ms")
    return numpy.asarray(image) > 110


def qr_dots(code):
    """The symbol that a printer makes of the stored data, without a quiet zone, as printers do."""
    made = zxingcpp.create_barcode(code.content, zxingcpp.BarcodeFormat.QRCode, ec_level=code.level)
    return _modules(made).repeat(code.module, 0).repeat(code.module, 1)


def barcode_dots(code):
    """The bars; the text below is not drawn."""
    formats = {
        "EAN13": zxingcpp.BarcodeFormat.EAN13,
        "EAN8": zxingcpp.BarcodeFormat.EAN8,
        "CODE128": zxingcpp.BarcodeFormat.Code128,
    }
    bars = _modules(zxingcpp.create_barcode(code.content, formats[code.symbology]))[:1]
    return bars.repeat(code.module, 1).repeat(code.height, 0)


def _modules(barcode):
    image = numpy.asarray(zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False)) < 128
    rows, columns = numpy.flatnonzero(image.any(1)), numpy.flatnonzero(image.any(0))
    return image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
