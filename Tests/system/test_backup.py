"""Backup under load, and what becomes of it: restored, cut, changed, opened with another key."""

import hashlib
import re
import shutil
import sqlite3
import subprocess
import threading
import time

import pytest

from books import reading
from client import Client, Till, new_id
from daemon import BINARY, Daemon, environment, new_folder, run, said
from goods import WATER, worked_sale

CHUNK = (1 << 20) + 16
MAGIC = b"posdbak1"


def keys_of(daemon):
    return daemon.folder.with_name(daemon.folder.name + ".keys")


def backed_up(daemon, folder=None):
    """A backup of this station, by the command line: its path."""
    folder = folder or new_folder("b")
    finished = run("backup", "--data", daemon.folder, "--to", folder)
    assert finished.returncode == 0, said(finished)
    return folder / re.search(r"wrote \S*/(posd-\S+)", said(finished))[1]


def restored(daemon, backup, *options, keys=None):
    """What `posd restore` says, and the new folder."""
    folder = new_folder("r") / "data"
    return run("restore", backup, "--data", folder, "--keys", keys or keys_of(daemon), *options), folder


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def header_bytes(content):
    return len(MAGIC) + 4 + int.from_bytes(content[8:12], "big")


@pytest.fixture(scope="module")
def station():
    """A running demonstration of more than one chunk, a manager at its till, a sale's request and answer."""
    daemon = Daemon().start()
    till = Till(Client(daemon).log_in_as("manager"))
    request = till.sale_request(worked_sale())
    answer = till.client.post("/sales", request)
    answer.expect(201)
    grow(daemon)
    yield daemon, till, request, answer
    daemon.kill()
    Daemon.everyone.remove(daemon)


def grow(daemon):
    """Enough taken-up baskets for a database of several mebibytes."""
    with sqlite3.connect(daemon.database, timeout=30) as connection:
        for _ in range(8):
            connection.execute(
                "INSERT INTO heldBasket SELECT randomblob(16), id, 'x', hex(randomblob(200000)), 0, 1 FROM station"
            )


@pytest.fixture(scope="module")
def backup(station):
    return backed_up(station[0])


def test_a_backup_says_nothing_in_the_clear(station, backup):
    daemon, _, _, _ = station
    content = backup.read_bytes()

    assert content.startswith(MAGIC) and len(content) > 2 * CHUNK
    for word in ("SQLite format", "王老吉", "demo-cashier", "$y$j"):
        assert word.encode() not in content
    assert backup.stat().st_mode & 0o777 == 0o600
    assert not list(daemon.folder.glob("*.backup*")) and not list(backup.parent.glob(".*"))


def test_a_restored_station_opens_a_new_series_and_answers_as_before(station, backup):
    daemon, till, request, answer = station
    late = till.sell([{"barcode": WATER, "units": 1}])

    finished, folder = restored(daemon, backup)

    assert finished.returncode == 0, said(finished)
    assert "series 2 is open" in said(finished)
    second = Daemon(folder)
    second.logins = daemon.logins
    second.start("serve")
    client = Client(second)
    assert Client(second, till.client.token).get("/context").status == 401, "log-ins are over"
    client.log_in_as("manager")
    again = client.post("/sales", request)
    assert again.body == answer.body and again.headers.get("idempotency-replayed") == "true"
    assert client.post("/sales", {**request, "dueFen": 1}).code == "id_reused"
    assert client.get(f"/sales/{late['id']}").status == 404
    sale = Till(client).sell([{"barcode": WATER, "units": 1}])
    assert sale["number"] == 1
    assert second.stop() == 0
    with reading(second.database) as connection:
        numbers = connection.execute("SELECT epoch, number FROM sale ORDER BY journalKey").fetchall()
    assert [tuple(row) for row in numbers] == [(1, 1), (2, 1)]
    for folder in (second.folder, daemon.folder):
        verified = run("verify", "--data", folder)
        assert verified.returncode == 0, said(verified)
    Daemon.everyone.remove(second)


def test_waiting_slips_are_not_printed_by_themselves(daemons):
    daemon = daemons().start("demo")
    Till(Client(daemon).log_in_as("cashier")).sell([{"barcode": WATER, "units": 1}])
    assert daemon.stop() == 0
    with sqlite3.connect(daemon.database) as connection:
        connection.execute("UPDATE printJob SET state = 'queued', reason = NULL")

    finished, folder = restored(daemon, backed_up(daemon))

    assert finished.returncode == 0, said(finished)
    with reading(folder / "posd.sqlite") as connection:
        jobs = connection.execute("SELECT state, reason FROM printJob").fetchall()
    assert [tuple(job) for job in jobs] == [("possiblyPrinted", "restored")]


