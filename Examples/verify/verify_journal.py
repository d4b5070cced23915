#!/usr/bin/env python3
"""Checks the journal of a posd data folder with nothing but Python's standard library.

    python3 verify_journal.py FOLDER [CHECK_CODE]

Reads posd.sqlite, changes nothing. Exit status 0: all is well; 1: the first bad record is named. With the
check code of a receipt (1-7-35674b2b28d6) it also proves that this very record is still there. It follows
docs/JOURNAL.md alone, and shares no line with posd: use it as the beginning of a verifier of your own.
"""

import hashlib
import json
import sqlite3
import sys
from pathlib import Path

MEMBERS = {"v", "origin", "epoch", "seq", "prev", "at", "kind", "body"}


class Bad(Exception):
    """What is wrong, and where."""


def place(key):
    return f"{key >> 40}-{key & (1 << 40) - 1}"


def canonical(value):
    """The form that is hashed; sorted by code points, which is the order of the UTF-8 bytes."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def record_of(key, content, stored_hash):
    if hashlib.sha256(content).digest() != stored_hash:
        raise Bad(f"{place(key)}: the content does not hash to the stored hash")
    # A fraction becomes text and a repeated member is dropped: both then differ from the content.
    record = json.loads(content, parse_float=str, parse_constant=str)
    if canonical(record) != content or set(record) != MEMBERS or record["v"] != 1:
        raise Bad(f"{place(key)}: not canonical, or not a record of version 1")
    return record


def check_place(key, record, last, origin):
    """Key, sequence, hash before and origin follow the record before."""
    epoch, sequence = key >> 40, key & (1 << 40) - 1
    goes_on = epoch == last[0] or last[1] == 0
    following = f"{last[0]}-{last[1] + 1}" if goes_on else f"{epoch}-1"
    named = f"{record['epoch']}-{record['seq']}"
    if named != place(key):
        raise Bad(f"{named if named == following else place(key)}: stands at {place(key)}, names {named} as its place")
    if place(key) != following or epoch < last[0]:
        raise Bad(f"{following}: is missing: {place(key)} comes after {last[0]}-{last[1]}")
    if (record["kind"] == "restored") != (epoch > last[0]):
        raise Bad(f"{place(key)}: a series begins with a restore, and only so")
    if record["prev"] != last[2]:
        raise Bad(f"{place(key)}: does not name the hash of the record before it")
    if record["origin"] != origin:
        raise Bad(f"{place(key)}: was written by another posd")


def check_number(key, record, numbers):
    """Sales and returns of a station count 1, 2, 3 … within an epoch."""
    series = (key >> 40, record["body"]["stationID"])
    numbers[series] = numbers.get(series, 0) + 1
    if record["body"]["number"] != numbers[series]:
        raise Bad(f"{place(key)}: number {record['body']['number']}, expected {numbers[series]}")


def check_pledge(key, record):
    """What the lines pledge is what the charity fund gets, or in a return gives back."""
    sign = -1 if record["kind"] == "sale" else 1
    pledge = sum(line["pledgeMicroYuan"] for line in record["body"]["lines"])
    if dict(record["body"]["entry"]).get("liabilities:charity-fund", 0) != sign * pledge:
        raise Bad(f"{place(key)}: the fund's share is not the pledge of the lines")


def check_entry(db, key, record):
    """The entry of the body sums to zero and is what the ledger has; returns its postings."""
    entry = [tuple(posting) for posting in record["body"].get("entry", [])]
    if sum(amount for _, amount in entry) != 0:
        raise Bad(f"{place(key)}: the entry does not sum to zero")
    ledger = db.execute("SELECT account, amountMicroYuan FROM posting WHERE journalKey = ?", (key,))
    if sorted(entry) != sorted(ledger):
        raise Bad(f"{place(key)}: the ledger differs from the entry")
    return len(entry)


# Ed25519, RFC 8032 section 5.1.7, as plainly as it can be written.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a, b):
    """The sum of two points of the curve, as (X, Y, Z, T) of section 5.1.4."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    g, h = 2 * D * a[3] * b[3], 2 * a[2] * b[2]
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def point_of(data):
    """A point of 32 bytes, section 5.1.3."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError("not a point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def is_signature(key, message, signature):
    """Whether 64 bytes are the signature of a message by a key of 32 bytes."""
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % L
    try:
        a = times(s, point_of((4 * pow(5, -1, P) % P).to_bytes(32, "little")))
        b = add(point_of(r), times(h, point_of(key)))
    except ValueError:
        return False
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


MUST_BE_SIGNED = {"keyAdded", "restored", "tillClosed", "dayClosed", "monthClosed"}


def check_seal(key, record, last, seals):
    """Signatures are of the record before, by the key in force; what must be signed is."""
    kind, body = record["kind"], record["body"]
    before = f"{last[0]}-{last[1]}"
    if seals.get("due") and kind != "signature":
        raise Bad(f"{before}: is not signed")
    seals["due"] = False
    if kind == "restored" and (body["head"], body["hash"]) != (before, last[2]):
        raise Bad(f"{place(key)}: does not name the end of the journal it was restored from")
    if kind == "keyAdded":
        public = bytes.fromhex(body["publicKey"])
        fingerprint = hashlib.sha256(public).hexdigest()[:32]
        if fingerprint != body["fingerprint"] or body.get("replaces") != seals.get("fingerprint"):
            raise Bad(f"{place(key)}: the key does not follow the one before it")
        seals.update(public=public, fingerprint=fingerprint)
    if kind == "signature":
        message = f"posd journal signature 1\n{record['origin']}\n{before}\n{last[2]}\n".encode()
        if (body["of"], body["hash"], body["fingerprint"]) != (before, last[2], seals.get("fingerprint")):
            raise Bad(f"{place(key)}: signs another record, or with another key")
        if not is_signature(seals["public"], message, bytes.fromhex(body["signature"])):
            raise Bad(f"{place(key)}: the signature is forged")
    seals["due"] = kind in MUST_BE_SIGNED and "public" in seals


def verify(db):
    """Walks the whole journal; returns the key and hash of its last record."""
    (origin,) = db.execute("SELECT value FROM setting WHERE name = 'origin'").fetchone()
    last, key, numbers, postings, seals = (1, 0, "0" * 64), 0, {}, 0, {}
    for key, kind, content, stored_hash in db.execute("SELECT key, kind, content, hash FROM journal ORDER BY key"):
        record = record_of(key, content, stored_hash)
        check_place(key, record, last, origin)
        if record["kind"] != kind:
            raise Bad(f"{place(key)}: the table calls it {kind}")
        if kind in ("sale", "return"):
            check_number(key, record, numbers)
            check_pledge(key, record)
        postings += check_entry(db, key, record)
        check_seal(key, record, last, seals)
        last = (key >> 40, key & (1 << 40) - 1, stored_hash.hex())
    for table in ("sale", "posting"):
        orphan = db.execute(f"SELECT MIN(journalKey) FROM {table} WHERE journalKey NOT IN (SELECT key FROM journal)")
        for (missing,) in orphan.fetchall():
            if missing is not None:
                raise Bad(f"{place(missing)}: is missing, but {table} has rows of it")
    if db.execute("SELECT COUNT(*) FROM posting").fetchone() != (postings,):
        raise Bad("the ledger has postings that no record has")
    if db.execute("SELECT COUNT(*) FROM sale").fetchone() != (sum(numbers.values()),):
        raise Bad("the table sale has rows that no record has, or lacks some")
    if seals.get("due"):
        raise Bad(f"{place(key)}: is not signed")
    return key, last[2], seals.get("fingerprint")


def main(folder, code=None):
    db = sqlite3.connect((Path(folder) / "posd.sqlite").resolve().as_uri() + "?mode=ro", uri=True)
    try:
        db.execute("BEGIN")  # One state for the whole walk, also while the daemon writes.
        key, digest, fingerprint = verify(db)
        epoch, sequence, start = (code or f"{place(key)}-{digest[:12]}").split("-")
        row = db.execute("SELECT hex(hash) FROM journal WHERE key = ?", (int(epoch) << 40 | int(sequence),)).fetchone()
        if row is None or len(start) < 8 or not row[0].lower().startswith(start.lower()):
            raise Bad(f"{epoch}-{sequence}: not the record of this check code")
    except (Bad, KeyError, TypeError, ValueError) as problem:
        sys.exit(f"BAD {problem}")
    print(f"ok: the journal ends at {place(key)}-{digest[:12]}, signed by {fingerprint or 'nobody'}")


if __name__ == "__main__":
    main(*sys.argv[1:])
