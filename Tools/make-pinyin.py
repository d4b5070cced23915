#!/usr/bin/env python3
"""Writes PinyinTable+unihanReadings.swift: the toneless Mandarin readings of the hanzi, from Unihan.

usage: make-pinyin.py [Unihan_Readings.txt | .bz2 | .gz | Unihan.zip] > PinyinTable+unihanReadings.swift

The input defaults to the file of Debian's package unicode-data. The output depends on the input
alone. It is a Swift string and not a resource, because a large array of bytes, which is what
embedding a resource makes, takes the compiler many seconds and a string none. PinyinTable.swift
tells its form and reads it.
"""

import bz2
import gzip
import io
import re
import sys
import unicodedata
import zipfile

WIDTH = 96
DEFAULT = "/usr/share/unicode/Unihan_Readings.txt.bz2"
FIELDS = ("kMandarin", "kHanyuPinlu", "kTGHZ2013", "kXHC1983")
COMBINING_DIAERESIS = "\u0308"
ADDED = {0x3007: {"kMandarin": ["ling"]}}  # 〇 is no ideograph of Unihan, yet people write it


HEADER = '''\
// Made by Tools/make-pinyin.py from Unihan_Readings.txt of Unicode {version}
// ({fields}).
// © 1991-2022 Unicode, Inc. Used and modified under the Unicode License Agreement - Data Files
// and Software, https://www.unicode.org/license.txt

extension PinyinTable {{
  /// The current readings of the hanzi of Unicode's main block and of the standard table of 2013.
  static let unihanReadings = """
'''


def text_of(path):
    if path.endswith(".zip"):
        return zipfile.ZipFile(path).read("Unihan_Readings.txt").decode("utf-8")
    opener = bz2.open if path.endswith(".bz2") else gzip.open if path.endswith(".gz") else open
    with opener(path, "rb") as file:
        return file.read().decode("utf-8")


def toneless(syllable):
    """`lǚ` → `lv`, `xíng` → `xing`, `ế` → `e`; None for what cannot be typed (`ḿ` → `m` can)."""
    letters = []
    for mark in unicodedata.normalize("NFD", syllable.lower()):
        if mark == COMBINING_DIAERESIS:
            letters[-1] = "v"
        elif not unicodedata.combining(mark):
            letters.append(mark)
    plain = "".join(letters)
    return plain if re.fullmatch("[a-z]{1,6}", plain) else None


def syllables(field, value):
    """The readings of one field, the most usual first where the field says so."""
    if field == "kMandarin":
        found = value.split()[:1]  # a second one is Taiwan's
    elif field == "kHanyuPinlu":
        found = [part.split("(")[0] for part in value.split()]  # counted, most frequent first
    else:
        found = [s for part in value.split() for s in part.split(":")[1].split(",")]
    return [plain for plain in map(toneless, found) if plain]


def is_wanted(code, fields):
    """The main block and 〇; beyond it only characters of the standard table of 8,105."""
    return code == 0x3007 or 0x4E00 <= code <= 0x9FFF or "kTGHZ2013" in fields


def readings(fields):
    """All current readings, the most usual first; the 1983 dictionary only where nothing newer is."""
    order = ["kHanyuPinlu", "kMandarin", "kTGHZ2013"]
    if "kTGHZ2013" not in fields:
        order.append("kXHC1983")
    found = []
    for field in order:
        for syllable in fields.get(field, []):
            if syllable not in found:
                found.append(syllable)
    return found


def wrapped(ranks):
    """The lists as lines of at most WIDTH characters; a list goes on without its syllable."""
    line = ""
    for rank in ranks:
        for syllable in sorted(rank):
            characters = "".join(rank[syllable])
            if len(line) + len(syllable) + 3 > WIDTH:
                yield line
                line = ""
            line += (" " if line else "") + syllable
            while characters:
                room = WIDTH - len(line) - 1
                if room <= 0:
                    yield line
                    line, room = "", WIDTH
                line += (" " if line else "") + characters[:room]
                characters = characters[room:]
    yield line


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else DEFAULT
    text = text_of(path)
    version = re.search(r"Unicode version: (\S+)", text).group(1)
    characters = dict(ADDED)
    for line in text.splitlines():
        if line.startswith("#") or not line:
            continue
        name, field, value = line.split("\t")
        if field in FIELDS:
            characters.setdefault(int(name[2:], 16), {})[field] = syllables(field, value)

    ranks = []
    for code in sorted(characters):
        if not is_wanted(code, characters[code]):
            continue
        for rank, syllable in enumerate(readings(characters[code])):
            if rank == len(ranks):
                ranks.append({})
            ranks[rank].setdefault(syllable, []).append(chr(code))

    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    out.write(HEADER.format(version=version, fields=", ".join(FIELDS)))
    for line in wrapped(ranks):
        out.write(f"    {line}\n")
    out.write('    """\n}\n')
    out.flush()


if __name__ == "__main__":
    main()
