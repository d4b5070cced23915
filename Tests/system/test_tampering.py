"""Whatever is changed in a journalled table, `posd verify` finds it and names the record.

The schema of the living database is walked: each table and column is either journalled, and then every way of changing
it here must be found, or stands below with the reason why it is not. A new table or column without a decision fails.
`make tamper` (`TAMPER_ALL=1`) takes every row of every table instead of a few.
"""

import importlib.util
import os
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

import tampering
from books import columns, key_columns, quoted, tables
from daemon import ROOT, Daemon, new_folder, run, said
from everything import record_everything

TABLES_NOT_JOURNALLED = {
    "setting": "the origin is in every record and is held against it; the rest are settings",
    "logIn": "sessions: they end by themselves, and log-ins are journalled",
    "heldBasket": "goods not yet paid",
    "printJob": "the state of printing; what was printed is in the records",
    "stockLevel": "totals of stockMovement; held against them, without a record to name",
    "mealAccount": "totals of mealCharge and mealMoney; held against them, by person",
    "unlistedGoods": "a list for the manager, made from sales",
    "reorderLevel": "a manager's setting: when to order",
    "memberSale": "who bought; empty until sales name members",
    "terminalDay": "totals of terminalPass, for comparing with what a terminal counts",
    "quarantine": "bad rows to look at, redacted; counted as often as they come",
    "terminalCommand": "what a terminal is to do, and what it said",
    "terminalCount": "what a terminal said it has",
    "grdb_migrations": "the steps of the schema; SchemaCheck holds tables and triggers against the program",
}
COLUMNS_NOT_JOURNALLED = {
    ("user", "name"): "personal", ("user", "displayName"): "personal",
    ("user", "passwordHash"): "a secret", ("user", "pinHash"): "a secret",
    ("till", "printer"): "a device", ("till", "drawer"): "a device",
    ("terminal", "secretHash"): "a secret", ("terminal", "trustedAddress"): "where it was heard last",
    ("terminal", "hasChineseNames"): "what it said at its last handshake",
    ("partner", "name"): "may be a person's",
    ("department", "name"): "may be a person's",
    ("product", "key"): "a number for the search index", ("product", "pinyin"): "not used",
}
# Changes that prove nothing: an approval that looks unused is one that nobody needed.
HARMLESS = {("approval", "usedKey", None)}

IS_FULL = bool(os.environ.get("TAMPER_ALL"))
ROWS = 1000 if IS_FULL else 2
LEAST_NAMED = 0.95


def is_search(table):
    return table.startswith(("productSearch", "sqlite_"))


def journalled_tables(connection):
    return [name for name in tables(connection) if not is_search(name) and name not in TABLES_NOT_JOURNALLED]