def test_two_restores_of_one_backup_open_two_series(station, backup):
    daemon, _, _, _ = station
    opened = []
    for _ in range(2):
        finished, folder = restored(daemon, backup)
        assert finished.returncode == 0, said(finished)
        opened.append(int(re.search(r"series (\d+) is open", said(finished))[1]))
        again = run("restore", backup, "--data", folder, "--keys", keys_of(daemon))
        assert again.returncode == 1 and "not empty" in said(again), said(again)

    assert opened[1] == opened[0] + 1
    following, _ = restored(daemon, backed_up_of(folder, daemon, backup.parent))
    assert f"series {opened[1] + 1} is open" in said(following)


def backed_up_of(folder, daemon, target):
    copy = Daemon(folder)
    Daemon.everyone.remove(copy)
    return backed_up(copy, target)


def test_a_receipt_names_the_series_that_is_used_up(station, backup):
    daemon, _, _, answer = station
    elsewhere = new_folder("b") / backup.name
    shutil.copy(backup, elsewhere)

    finished, _ = restored(daemon, elsewhere, "--receipt", "7-3-909192939495")
    assert finished.returncode == 0 and "series 8 is open" in said(finished), said(finished)
    assert "7-3 is on paper but not in this backup" in said(finished)
    low, _ = restored(daemon, elsewhere, "--series", "8")
    assert low.returncode == 1 and "--series" in said(low), said(low)
    other, _ = restored(daemon, elsewhere, "--receipt", "1-2-000000000000")
    assert other.returncode == 1 and "not the one on the receipt" in said(other), said(other)


def cut(content):
    return content[:-1]


def cut_at_a_chunk(content):
    return content[: header_bytes(content) + CHUNK]


def without_chunks(content):
    return content[: header_bytes(content)]


def swapped(content):
    start = header_bytes(content)
    one, two = content[start : start + CHUNK], content[start + CHUNK : start + 2 * CHUNK]
    return content[:start] + two + one + content[start + 2 * CHUNK :]


def left_out(content):
    start = header_bytes(content)
    return content[:start] + content[start + CHUNK :]


def twice(content):
    start = header_bytes(content)
    return content[: start + CHUNK] + content[start:]


def changed(content):
    place = len(content) // 2
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def longer(content):
    return content + b"\0"


def other_time(content):
    return content.replace(b'"atMs":1', b'"atMs":2')


def other_magic(content):
    return b"posdbak2" + content[8:]


@pytest.mark.parametrize(
    "damage",
    [cut, cut_at_a_chunk, without_chunks, swapped, left_out, twice, changed, longer, other_time, other_magic],
    ids=lambda damage: damage.__name__,
)
def test_a_damaged_backup_is_refused(station, backup, damage):
    daemon, _, _, _ = station
    content = backup.read_bytes()
    path = new_folder("d") / backup.name
    path.write_bytes(damage(content))
    assert path.read_bytes() != content

    finished, folder = restored(daemon, path)

    assert finished.returncode == 1 and re.search("damaged|no backup", said(finished)), said(finished)
    assert not (folder / "posd.sqlite").exists() and not (folder / "restoring").exists()
    good, _ = restored(daemon, backup) if damage is cut else (None, None)
    assert good is None or good.returncode == 0


def test_another_key_does_not_open_it(station, backup):
    other = Daemon()
    Daemon.everyone.remove(other)
    assert run("user", "add", "--data", other.folder, "--name", "wang", "--role", "manager", "--display", "王",
               lines=["a long enough password", "482915"]).returncode == 0

    finished, folder = restored(station[0], backup, keys=keys_of(other))
    assert finished.returncode == 1 and "another backup key" in said(finished), said(finished)

    nothing = run("restore", backup, "--data", new_folder("r") / "data")
    assert nothing.returncode == 1 and "keys restore" in said(nothing), said(nothing)


def test_a_backup_under_load_loses_nothing(daemons):
    daemon = daemons().start("demo")
    till = Till(Client(daemon).log_in_as("cashier"))
    body = till.sale_request([{"barcode": WATER, "units": 1}])
    made, stop = [], threading.Event()

    def sell():
        client = Client(daemon, till.client.token)
        while not stop.is_set():
            answer = client.post("/sales", {**body, "id": new_id()})
            made.append((answer.expect(201)["number"], time.monotonic()))

    sellers = [threading.Thread(target=sell) for _ in range(16)]
    for seller in sellers:
        seller.start()
    time.sleep(1)
    begin = time.monotonic()
    backup = backed_up(daemon)
    end = time.monotonic()
    stop.set()
    for seller in sellers:
        seller.join()

    before = [number for number, at in made if at < begin]
    during = [number for number, at in made if begin <= at <= end]
    assert before and during, "sales went on"
    finished, folder = restored(daemon, backup)
    assert finished.returncode == 0, said(finished)
    with reading(folder / "posd.sqlite") as connection:
        kept = [row[0] for row in connection.execute("SELECT number FROM sale ORDER BY number")]
    assert kept == list(range(1, len(kept) + 1)) and len(kept) >= max(before)
    assert sorted(number for number, _ in made) == list(range(1, len(made) + 1))
    verified = run("verify", "--data", folder)
    assert verified.returncode == 0, said(verified)


