"""Characters drawn as dots, held against an independent rendering by PIL's FreeType.

Correlation is that of grey values in a cell, the best of the sizes and small shifts that a layout might have chosen;
1 is the same picture, 0 none in common.
"""

from functools import lru_cache
from itertools import product

import numpy
from PIL import Image, ImageDraw

from escpos.drawing import HALF_WIDTH, SIMPLIFIED_CHINESE, font
from escpos.items import CHARACTER_DOTS, COLUMN_DOTS

SIZES = (22, 24)
SHIFT = 2
LINE_ROWS = 30  # a line of normal height: a character of 24 dots and the gap below


def columns_of(character):
    """Columns of a character on paper: a byte of ASCII one, any other code two."""
    return 1 if ord(character) < 0x80 else 2


@lru_cache(maxsize=None)
def _renderings(character, width, height, scale):
    """The character in several sizes, thin and bold, grey and in black and white, each in every place a cell may cut out of it:
    rows of a matrix, each of mean 0 and length 1."""
    margin = SHIFT * scale
    place = (margin + width / 2, margin + CHARACTER_DOTS * scale * 0.86)
    rows = []
    face = SIMPLIFIED_CHINESE if width > height / 2 else HALF_WIDTH
    for size, mode, is_bold in product(SIZES, ("L", "1"), (False, True)):
        image = Image.new(mode, (width + 2 * margin, height + 2 * margin))
        ImageDraw.Draw(image).text(place, character, fill=255, font=font(size * scale, face), anchor="ms")
        drawn = numpy.asarray(image, numpy.float32)
        if is_bold:
            drawn = numpy.maximum(drawn, numpy.roll(drawn, scale, 1))
        for field in (drawn, *(drawn > limit for limit in (60, 110) if mode == "L")):
            views = numpy.lib.stride_tricks.sliding_window_view(field.astype(numpy.float32), (height, width))
            rows.append(views[::scale, ::scale].reshape(-1, height * width))
    matrix = numpy.concatenate(rows)
    matrix = matrix - matrix.mean(1, keepdims=True)
    lengths = numpy.linalg.norm(matrix, axis=1, keepdims=True)
    lengths[lengths == 0] = numpy.inf
    return matrix / lengths


def score(cell, character, scale=1):
    """How well the dots of a cell are this character."""
    if character.isspace() or not cell.any():
        return 1.0 if character.isspace() and not cell.any() else 0.0
    wanted = cell.astype(numpy.float32).ravel()
    wanted = wanted - wanted.mean()
    height, width = cell.shape
    return float((_renderings(character, width, height, scale) @ wanted).max() / max(numpy.linalg.norm(wanted), 1e-6))


def winner(cell, candidates):
    """Which of the characters a cell is, and by how much it is better than the next best."""
    ranking = sorted(((score(cell, character), character) for character in candidates), reverse=True)
    return ranking[0][1], ranking[0][0] - ranking[1][0]


def line_scores(dots, text, scale=1):
    """(character, score, cell) for each character of a drawn line, without the blanks around it.

    A line that begins within its paper may be set on a column or between two: the better place is taken."""
    free = dots.shape[1] - sum(map(columns_of, text.strip())) * COLUMN_DOTS * scale
    blanks = (len(text) - len(text.lstrip())) * COLUMN_DOTS
    lefts = {blanks} if scale == 1 else set()
    lefts |= {free // 2, free // 2 + 1} if blanks else {0}
    tried = [_scores_from(dots, text.strip(), left, scale) for left in lefts if 0 <= left <= free]
    return max(tried, key=lambda scores: sum(value for _, value, _ in scores), default=[])


def _scores_from(dots, text, left, scale):
    scores, place = [], left
    for character in text:
        width = columns_of(character) * COLUMN_DOTS * scale
        cell = dots[:, place : place + width]
        scores.append((character, score(cell, character, scale), cell))
        place += width
    return scores
