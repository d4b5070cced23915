"""What was acknowledged stays; what was changed is found; a full disk refuses and recovers."""

import os
import random
import re
import shutil
import subprocess
import time

import pytest

import books
import tampering
from client import Client, Till
from daemon import Daemon, new_folder, run, said
from goods import WATER, open_good, worked_sale

RECORDED_SALES = 12
MOST_SALES_ON_A_FULL_DISK = 3000


def come_back(daemon, till):
    """Serves the folder of a killed daemon again; the cashier logs in anew if that is asked."""
    daemon.start("serve")
    till.client.close()
    if till.client.get("/context").status == 401:
        till.client.log_in_as("cashier")


def test_an_acknowledged_sale_survives_a_kill(own_demo):
    till = Till(Client(own_demo).log_in_as("cashier"))
    for number in range(1, 6):
        request = till.sale_request(worked_sale())
        answer = till.client.post("/sales", request)
        own_demo.kill()
        answer.expect(201)

        come_back(own_demo, till)

        sale = till.client.get(f"/sales/{request['id']}").expect(200)
        assert sale["number"] == number == answer.json["number"]
        assert till.client.post("/sales", request).body == answer.body
    verified = own_demo.verify()
    assert verified.returncode == 0, said(verified)


def test_a_second_daemon_on_the_same_folder_refuses_to_start(demo, cashier):
    second = run("serve", "--data", demo.folder, "--listen", "127.0.0.1:0", seconds=60)

    assert second.returncode not in (0, -6, -11), said(second)
    assert len(said(second).strip()) > 20
    cashier.get("/context").expect(200)


def test_a_stopped_daemon_leaves_with_zero_and_comes_back(daemons):
    daemon = daemons().start()
    logins = dict(daemon.logins)
    Till(Client(daemon).log_in_as("cashier")).sell([{"barcode": WATER, "units": 1}])

    assert daemon.stop() == 0

    daemon.start()
    assert daemon.logins == logins
    client = Client(daemon).log_in_as("cashier")
    assert len(client.all_items("/sales")) == 1


@pytest.fixture(scope="module")
def recorded():
    """The folder of a stopped demonstration with a few sales and a return in it."""
    daemon = Daemon().start()
    till = Till(Client(daemon).log_in_as("manager"))
    sales = [till.sell([open_good("糖", 100 + 7 * count)]) for count in range(RECORDED_SALES)]
    till.give_back(sales[0]["id"], [{"line": 0, "units": 1}])
    assert daemon.stop() == 0
    yield daemon
    Daemon.everyone.remove(daemon)


def verified_after(recorded, change):
    """What `posd verify` says of a copy of the folder after this change."""
    folder = recorded.copy_folder()
    with tampering.forced(folder / "posd.sqlite") as connection:
        named = change(connection)
    finished = run("verify", "--data", folder)
    shutil.rmtree(folder.parent)
    return finished, named


def assert_found(finished, names):
    """Exit 1, and one of these numbers or ids in what it says."""
    assert finished.returncode == 1, said(finished)
    named = re.search(r"^BAD (?:1-)?(\S+):", said(finished), re.M)
    assert named and named[1] in map(str, names), f"none of {names} is named:\n{said(finished)}"


def test_an_untouched_copy_verifies(recorded):
    finished, _ = verified_after(recorded, lambda connection: None)

    assert finished.returncode == 0, said(finished)


@pytest.mark.parametrize("place", [0, 3, -1], ids=["first", "middle", "last"])
def test_a_changed_byte_in_the_journal_is_found(recorded, place):
    def change(connection):
        row = tampering.journal_rows(connection)[place]
        tampering.change_byte(connection, row)
        return [tampering.sequence_of(row)]

    assert_found(*verified_after(recorded, change))


@pytest.mark.parametrize("place", [0, 3, -1], ids=["first", "middle", "last"])
def test_a_deleted_record_is_found(recorded, place):
    def change(connection):
        row = tampering.journal_rows(connection)[place]
        tampering.delete_record(connection, row)
        return [tampering.sequence_of(row), tampering.sequence_of(row) + 1, tampering.sequence_of(row) - 1]

    assert_found(*verified_after(recorded, change))


def test_swapped_records_are_found(recorded):
    def change(connection):
        rows = tampering.journal_rows(connection)
        tampering.swap_records(connection, rows[3], rows[5])
        return [tampering.sequence_of(rows[3])]

    assert_found(*verified_after(recorded, change))