def test_a_kill_during_a_backup_leaves_the_old_one(station):
    daemon, _, _, _ = station
    stopped = Daemon(copy_of(daemon))
    Daemon.everyone.remove(stopped)
    folder = new_folder("b")
    old = backed_up(stopped, folder)
    content = digest(old)
    # Of two backups of one second and one record the later one takes the name.
    wait_for(lambda: time.time() >= old.stat().st_mtime + 1)
    for delay in (0.05, 0.1, 0.15, 0.2, 0.3):
        process = subprocess.Popen(
            [str(BINARY), "backup", "--data", str(stopped.folder), "--to", str(folder)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
        time.sleep(delay)
        process.kill()
        process.wait()
        for path in folder.glob("posd-*"):
            assert path == old or path.stat().st_size > 2 * CHUNK
        assert digest(old) == content

    backed_up(stopped, folder)
    assert not list(folder.glob(".*")) and not list(stopped.folder.glob("*.backup*"))
    for path in folder.glob("*.posdbackup"):
        finished, _ = restored(stopped, path)
        assert finished.returncode == 0, said(finished)


def copy_of(daemon):
    """A folder like this running daemon's, by way of a backup."""
    finished, folder = restored(daemon, backed_up(daemon))
    assert finished.returncode == 0, said(finished)
    return folder


def test_no_folder_and_no_room_are_told(station, small_disk):
    daemon, till, _, _ = station
    missing = run("backup", "--data", daemon.folder, "--to", new_folder("b") / "usb")
    assert missing.returncode == 1 and "mounted" in said(missing), said(missing)
    full = run("backup", "--data", daemon.folder, "--to", small_disk)
    assert full.returncode == 1 and "not enough room" in said(full), said(full)
    assert not list(small_disk.iterdir())
    till.sell([{"barcode": WATER, "units": 1}])
    metrics = Client(daemon).fetch("GET", "/metrics").text
    assert int(re.search(r"^posd_backup_failures (\d+)$", metrics, re.M)[1]) >= 2


@pytest.fixture
def small_disk():
    """A file system of 1 MB of its own."""
    point = new_folder("m")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "posd-test", str(point)], capture_output=True, text=True
    )
    if mounted.returncode != 0:
        pytest.skip(f"mount is not permitted here: {mounted.stderr.strip()}")
    yield point
    subprocess.run(["umount", str(point)], capture_output=True)


def names_of(folder):
    return sorted(path.name for path in folder.glob("*.posdbackup"))


def test_a_missed_backup_is_made_up_at_the_start_and_old_ones_go(daemons):
    daemon = daemons()
    folder = new_folder("b")
    daemon.settings = {"POSD_BACKUP_FOLDER": str(folder), "POSD_BACKUP_KEEP": "2d1w1m"}
    daemon.start("demo")
    first = wait_for(lambda: names_of(folder))[0]
    wait_for(lambda: "posd_backup_age_seconds" in Client(daemon).fetch("GET", "/metrics").text)
    assert daemon.stop() == 0

    station = first.split("-")[1]
    old = [f"posd-{station}-1-2-202001{day:02d}T023000.posdbackup" for day in range(1, 31)]
    for name in old + ["posd-ffffffff-1-2-20200101T023000.posdbackup", "letter.txt"]:
        (folder / name).write_bytes(b"old")
    daemon.start("serve")
    time.sleep(0.5)
    assert len(names_of(folder)) == 32, "today's is there: none is due"
    assert run("backup", "--data", daemon.folder).returncode != 0, "no folder is set for the command line"
    (folder / first).unlink()
    assert daemon.stop() == 0

    daemon.start("serve")

    wait_for(lambda: len(names_of(folder)) < 10)
    left = names_of(folder)
    assert (folder / "letter.txt").exists() and "posd-ffffffff-1-2-20200101T023000.posdbackup" in left
    own = [name for name in left if station in name]
    assert len(own) == 2 and old[-1] in own, own


def wait_for(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


def test_settings_of_backups_are_checked(station):
    for variable, value in (("POSD_BACKUP_AT", "25:00"), ("POSD_BACKUP_KEEP", "0d1w1m"), ("POSD_BACKUP_FOLDER", "x")):
        finished = subprocess.run(
            [str(BINARY), "verify", "--data", str(station[0].folder)], capture_output=True,
            env={**environment(), variable: value})
        assert finished.returncode == 1 and variable in said(finished), said(finished)
