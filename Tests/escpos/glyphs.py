"""Characters drawn as dots, held against an independent rendering by PIL's FreeType.

Correlation is that of grey values in a cell, the best of the sizes and small shifts that a layout might have chosen;
1 is the same picture, 0 none in common.
"""

from functools import lru_cache

import numpy
from PIL import Image, ImageDraw

from escpos.drawing import font
from escpos.items import CHARACTER_DOTS, COLUMN_DOTS

SIZES = (20, 21, 22, 23, 24)
SHIFT = 3


def columns_of(character):
    """Columns of a character on paper: a byte of ASCII one, any other code two."""
    return 1 if ord(character) < 0x80 else 2


@lru_cache(maxsize=None)
def _renderings(character, columns, scale):
    """The character in several sizes, grey and in black and white, each in every place a cell may cut out of it:
    rows of a matrix, each of mean 0 and length 1."""
    width, height = columns * COLUMN_DOTS * scale, CHARACTER_DOTS * scale
    margin = SHIFT * scale
    rows = []
    for size in SIZES:
        image = Image.new("L", (width + 2 * margin, height + 2 * margin))
        place = (margin + width / 2, margin + height * 0.86)
        ImageDraw.Draw(image).text(place, character, fill=255, font=font(size * scale), anchor="ms")
        grey = numpy.asarray(image, numpy.float32)
        for field in (grey, *(grey > limit for limit in (80, 110, 140))):
            views = numpy.lib.stride_tricks.sliding_window_view(field.astype(numpy.float32), (height, width))
            rows.append(views.reshape(-1, height * width))
    matrix = numpy.concatenate(rows)
    matrix = matrix - matrix.mean(1, keepdims=True)
    lengths = numpy.linalg.norm(matrix, axis=1, keepdims=True)
    lengths[lengths == 0] = numpy.inf
    return matrix / lengths


def score(cell, character, columns, scale=1):
    """How well the dots of a cell are this character."""
    if character.isspace() or not cell.any():
        return 1.0 if character.isspace() and not cell.any() else 0.0
    wanted = cell.astype(numpy.float32).ravel()
    wanted = wanted - wanted.mean()
    return float((_renderings(character, columns, scale) @ wanted).max() / max(numpy.linalg.norm(wanted), 1e-6))


def cells(dots, text, left=0, top=0, scale=1):
    """(character, columns, dots of its cell) for each character of a drawn line that begins at `left`, `top`."""
    place = left
    for character in text:
        columns = columns_of(character)
        width = columns * COLUMN_DOTS * scale
        yield character, columns, dots[top : top + CHARACTER_DOTS * scale, place : place + width]
        place += width
