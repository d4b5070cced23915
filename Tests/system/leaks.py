"""The search for what must be found nowhere: as it was sent, and in every encoding it could have been put into."""

import base64
import os
import random
import subprocess
import tempfile

# Of very many, so many of a kind are looked for in all encodings.
SAMPLE = 1000
SECONDS = 600


def forms(secret):
    """A text or bytes in UTF-8, UTF-16, GB 18030, base64 at each alignment, and hexadecimal digits."""
    texts = {"bytes": secret}
    if isinstance(secret, str):
        texts = {name: secret.encode(name) for name in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")}
    for name, content in list(texts.items()):
        yield name, content
        yield f"{name} in hex", content.hex().encode()
        yield f"{name} in HEX", content.hex().upper().encode()
        for shift in range(3):
            # The characters that depend on these bytes alone.
            padded = base64.b64encode(bytes(shift) + content + bytes(3))
            start, end = -(-shift * 8 // 6), (shift + len(content)) * 8 // 6
            yield f"{name} in base64", padded[start:end]


def found(secrets, paths):
    """(path, kind, form) of what stands in the files. `secrets`: kind → texts or bytes."""
    needles = {}
    for kind, ones in secrets.items():
        ones = sorted(ones, key=repr)
        for one in ones if len(ones) <= SAMPLE else random.Random(1).sample(ones, SAMPLE):
            for form, content in forms(one):
                # Shorter ones are found by chance.
                if len(content) >= 7 and b"\n" not in content:
                    needles.setdefault(content, (kind, form))
    assert needles
    with tempfile.NamedTemporaryFile() as list_:
        list_.write(b"\n".join(needles))
        list_.flush()
        command = ["grep", "-aoF", "--no-messages", "-f", list_.name]
        settings = {"LC_ALL": "C", "PATH": os.environ["PATH"]}
        hits = []
        for path in paths:
            finished = subprocess.run([*command, str(path)], stdout=subprocess.PIPE, timeout=SECONDS, env=settings)
            assert finished.returncode in (0, 1), path
            hits += [(str(path), *needles[hit]) for hit in set(finished.stdout.split(b"\n")) if hit in needles]
    return hits


def files_of(*folders):
    """Every file below."""
    return [os.path.join(place, name) for folder in folders for place, _, names in os.walk(folder) for name in names
            if os.path.isfile(os.path.join(place, name))]
