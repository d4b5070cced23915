"""Every sentence a page asks for is there, in both languages."""

import pathlib
import re

WEB = pathlib.Path(__file__).resolve().parents[2] / "Sources/posd/Web"
KEY = r'"([A-Za-z][\w.]*\.?[\w.]+)"'
ASKED = [re.compile(pattern) for pattern in (
    rf'\bt\({KEY}', rf'\bsay: {KEY}', rf'\b(?:label|title|lead|submitLabel|hint): {KEY}', rf'data-(?:say|hint)={KEY}',
    rf'\bkeyButton\([^,]+, {KEY}', rf'new Unusable\({KEY}',
)]


def texts():
    found = {}
    for path in WEB.glob("*.js"):
        if path.name == "i18n.js" or path.name.endswith("texts.js"):
            for key, chinese, english in re.findall(r'"?([\w.]+)"?: \["((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)"\]', path.read_text()):
                assert found.setdefault(key, (chinese, english)) == (chinese, english), f"two texts of {key}"
    return found


def test_every_key_a_page_names_has_its_text():
    known = texts()
    missing = {
        f"{path.name}: {key}"
        for path in [*WEB.glob("*.js"), *WEB.glob("*.html")] if not path.name.endswith("texts.js")
        for pattern in ASKED for key in pattern.findall(path.read_text()) if key not in known
    }
    assert not missing


def test_both_languages_have_the_same_blanks():
    differing = [
        key for key, pair in texts().items()
        if len({frozenset(re.findall(r"\{(\w+)\}", text)) for text in pair}) != 1
    ]
    assert not differing
