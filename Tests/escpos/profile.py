"""What a printer model can do, and so which commands it may be sent."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

MEMBERS = {
    "id", "name", "columns", "widthDots", "encoding", "qr", "barcode", "raster", "cutter", "drawer", "answersStatus",
    "confirmsPrinting", "hasInput", "reportsPort", "match", "refused",
}  # fmt: skip
PRINTERS = Path(__file__).resolve().parents[2] / "devices" / "printers"

# What every model understands; nothing else is needed for text.
TEXT = {"LF", "text", "ESC @", "ESC 2", "ESC 3", "ESC a", "ESC d", "ESC J", "ESC E", "ESC -", "GS !", "FS &"}
NATIVE_QR = {"GS ( k 41", "GS ( k 43", "GS ( k 45", "GS ( k 50", "GS ( k 51"}
NATIVE_BARCODE = {"GS h", "GS w", "GS H", "GS f", "GS k"}
RASTER = {
    "gsV0": {"GS v 0"},
    "gsParenL": {"GS ( L store", "GS 8 L store", "GS ( L print"},
}
CUTTER = {"none": set(), "partial": {"GS V 1", "GS V B"}, "full": {"GS V 0", "GS V A", "GS V 1", "GS V B"}}
DRAWER = {"none": set(), "pin2": {"ESC p"}, "pin5": {"ESC p"}}
STATUS = {"DLE EOT", "GS a"}


@dataclass(frozen=True)
class Profile:
    """A model; the defaults are a plain 80 mm printer that draws QR codes itself."""

    id: str = "test-80"
    columns: int = 48
    width_dots: int = 576
    encoding: str = "gb18030TwoByte"
    qr: str = "native"
    barcode: str = "native"
    raster: str = "gsV0"
    band_rows: int = 255
    pad_every_rows: int | None = None
    cutter: str = "partial"
    drawer: str = "pin2"
    has_status: bool = False
    has_completion: bool = False
    largest_size: int = 2
    more_commands: frozenset = field(default_factory=frozenset)

    @classmethod
    def read(cls, path):
        """The profile of a file; None for a model that is refused. An unknown member is an error of this reader."""
        members = yaml.safe_load(path.read_text(encoding="utf-8"))
        unknown = set(members) - MEMBERS
        assert not unknown, f"{path.name}: the tests do not know {unknown}"
        if "refused" in members:
            return None
        raster = members["raster"]
        assert not set(raster) - {"command", "bandRows", "padEveryRows"}, f"{path.name}: {raster}"
        return cls(
            id=members["id"],
            columns=members["columns"],
            width_dots=members["widthDots"],
            encoding=members["encoding"],
            qr=members["qr"],
            barcode=members["barcode"],
            raster=raster["command"],
            band_rows=raster["bandRows"],
            pad_every_rows=raster.get("padEveryRows"),
            cutter=members["cutter"],
            drawer=members["drawer"],
            has_status=members["answersStatus"],
            has_completion=members["confirmsPrinting"],
        )

    @property
    def commands(self):
        """The list of commands that this model may be sent."""
        allowed = TEXT | RASTER[self.raster] | CUTTER[self.cutter] | DRAWER[self.drawer] | self.more_commands
        if self.qr == "native":
            allowed = allowed | NATIVE_QR
        if self.barcode == "native":
            allowed = allowed | NATIVE_BARCODE
        if self.has_status:
            allowed = allowed | STATUS
        if self.has_completion:
            allowed = allowed | {"GS ( H"}
        return allowed


def profiles():
    """Every model of `devices/printers` that is not refused, by its id."""
    read = [Profile.read(path) for path in sorted(PRINTERS.glob("*.yml"))]
    return {profile.id: profile for profile in read if profile is not None}
