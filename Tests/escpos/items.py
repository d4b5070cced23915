"""What comes out of a printer."""

from dataclasses import dataclass, field

import numpy

from escpos.profile import Profile

COLUMN_DOTS = 12
CHARACTER_DOTS = 24
DEFAULT_PITCH = 30
LEFT, CENTRE, RIGHT = range(3)


@dataclass(frozen=True)
class Style:
    """How a character is printed."""

    width: int = 1
    height: int = 1
    is_bold: bool = False
    is_underlined: bool = False


@dataclass(frozen=True)
class Cell:
    """One character, its columns at single width, its place in columns of the line, and its style."""

    character: str
    columns: int
    style: Style


@dataclass
class Line:
    cells: list
    alignment: int
    pitch: int

    @property
    def text(self):
        return "".join(cell.character for cell in self.cells)

    @property
    def columns(self):
        """Columns at single width."""
        return sum(cell.columns for cell in self.cells)

    @property
    def dots(self):
        return sum(cell.columns * cell.style.width for cell in self.cells) * COLUMN_DOTS

    @property
    def rows(self):
        tallest = max((cell.style.height for cell in self.cells), default=1)
        return max(self.pitch, CHARACTER_DOTS * tallest + 6)


@dataclass
class Feed:
    """Blank paper; `lines` is 0 when it was counted in dots."""

    lines: int
    rows: int


@dataclass
class Picture:
    """Dots, True is black; bands that follow one another are one picture, `bands` their rows."""

    dots: numpy.ndarray
    alignment: int
    bands: list
    offset: int


@dataclass
class QR:
    content: bytes
    module: int
    level: str
    alignment: int


@dataclass
class Barcode:
    symbology: str
    content: str
    height: int
    module: int
    text_place: int
    alignment: int


@dataclass
class Cut:
    is_full: bool
    feed: int


@dataclass
class Kick:
    pin: int
    on_ms: int
    off_ms: int


@dataclass
class Completion:
    """The printer answers with this once everything before it is on paper."""

    id: bytes


@dataclass
class Paper:
    """What came out. `commands` are the names used, in order, without text."""

    profile: Profile
    items: list = field(default_factory=list)
    commands: list = field(default_factory=list)

    def of(self, kind):
        return [item for item in self.items if isinstance(item, kind)]

    @property
    def text(self):
        """All text lines, as printed."""
        return "\n".join(line.text for line in self.of(Line))