@pytest.fixture(scope="module")
def everything():
    """The database file of a stopped demonstration with every kind of record."""
    daemon = Daemon().start()
    record_everything(daemon)
    assert daemon.stop() == 0
    with sqlite3.connect(daemon.database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    yield daemon.database
    Daemon.everyone.remove(daemon)


@pytest.fixture(scope="module")
def second():
    """The verifier written from the format alone."""
    path = ROOT / "Examples" / "verify" / "verify_journal.py"
    spec = importlib.util.spec_from_file_location("verify_journal", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_table_and_column_has_a_decision(everything):
    with sqlite3.connect(everything) as connection:
        present = [name for name in tables(connection) if not is_search(name)]
        assert set(TABLES_NOT_JOURNALLED) <= set(present)
        for table, column in COLUMNS_NOT_JOURNALLED:
            assert column in columns(connection, table), f"{table}.{column} is gone"
        for table in journalled_tables(connection):
            rows = connection.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()[0]
            assert rows > 0, f"{table} has no row here: everything.py makes none, or it needs a decision"


def some(rows):
    """The first and last of them, or all."""
    return rows if len(rows) <= ROWS else rows[:: max(1, (len(rows) - 1) // (ROWS - 1))][:ROWS]


def other_values(value, column_values):
    """What a forger might put in place of a value, the plausible first."""
    found = [other for other in column_values if other != value and other is not None][:1]
    if isinstance(value, int):
        found += [value + 1, value + 1_000_003]
    elif isinstance(value, str):
        found += [value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"]
    elif isinstance(value, bytes):
        found += [tampering.with_one_change(value)]
    else:
        found += [1, "x", b"\x01" * 16]
    return found + ([None] if value is not None else [])


def ids_in(row):
    """How the ids of a row are written in records and findings."""
    for value in row.values():
        if isinstance(value, bytes) and len(value) == 16:
            digits = value.hex()
            yield "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
        elif isinstance(value, str) and value:
            yield value


def records_of(connection, table, row):
    """The records that this row is of, as findings name them."""
    keys = [value for name, value in row.items() if name in ("journalKey", "openedKey", "closedKey", "usedKey")]
    if table == "journal":
        keys = [row["key"]]
    names = {f"{key >> 40}-{key & ((1 << 40) - 1)}" for key in keys if isinstance(key, int)}
    if not keys or table in ("approval", "tillSession", "meal", "enrolment"):
        for key, content in connection.execute("SELECT key, content FROM journal"):
            if any(text in content.decode("utf-8", "replace") for text in ids_in(row)):
                names.add(f"{key >> 40}-{key & ((1 << 40) - 1)}")
    return names


class Case:
    """One change to one row."""

    def __init__(self, table, what, statement, arguments, names):
        self.table, self.what, self.statement, self.arguments, self.names = table, what, statement, arguments, names

    def __str__(self):
        return f"{self.table}: {self.what}"


def where(connection, table):
    return " AND ".join(f"{quoted(name)} IS ?" for name in key_columns(connection, table))


def changes(connection, table):
    """Each journalled column of some rows altered."""
    rows = tampering.rows_of(connection, table)
    for key, row in rows if IS_FULL else rows[len(rows) // 2 :][:1]:
        names = records_of(connection, table, row)
        for column in columns(connection, table):
            if (table, column) in COLUMNS_NOT_JOURNALLED:
                continue
            for value in other_values(row[column], [other[column] for _, other in rows]):
                if (table, column, value) in HARMLESS:
                    continue
                statement = f"UPDATE {quoted(table)} SET {quoted(column)} = ? WHERE {where(connection, table)}"
                # A row moved to another record is wrong there and missing here.
                there = records_of(connection, table, {column: value}) if column == "journalKey" and value else set()
                yield Case(table, f"{column} → {value!r:.40}", statement, (value, *key), names | there)


def deletions(connection, table):
    for key, row in some(tampering.rows_of(connection, table)):
        names = records_of(connection, table, row)
        yield Case(table, "deleted", f"DELETE FROM {quoted(table)} WHERE {where(connection, table)}", key, names)


def copies(connection, table):
    """Rows once more, under another key."""
    for key, row in some(tampering.rows_of(connection, table)):
        changed = dict(row)
        for column, value in row.items():
            unique = column in key_columns(connection, table) or column in ("id", "number", "barcode", "itemCode", "name")
            if unique and (table, column) != ("posting", "account"):
                changed[column] = changed_key(column, value)
        names = records_of(connection, table, changed) | records_of(connection, table, row)
        marks = ", ".join("?" * len(changed))
        listed = ", ".join(map(quoted, changed))
        statement = f"INSERT INTO {quoted(table)} ({listed}) VALUES ({marks})"
        yield Case(table, "copied", statement, tuple(changed.values()), names | set(ids_in(changed)))


def changed_key(column, value):
    if isinstance(value, int):
        return value + 1_000_003
    if isinstance(value, bytes):
        return tampering.with_one_change(value)
    return f"{value}x" if value else value


def swaps(connection, table):
    """The contents of two neighbouring rows exchanged, their keys left."""
    rows = tampering.rows_of(connection, table)
    keys = key_columns(connection, table)
    for (key, row), (other_key, other) in list(zip(rows, rows[1:]))[:ROWS]:
        moved = [name for name in row if name not in keys and row[name] != other[name]]
        if (table == "product" or not moved) or any(name == "id" for name in moved):
            continue
        names = records_of(connection, table, row) | records_of(connection, table, other)
        settings = ", ".join(
            f"{quoted(name)} = CASE WHEN {where(connection, table)} THEN ? ELSE ? END" for name in moved)
        arguments = [part for name in moved for part in (*key, other[name], row[name])]
        statement = (f"UPDATE {quoted(table)} SET {settings}"
                     f" WHERE ({where(connection, table)}) OR ({where(connection, table)})")
        yield Case(table, "swapped", statement, (*arguments, *key, *other_key), names)


def all_cases(path):
    with sqlite3.connect(path) as connection:
        return [case for table in journalled_tables(connection)
                for make in (changes, deletions, copies, swaps) for case in make(connection, table)]


class Verdict:
    """What both verifiers say of one case."""

    def __init__(self, case, path, second):
        self.case = case
        self.is_possible = damage(path, case)
        if self.is_possible:
            self.finished = run("verify", "--data", path)
            self.place = (re.search(r"^BAD (.+?): ", said(self.finished), re.M) or [None, None])[1]
            self.second_place = what_second_says(second, path)
        path.unlink()

    @property
    def is_found(self):
        return self.finished.returncode == 1 and self.place is not None

    @property
    def is_named(self):
        """Its record, or where a row was invented that no record has, the row."""
        return self.is_found and (self.place in self.case.names or self.place.split(" ")[-1] in self.case.names)


def damage(path, case):
    """Whether SQLite lets it be done at all: a unique index may not."""
    try:
        with tampering.forced(path) as connection:
            return connection.execute(case.statement, case.arguments).rowcount >= 1
    except sqlite3.Error:
        return False


def what_second_says(second, path):
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        second.verify(db)
        return None
    except (second.Bad, KeyError, TypeError, ValueError) as problem:
        return str(problem).split(":")[0]
    finally:
        db.close()


@pytest.fixture(scope="module")
def verdicts(everything, second):
    """Every case, each on a copy of its own."""
    folder = new_folder("t")
    intact = everything.read_bytes()

    def judged(numbered):
        number, case = numbered
        path = folder / f"{number}.sqlite"
        path.write_bytes(intact)
        return Verdict(case, path, second)

    with ThreadPoolExecutor(2) as pool:
        verdicts = list(pool.map(judged, enumerate(all_cases(everything))))
    return [verdict for verdict in verdicts if verdict.is_possible]


def test_every_change_is_found_and_nearly_every_record_named(verdicts):
    lost = [f"{verdict.case}: {said(verdict.finished).strip()}" for verdict in verdicts if not verdict.is_found]
    unnamed = [f"{verdict.case}: {verdict.place}, not {sorted(verdict.case.names)[:4]}"
               for verdict in verdicts if not verdict.is_named]
    print(f"{len(verdicts)} changes, {len(lost)} not found, {len(unnamed)} without their record")
    assert not lost, "\n".join(lost)
    print("\n".join(unnamed))
    assert len(unnamed) <= (1 - LEAST_NAMED) * len(verdicts), "\n".join(unnamed)


def test_the_second_verifier_agrees_on_what_it_reads(verdicts):
    seen = [verdict for verdict in verdicts if verdict.case.table in ("journal", "posting")]
    other = [f"{verdict.case}: posd {verdict.place}, python {verdict.second_place}"
             for verdict in seen if verdict.place != verdict.second_place]
    blamed = [str(verdict.case) for verdict in verdicts if verdict.second_place and not verdict.is_found]

    assert len(seen) > 20
    assert not other, "\n".join(other)
    assert not blamed, "\n".join(blamed)


def test_both_verifiers_pass_what_nobody_changed(everything, second):
    finished = run("verify", "--data", everything)

    assert finished.returncode == 0, said(finished)
    assert what_second_says(second, everything) is None
