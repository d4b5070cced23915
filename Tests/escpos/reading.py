"""What a person and a telephone read on the paper: codes from the drawn picture, lines against the text form."""

import numpy
import zxingcpp

from escpos.drawing import MARGIN, drawn
from escpos.glyphs import columns_of
from escpos.items import CENTRE, COLUMN_DOTS, QR, RIGHT, Barcode, Feed, Line, Picture


def codes(paper):
    """(kind, content) of each code, top to bottom, by a decoder that knows nothing of us."""
    return codes_in(drawn(paper))


def codes_in(image):
    found = zxingcpp.read_barcodes(image, try_rotate=False)
    found.sort(key=lambda code: code.position.top_left.y)
    return [("".join(filter(str.isalnum, str(code.format))), code.bytes.decode()) for code in found]


def code_of_picture(picture):
    """(kind, content) of the one code that a picture is; None for any other picture."""
    dots = numpy.pad(picture.dots, MARGIN)
    found = codes_in(numpy.where(dots, 0, 255).astype(numpy.uint8))
    return found[0] if len(found) == 1 else None


def text_columns(text):
    return sum(columns_of(character) for character in text)


def padded(text, alignment, width):
    """A line as the text form has it: blanks on its left, none on its right."""
    free = width - text_columns(text)
    return (" " * {CENTRE: free // 2, RIGHT: free}.get(alignment, 0) + text).rstrip()


def wrapped(text, width):
    """A code's content as the text form writes it, over as many lines as it needs."""
    return [text[at : at + width] for at in range(0, len(text), width)]


def assert_same_text(paper, text, is_picture_of=None):
    """The paper, item by item, is the text form, where bars stand as the text line below them.

    `is_picture_of(picture, lines)` judges a picture that is no code and says how many of the lines it is."""
    width = paper.profile.columns
    wanted = text.splitlines()
    place = 0

    def take(lines):
        nonlocal place
        found = wanted[place : place + len(lines)]
        assert found == lines, f"line {place + 1} of the text is {found}, on paper {lines}"
        place += len(lines)

    for item in without_tearing_feed(paper):
        if isinstance(item, Line):
            assert place < len(wanted), f"the text form has no {item.text!r}"
            assert_same_line(item, wanted[place], width)
            place += 1
        elif isinstance(item, Feed):
            take([""] * item.lines)
        elif isinstance(item, QR):
            take(wrapped(item.content.decode(), width))
        elif isinstance(item, Barcode):
            take([padded(item.content, item.alignment, width)] if item.text_place else [])
        elif isinstance(item, Picture):
            code = code_of_picture(item)
            if code is None:
                assert is_picture_of is not None, f"a picture where the text says {wanted[place : place + 1]}"
                place += is_picture_of(item, wanted[place:])
            elif code[0] == "QRCode":
                take(wrapped(code[1], width))
    assert place == len(wanted), f"the paper ends before {wanted[place:]}"


def without_tearing_feed(paper):
    """What a printer without a cutter feeds at the end, so that the paper can be torn off, is no text."""
    if paper.profile.cutter == "none" and paper.items and isinstance(paper.items[-1], Feed):
        return paper.items[:-1]
    return paper.items


def assert_same_line(line, wanted, width):
    """A line of the paper is this line of the text form, which knows no double width."""
    if all(cell.style.width == 1 for cell in line.cells):
        shown = padded(line.text, line.alignment, width)
        assert shown == wanted.rstrip(), f"on paper {shown!r}, in the text {wanted!r}"
        return
    assert line.text.split() == wanted.split(), f"on paper {line.text!r}, in the text {wanted!r}"
    if text_columns(wanted.rstrip()) == width and len(wanted.split("  ")) > 1:
        assert line.dots == width * COLUMN_DOTS, f"{line.text!r} does not end at the right edge"
