"""Changes to a stopped database that no request could make: triggers are taken off, and put back afterwards."""

import sqlite3
from contextlib import contextmanager

from books import columns, journal_table, key_columns, quoted


@contextmanager
def forced(path):
    """A writing connection past every trigger, check and foreign key."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("BEGIN")
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {quoted(name)}")
        yield connection
        for _, statement in triggers:
            connection.execute(statement)
        connection.execute("COMMIT")
    finally:
        connection.close()


def rows_of(connection, table):
    """(key values, column → value) of every row, in the order of the key."""
    names = list(columns(connection, table))
    keys = key_columns(connection, table)
    selected = [quoted(name) for name in keys + names]
    order = ", ".join(str(place + 1) for place in range(len(keys)))
    rows = connection.execute(f"SELECT {', '.join(selected)} FROM {quoted(table)} ORDER BY {order}")
    return [(row[: len(keys)], dict(zip(names, row[len(keys):]))) for row in rows]


def journal_rows(connection):
    """The records of the journal in order: (key values, columns)."""
    return rows_of(connection, journal_table(connection))


def sequence_of(row):
    """The number by which `posd verify` names this record."""
    key, values = row
    named = [value for name, value in values.items() if name.lower() in ("sequence", "seq")]
    return named[0] if named else key[-1] & ((1 << 40) - 1)  # key = epoch << 40 | sequence


def matching(connection, table):
    """`WHERE` of one row by its key."""
    return " AND ".join(f"{quoted(name)} IS ?" for name in key_columns(connection, table))


def record_bytes_column(row):
    """The column that holds the canonical bytes of a record: the longest text or blob that opens like JSON."""
    candidates = {name: value for name, value in row[1].items() if isinstance(value, (str, bytes))}
    opening = {name: v for name, v in candidates.items() if v[:1] in ("{", b"{")}
    assert opening or candidates, f"no record bytes in {list(row[1])}"
    return max(opening or candidates, key=lambda name: len(candidates[name]))


def with_one_change(value):
    """The same text or bytes with one character in it changed: a digit, so that JSON stays JSON."""
    if isinstance(value, str):
        return with_one_change(value.encode()).decode()
    for place in range(len(value) // 2, len(value)):
        if chr(value[place]).isdigit():
            digit = b"%d" % ((value[place] - 48 + 1) % 10)
            return value[:place] + digit + value[place + 1:]
    return value[:-1] + bytes([value[-1] ^ 1])


def change_byte(connection, row):
    table, name = journal_table(connection), record_bytes_column(row)
    statement = f"UPDATE {quoted(table)} SET {quoted(name)} = ? WHERE {matching(connection, table)}"
    assert connection.execute(statement, (with_one_change(row[1][name]), *row[0])).rowcount == 1


def delete_record(connection, row):
    table = journal_table(connection)
    statement = f"DELETE FROM {quoted(table)} WHERE {matching(connection, table)}"
    assert connection.execute(statement, row[0]).rowcount == 1


def swap_records(connection, one, other):
    """Each of two records in the other's place."""
    delete_record(connection, one)
    delete_record(connection, other)
    for source, place in ((one, other), (other, one)):
        copy_record(connection, source, place[0])


def copy_record(connection, row, place):
    """A record once more, under another key."""
    table, keys = journal_table(connection), key_columns(connection, journal_table(connection))
    values = {**row[1], **dict(zip(keys, place))}
    names = ", ".join(quoted(name) for name in values)
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})", list(values.values()))


def changeable_column(row):
    """A column of money; without one, of stored bytes; without those, any whole number."""
    numbers = [name for name, value in row[1].items() if isinstance(value, int)]
    amounts = [name for name in numbers if name.endswith(("Fen", "MicroYuan"))]
    payloads = [name for name, value in row[1].items() if isinstance(value, (str, bytes)) and len(value) > 40]
    return (amounts or payloads or numbers)[0]


def change_row(connection, table, row):
    """One fen more, or one digit other, in a stored row."""
    name = changeable_column(row)
    old = row[1][name]
    new = old + 1 if isinstance(old, int) else with_one_change(old)
    statement = f"UPDATE {quoted(table)} SET {quoted(name)} = ? WHERE {matching(connection, table)}"
    assert connection.execute(statement, (new, *row[0])).rowcount == 1
