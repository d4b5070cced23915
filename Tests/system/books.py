"""The database read from outside; names of tables and columns are looked up, not assumed, wherever possible."""

import json
import re
import sqlite3
from contextlib import contextmanager

# Tables that any request may change: log-ins and what limits them.
_PASSING = re.compile(r"log.?in|attempt|token|^(?!till).*session|sqlite_|limiter", re.I)


@contextmanager
def reading(path):
    """A read-only connection, for the database of a running daemon."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
    connection.row_factory = sqlite3.Row
    try:
        yield connection
    finally:
        connection.close()


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def tables(connection):
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [row[0] for row in rows]


def columns(connection, table):
    """Name → declared type of each stored column."""
    return {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({quoted(table)})")}


def key_columns(connection, table):
    rows = connection.execute(f"PRAGMA table_info({quoted(table)})").fetchall()
    return [row[1] for row in sorted(rows, key=lambda row: row[5]) if row[5] > 0] or ["rowid"]


def row_counts(path):
    """Rows of every table but those of log-ins."""
    with reading(path) as connection:
        names = [name for name in tables(connection) if not _PASSING.search(name)]
        return {name: connection.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0] for name in names}


def journal_table(connection):
    """The table of the journal: named for it, with a column of stored bytes."""
    named = [name for name in tables(connection) if name.lower().startswith("journal")]
    assert named, "the database has no journal table"
    counts = {name: connection.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0] for name in named}
    return "journal" if "journal" in named else max(named, key=counts.get)


def journal_count(path):
    with reading(path) as connection:
        return connection.execute(f"SELECT count(*) FROM {quoted(journal_table(connection))}").fetchone()[0]


def account_sums(path):
    """Account → sum of its postings in micro-yuan."""
    with reading(path) as connection:
        rows = connection.execute("SELECT account, sum(amountMicroYuan) FROM posting GROUP BY account")
        return dict(rows.fetchall())


def entry_sums(path):
    """The sum of each entry's postings; an entry is named by its journal record."""
    with reading(path) as connection:
        return [row[0] for row in connection.execute("SELECT sum(amountMicroYuan) FROM posting GROUP BY journalKey")]


def journal(path, kind):
    """The bodies of the records of a kind, in order."""
    with reading(path) as connection:
        rows = connection.execute("SELECT content FROM journal WHERE kind = ? ORDER BY key", (kind,)).fetchall()
    return [json.loads(row[0])["body"] for row in rows]