def test_a_record_copied_to_the_end_is_found(recorded):
    def change(connection):
        rows = tampering.journal_rows(connection)
        place = (*rows[-1][0][:-1], rows[-1][0][-1] + 1)
        tampering.copy_record(connection, rows[4], place)
        return [place[-1] & ((1 << 40) - 1)]

    assert_found(*verified_after(recorded, change))


@pytest.mark.parametrize("table", ["sale", "posting"])
def test_a_changed_row_of_a_sale_is_found(recorded, table):
    def change(connection):
        present = {name.lower(): name for name in books.tables(connection)}
        row = tampering.rows_of(connection, present[table.lower()])[-1]
        tampering.change_row(connection, present[table.lower()], row)
        return []

    finished, _ = verified_after(recorded, change)
    assert finished.returncode == 1, said(finished)
    assert re.search(r"\d", said(finished)), f"no record is named:\n{said(finished)}"


def test_verify_says_no_to_a_folder_without_books():
    finished = run("verify", "--data", new_folder("e"))

    assert finished.returncode not in (0, -6, -11), said(finished)
    assert said(finished).strip()


@pytest.fixture
def small_disk():
    """A file system of 8 MB of its own."""
    point = new_folder("m")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "posd-test", str(point)], capture_output=True, text=True
    )
    if mounted.returncode != 0:
        pytest.skip(f"mount is not permitted here: {mounted.stderr.strip()}")
    yield point
    for _ in range(20):
        if subprocess.run(["umount", str(point)], capture_output=True).returncode == 0:
            break
        time.sleep(0.2)


def fill(path):
    """Takes every byte that is left on the disk of this path."""
    with open(path, "ab", buffering=0) as filler:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    filler.write(b"x" * size)
            except OSError:
                continue


def sold_until_refused(till, filler):
    """Sells on a full disk until a sale is refused: the request and its refusal, and what was sold before."""
    sold = []
    for _ in range(MOST_SALES_ON_A_FULL_DISK):
        request = till.sale_request([{"barcode": WATER, "units": 1}])
        answer = till.client.post("/sales", request)
        if answer.status != 201:
            return request, answer, sold
        sold.append(answer.json)
        fill(filler)
    raise AssertionError(f"{MOST_SALES_ON_A_FULL_DISK} sales fitted on a full disk")


def test_a_full_disk_refuses_sales_keeps_reading_and_recovers(small_disk, daemons):
    daemon = daemons(small_disk / "data").start()
    till = Till(Client(daemon).log_in_as("cashier"))
    first = till.sell(worked_sale())
    filler = small_disk / "filler"
    fill(filler)

    request, refusal, sold = sold_until_refused(till, filler)

    assert refusal.status in (503, 507), repr(refusal)
    assert refusal.is_problem and "disk" in refusal.json["code"], repr(refusal)
    assert till.client.get(f"/sales/{first['id']}").expect(200)["number"] == 1
    assert till.client.get(f"/products/by-barcode/{WATER}").status == 200
    assert till.client.get(f"/sales/{request['id']}").status == 404
    assert till.client.post("/sales", request).status == refusal.status
    assert daemon.is_running

    os.unlink(filler)

    late = till.client.post("/sales", request).expect(201)
    after = till.sell(worked_sale())
    assert [late["number"], after["number"]] == [len(sold) + 2, len(sold) + 3]
    assert daemon.stop() == 0
    verified = daemon.verify()
    assert verified.returncode == 0, said(verified)


def test_a_disk_that_cannot_be_written_refuses_the_start_in_words(small_disk, daemons):
    daemon = daemons(small_disk / "data").start()
    assert daemon.stop() == 0
    remounted = subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], capture_output=True, text=True)
    if remounted.returncode != 0:
        pytest.skip(f"remount is not permitted here: {remounted.stderr.strip()}")

    finished = run("serve", "--data", daemon.folder, "--listen", "127.0.0.1:0", seconds=60)

    assert finished.returncode > 0, said(finished)
    assert len(said(finished).strip()) > 20
    assert "Fatal error" not in said(finished)


def test_numbers_have_no_gap_after_kills_without_waiting(own_demo):
    till = Till(Client(own_demo).log_in_as("cashier"))
    chance = random.Random(20261121)
    for _ in range(3):
        for _ in range(chance.randint(1, 6)):
            till.sell([{"barcode": WATER, "units": 1}])
        own_demo.kill()
        come_back(own_demo, till)

    numbers = sorted(sale["number"] for sale in till.client.all_items("/sales"))
    assert numbers == list(range(1, len(numbers) + 1))
