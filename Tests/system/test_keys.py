"""The station's keys: the file beside the data, the recovery sheet, the public key, signatures."""

import re
import subprocess
import sys

import pytest

import books
import tampering
from client import Client, Till
from daemon import ROOT, Daemon, new_folder, run, said
from goods import WATER

PYTHON_VERIFIER = ROOT / "Examples" / "verify" / "verify_journal.py"
LABELS = [f"{initial}{number}" for initial in "SBP" for number in (1, 2, 3)]


@pytest.fixture(scope="module")
def signed():
    """A stopped demonstration with one sale: its journal has a key."""
    daemon = Daemon().start()
    Till(Client(daemon).log_in_as("cashier")).sell([{"barcode": WATER, "units": 1}])
    assert daemon.stop() == 0
    yield daemon
    Daemon.everyone.remove(daemon)


def key_file(daemon):
    return daemon.folder.with_name(daemon.folder.name + ".keys")


def sheet_lines(daemon):
    finished = run("keys", "sheet", "--data", daemon.folder)
    assert finished.returncode == 0, said(finished)
    lines = finished.stdout.decode().splitlines()
    return [line for line in lines if line[:3].strip() in LABELS]


def fingerprint(daemon):
    finished = run("keys", "public", "--data", daemon.folder)
    assert finished.returncode == 0, said(finished)
    return re.search(r"fingerprint: ([0-9a-f ]+)", finished.stdout.decode())[1]


def test_set_up_makes_a_key_file_beside_the_data_for_its_owner_only(signed):
    path = key_file(signed)

    assert path.stat().st_mode & 0o777 == 0o600
    secrets = re.findall(r'"(?:signing|backup|personal)Key":"([0-9a-f]{64})"', path.read_text())
    assert len(set(secrets)) == 3
    for file in signed.folder.iterdir():
        if file.is_file():
            content = file.read_bytes()
            assert not any(secret.encode() in content or bytes.fromhex(secret) in content for secret in secrets)


def test_both_verifiers_check_the_signatures(signed):
    finished = signed.verify()
    assert finished.returncode == 0, said(finished)
    assert "1 signatures" in said(finished)

    python = subprocess.run([sys.executable, PYTHON_VERIFIER, signed.folder], capture_output=True, text=True)
    assert python.returncode == 0, python.stdout + python.stderr
    assert fingerprint(signed).replace(" ", "") in python.stdout


def test_the_fingerprint_on_paper_decides(signed, tmp_path):
    public = tmp_path / "station.pem"
    public.write_bytes(run("keys", "public", "--data", signed.folder).stdout)

    for key in (fingerprint(signed), fingerprint(signed).upper().replace(" ", "-"), public):
        finished = run("verify", "--data", signed.folder, "--key", key)
        assert finished.returncode == 0, said(finished)
    for key in ("00" * 16, "0000 " * 8):
        finished = run("verify", "--data", signed.folder, "--key", key)
        assert finished.returncode == 1 and "unknown key" in said(finished), said(finished)
    assert run("verify", "--data", signed.folder, "--key", "nonsense").returncode not in (0, -6)


def test_a_forged_signature_is_found_by_both(signed):
    folder = signed.copy_folder()
    with tampering.forced(folder / "posd.sqlite") as connection:
        forge_signature(connection)

    finished = run("verify", "--data", folder)
    assert finished.returncode == 1 and "signature" in said(finished), said(finished)
    python = subprocess.run([sys.executable, PYTHON_VERIFIER, folder], capture_output=True, text=True)
    assert python.returncode == 1 and "forged" in python.stderr, python.stderr


def forge_signature(connection):
    """Changes the signature and makes the chain anew behind it, as somebody without the key could."""
    import hashlib
    import json

    key, content = connection.execute("SELECT key, content FROM journal WHERE kind = 'signature'").fetchone()
    body = json.loads(content)["body"]["signature"]
    content = content.replace(body.encode(), ("0" + body[1:] if body[0] != "0" else "1" + body[1:]).encode())
    rows = connection.execute("SELECT key, content, hash FROM journal WHERE key > ? ORDER BY key", (key,)).fetchall()
    last = hashlib.sha256(content).digest()
    connection.execute("UPDATE journal SET content = ?, hash = ? WHERE key = ?", (content, last, key))
    before = json.loads(rows[0][1])["prev"] if rows else ""
    for key, content, old in rows:
        content = content.replace(before.encode(), last.hex().encode())
        before, last = old.hex(), hashlib.sha256(content).digest()
        connection.execute("UPDATE journal SET content = ?, hash = ? WHERE key = ?", (content, last, key))


