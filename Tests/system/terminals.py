"""Simulated terminals at the daemon of a test: enrolled by the API, held against what is on record."""

import datetime
import os
import socket
import sqlite3

import hikvision
import zkteco
from client import new_id
from faults import NONE
from personal import Secrets

CHINA = datetime.timezone(datetime.timedelta(hours=8))


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def add_centre(manager, name="康乐社区助餐点"):
    return manager.post("/centres", {"id": new_id(), "name": name, "nameEn": "Kangle"}).expect(201)["id"]


def enrol(manager, terminal, centre, **more):
    """The terminal in the books, as the API answers."""
    serial = getattr(terminal, "address", terminal.serial)
    body = {"id": new_id(), "serial": serial, "family": terminal.family, "centreID": centre, **more}
    return manager.post("/terminals", body).expect(201)


def zk(daemon, serial, kind="att", faults=NONE, secrets=None, **more):
    return zkteco.FAMILIES[kind](serial, "127.0.0.1", daemon.terminal_port, secrets or Secrets(1), faults, **more)


def hik(daemon, address, faults=NONE, secrets=None, **more):
    return hikvision.Terminal(address, "127.0.0.1", daemon.terminal_port, secrets or Secrets(1), faults, **more)


def at_ms(moment):
    return int(moment.replace(tzinfo=CHINA).timestamp() * 1000)


def stored(daemon):
    """(serial, centre, number, milliseconds) of every pass on record, sorted."""
    connection = sqlite3.connect(f"file:{daemon.database}?mode=ro", uri=True, timeout=30)
    try:
        rows = connection.execute(
            "SELECT serial, hex(centreID), number, atMs FROM terminalPass JOIN terminalBatch USING (journalKey)"
            " JOIN terminal ON terminal.id = terminalID").fetchall()
    finally:
        connection.close()
    return sorted(rows)


def expected(terminals):
    """The same of what terminals and centres say: pairs of a simulator and the id of its centre."""
    return sorted((terminal.serial, centre.replace("-", "").upper(), one[0], at_ms(one[1]))
                  for terminal, centre in terminals for one in terminal.memory)


def everything_on_disk(daemon):
    """(path, bytes) of each file of the data folder, and what the daemon said."""
    yield daemon.log, daemon.log.read_bytes()
    for folder, _, names in os.walk(daemon.folder):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    yield path, file.read()
