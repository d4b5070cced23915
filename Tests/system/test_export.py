"""What `posd export` writes is read by other programs, and comes to the same."""

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess

import pytest

from client import Client, Till
from daemon import Daemon, new_folder, run, said
from everything import record_everything
from goods import open_good

FORMULA = '=HYPERLINK("http://evil.example","糖")'


@pytest.fixture(scope="module")
def books():
    """A running demonstration with every kind of record, and goods with names that look like formulas."""
    daemon = Daemon().start()
    record_everything(daemon)
    till = Till(Client(daemon).log_in_as("cashier"))
    for name in (FORMULA, "+1+1", "-2+3", "@SUM(A1)", "＝1+1", 'a "quoted", good'):
        till.sell([open_good(name, 300)])
    yield daemon
    daemon.kill()
    Daemon.everyone.remove(daemon)


def exported(daemon, *arguments):
    finished = run("export", *arguments, "--data", daemon.folder)
    assert finished.returncode == 0, said(finished)
    return finished.stdout.decode("utf-8")


def our_balances(daemon):
    with sqlite3.connect(f"file:{daemon.database}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT account, sum(amountMicroYuan) FROM posting GROUP BY account")
        return {account: amount for account, amount in rows if amount != 0}


def micro_yuan(text):
    sign, whole, fraction = re.fullmatch(r"(-?)(\d+)\.?(\d*)", text.replace(",", "")).groups()
    return int(sign + whole + fraction.ljust(6, "0"))


def tool(*arguments, **options):
    if shutil.which(arguments[0]) is None:
        pytest.skip(f"{arguments[0]} is not installed")
    finished = subprocess.run(list(map(str, arguments)), capture_output=True, text=True, **options)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def test_hledger_reads_the_ledger_and_comes_to_our_balances(books):
    path = new_folder() / "ledger.journal"
    path.write_text(exported(books, "ledger", "--format", "hledger"), encoding="utf-8")

    tool("hledger", "-f", path, "check", "--strict")
    rows = list(csv.reader(io.StringIO(tool("hledger", "-f", path, "balance", "--flat", "-N", "-O", "csv"))))

    theirs = {account: micro_yuan(amount.replace("CNY", "").strip()) for account, amount in rows[1:]}
    assert theirs == our_balances(books)
    assert len(theirs) >= 8


def test_beancount_reads_the_ledger_and_comes_to_our_balances(books):
    path = new_folder() / "ledger.beancount"
    path.write_text(exported(books, "ledger", "--format", "beancount"), encoding="utf-8")

    said_nothing = tool("bean-check", path)
    table = tool("bean-query", "-f", "csv", path, "SELECT account, sum(position) GROUP BY account")

    assert said_nothing == ""
    theirs = {}
    for account, amount in list(csv.reader(io.StringIO(table)))[1:]:
        if amount.strip():
            theirs[account.strip().lower()] = micro_yuan(amount.replace("CNY", "").strip())
    assert theirs == {account.lower(): amount for account, amount in our_balances(books).items()}


def test_the_ledger_has_one_transaction_for_each_record_with_an_entry(books):
    text = exported(books, "ledger", "--format", "hledger")

    with sqlite3.connect(f"file:{books.database}?mode=ro", uri=True) as connection:
        keys = connection.execute("SELECT DISTINCT journalKey FROM posting ORDER BY journalKey").fetchall()
    places = [f"{key >> 40}-{key & ((1 << 40) - 1)}" for (key,) in keys]
    assert re.findall(r"^\d{4}-\d\d-\d\d \((\d+-\d+)\)", text, re.M) == places


def test_the_exported_journal_hashes_as_the_journal_does(books):
    import hashlib

    text = exported(books, "journal", "--format", "json")

    lines = [line.rstrip(",") for line in text.splitlines() if line.startswith("{")]
    assert len(json.loads(text)) == len(lines) > 40
    for line in lines:
        record = re.fullmatch(r'\{"hash":"([0-9a-f]{64})","record":(.*)\}', line)
        assert hashlib.sha256(record[2].encode()).hexdigest() == record[1]


def test_the_table_of_sales_has_each_line_and_no_formula(books):
    finished = run("export", "sales", "--format", "csv", "--data", books.folder)

    assert finished.stdout.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(finished.stdout.decode("utf-8-sig"), newline="")))
    names = [row["品名 goods"] for row in rows]
    assert "'" + FORMULA in names and 'a "quoted", good' in names
    for row in rows:
        for cell in row.values():
            assert not re.match(r"[=+@\t\r＝＋－＠]|-(?!\d+(\.\d+)?$)", cell), cell
    with sqlite3.connect(f"file:{books.database}?mode=ro", uri=True) as connection:
        total = connection.execute("SELECT sum(totalFen) FROM sale").fetchone()[0]
    paid = sum(micro_yuan(row["实付 paid CNY"] or "0") + micro_yuan(row["顾客捐赠 gift CNY"] or "0") for row in rows)
    assert paid == total * 10_000


def test_sales_as_records_are_those_of_the_journal(books):
    sales = json.loads(exported(books, "sales", "--format", "json"))

    kinds = {sale["record"]["kind"] for sale in sales}
    assert kinds == {"sale", "return"}
    numbers = [sale["record"]["body"]["number"] for sale in sales]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("arguments", [
    ["ledger"], ["ledger", "--format", "gnucash"], ["sales", "--format", "xml"], ["journal", "--format", "csv"],
])
def test_a_format_that_is_not_known_is_refused(books, arguments):
    finished = run("export", *arguments, "--data", books.folder)

    assert finished.returncode not in (0, -6, -11)
    assert b"format" in finished.stderr


def test_an_export_that_cannot_be_written_fails(books):
    with open("/dev/full", "wb") as full:
        finished = subprocess.run([*run_arguments(books)], stdout=full, stderr=subprocess.PIPE)

    assert finished.returncode not in (0, -6, -11)
    assert b"cannot write" in finished.stderr


def run_arguments(books):
    from daemon import BINARY

    return [str(BINARY), "export", "journal", "--data", str(books.folder)]