def test_the_sheet_brings_the_same_key_file_back(signed):
    lines = sheet_lines(signed)
    assert [line.split()[0] for line in lines] == LABELS
    folder = new_folder("k") / "data"
    typed = [line.lower().replace("0", "o").replace("1", "l") for line in lines]
    typed = [line[0].upper() + original[1] + line[2:] for line, original in zip(typed, lines)]

    finished = run("keys", "restore", "--data", folder, lines=typed)

    assert finished.returncode == 0, said(finished)
    restored = folder.with_name("data.keys")
    assert restored.read_bytes() == key_file(signed).read_bytes()
    assert restored.stat().st_mode & 0o777 == 0o600
    again = run("keys", "restore", "--data", folder, lines=lines)
    assert again.returncode not in (0, -6) and "exists" in said(again), said(again)


@pytest.mark.parametrize("label", LABELS)
def test_a_mistyped_line_is_named(signed, label):
    lines = sheet_lines(signed)
    place = LABELS.index(label)
    letter = lines[place][4]
    lines[place] = lines[place][:4] + ("7" if letter != "7" else "8") + lines[place][5:]

    finished = run("keys", "restore", "--data", new_folder("k") / "data", lines=lines)

    assert finished.returncode not in (0, -6) and f"line {label}" in said(finished), said(finished)


def test_swapped_and_missing_lines_are_named(signed):
    lines = sheet_lines(signed)
    swapped = [lines[1][:2] + lines[0][2:], lines[0][:2] + lines[1][2:], *lines[2:]]
    for typed, label in ((swapped, "S2"), (lines[:4] + lines[5:], "B2")):
        finished = run("keys", "restore", "--data", new_folder("k") / "data", lines=typed)
        assert finished.returncode not in (0, -6) and f"line {label}" in said(finished), said(finished)


def served(folder):
    return run("serve", "--data", folder, "--listen", "127.0.0.1:0", seconds=60)


def test_without_its_keys_a_station_does_not_start(signed):
    folder = signed.copy_folder()
    keys = folder.with_name("data.keys")

    missing = served(folder)
    assert missing.returncode == 1 and "keys restore" in said(missing), said(missing)

    keys.write_bytes(key_file(signed).read_bytes())
    keys.chmod(0o640)
    readable = served(folder)
    assert readable.returncode == 1 and "others can read" in said(readable), said(readable)

    keys.chmod(0o600)
    keys.write_text(keys.read_text().replace('"format"', '"formal"'))
    broken = served(folder)
    assert broken.returncode == 1 and "no key file" in said(broken), said(broken)


def test_the_keys_of_another_station_are_refused(signed):
    other = Daemon()
    assert run("user", "add", "--data", other.folder, "--name", "wang", "--role", "manager", "--display", "王",
               lines=["a long enough password", "482915"]).returncode == 0
    Daemon.everyone.remove(other)
    folder = signed.copy_folder()

    finished = run("serve", "--data", folder, "--key-file", key_file(other), "--listen", "127.0.0.1:0", seconds=60)

    assert finished.returncode == 1 and "another station" in said(finished), said(finished)


def test_keys_in_the_data_folder_are_refused(signed):
    finished = run("keys", "public", "--data", signed.folder, "--key-file", signed.folder / "x.keys")

    assert finished.returncode not in (0, -6) and "data folder" in said(finished), said(finished)


def test_lost_keys_are_renewed_and_the_change_is_named(signed):
    folder = signed.copy_folder()
    old = fingerprint(signed)

    finished = run("keys", "renew", "--data", folder)
    assert finished.returncode == 0, said(finished)

    verified = run("verify", "--data", folder)
    assert verified.returncode == 0, said(verified)
    assert len(re.findall(r"^key [0-9a-f]{32}:", said(verified), re.M)) == 2
    paper = run("verify", "--data", folder, "--key", old)
    assert paper.returncode == 1 and "unknown key" in said(paper), said(paper)
    again = run("keys", "renew", "--data", folder)
    assert again.returncode == 1 and "nothing is lost" in said(again), said(again)


def test_a_folder_from_before_keys_gets_them_at_the_first_start(signed):
    folder = signed.copy_folder()
    with tampering.forced(folder / "posd.sqlite") as connection:
        cut_before_keys(connection)
    daemon = Daemon(folder)
    daemon.start("serve")
    assert daemon.stop() == 0

    verified = daemon.verify()

    assert verified.returncode == 0 and "1 signatures" in said(verified), said(verified)
    Daemon.everyone.remove(daemon)


# What set-up and the steps of the schema write.
KEPT = {"setting", "journal", "station", "till", "policy", "campaign", "inStoreLayout", "grdb_migrations",
        "needCategory"}


def cut_before_keys(connection):
    """Takes away all from the key on, as if the folder were of a program before keys."""
    (key,) = connection.execute("SELECT key FROM journal WHERE kind = 'keyAdded'").fetchone()
    connection.execute("DELETE FROM setting WHERE name = 'verifyingKey'")
    connection.execute("DELETE FROM journal WHERE key >= ?", (key,))
    for table in books.tables(connection):
        if table not in KEPT and not table.startswith(("productSearch_", "sqlite_")):
            connection.execute(f"DELETE FROM {books.quoted(table)}")
