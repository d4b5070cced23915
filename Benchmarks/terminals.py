"""Measures batches of 100 rows through the ZKTeco endpoint, judged and stored, against plain C on the same disk.

    python3 Benchmarks/terminals.py [--posd FILE] [--rounds 3] [--seconds 2] [--batches 150] [--people 200] [--profile]

Thirty centres have a terminal and 200 people each, who do not exist (a batch is half of them); three of four are
residents of 70 and older. A terminal that was cut off sends its days one after the other, in batches of 100:

  served   each row is the first meal of an enrolled person on an open day: judged with all that is open of the person,
           subsidised for most, the rest on account (money that is brought today pays no meal of a day before). Nothing
           is a repeat: those are cheaper. This is what the target is for.
  unknown  numbers nobody is enrolled under: kept as exceptions, no money.

C writes, for each batch, the rows that posd wrote for one of that kind, in one transaction with one sync
(`baseline.c`). Both write the same number of batches from the same beginning, because each costs more than the one
before: ids are hashes, and lie all over tables that grow.

Then a sale's latency is measured alone, while 30 terminals push at lunch (each one person every two seconds, more than
can pass a counter), and while they all send batches of 100 without a pause, as after an outage.
Afterwards every row must be on record with the verdict it should have. The figures also go to
.build/bench-terminals.json. `--profile` records one terminal's batches with perf to .build/bench-terminals.perf.
"""

import argparse
import http.client
import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

from bench import (
    BUILD, PASSWORD, ROOT, Bench, Server, copy_database, prepare, rows_by_table, sync_microseconds, take_priority)

sys.path.insert(0, str(ROOT / "Examples"))

from make_beneficiaries import HEADER, identity_number  # noqa: E402

TERMINALS, PEOPLE = 30, 200
PREFIXES = {"served": "100", "unknown": "900"}
TARGET = 0.5
LONGEST = 120


class TerminalServer(Server):
    """A posd that hears terminals, and has verified its books after the start."""

    def __init__(self, bench, data):
        self.terminal_port = None
        super().__init__(bench, data)
        time.sleep(min(1, bench.seconds))

    def await_port(self):
        port = super().await_port()
        for line in self.log.read_text().splitlines():
            if line.startswith("terminals http://127.0.0.1:"):
                self.terminal_port = int(line.rsplit(":", 1)[1])
        return port


class Manager:
    """One connection for many requests."""

    def __init__(self, server, token):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def post(self, path, **body):
        self.connection.request("POST", "/api/v1" + path, json.dumps({"id": str(uuid.uuid4())} | body), self.headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status != 201:
            raise SystemExit(f"POST {path}: {answer.status} {text.decode()}")
        return json.loads(text)


class Place:
    """A data folder with people, centres and terminals, and what each mix did to it."""

    def __init__(self, bench, people, batches):
        self.bench, self.people, self.rows, self.batches = bench, people, people // 2, batches
        self.data, self.round = bench.folder / "data", bench.folder / "round"
        bench.disk["POSD_TERMINAL_LISTEN"] = "127.0.0.1:0"

    def set_up(self):
        prepare(self.bench)
        lists = self.bench.folder / "people.csv"
        lists.write_text("\n".join([",".join(HEADER), *map(person, range(TERMINALS * self.people))]) + "\n")
        self.bench.run_posd("import", "beneficiaries", lists, "--source", "民政局")
        server = TerminalServer(self.bench, self.data)
        self.bench.token = server.ask("POST", "/sessions", {"user": "bench", "password": PASSWORD})["token"]
        self.enrol(Manager(server, self.bench.token))
        server.stop()
        for mix in PREFIXES:
            self.keep_one_batch(mix)

    def enrol(self, manager):
        with sqlite3.connect(self.data / "posd.sqlite") as db:
            people = [str(uuid.UUID(bytes=row[0])) for row in db.execute("SELECT id FROM person ORDER BY id")]
        for terminal in range(TERMINALS):
            centre = manager.post("/centres", name=f"第{terminal + 1}助餐点", nameEn="")["id"]
            manager.post("/terminals", serial=f"BENCH{terminal:02d}", family="zktecoAttendance", centreID=centre)
            for place in range(self.people):
                manager.post(f"/centres/{centre}/enrolments", number=f"{PREFIXES['served']}{place + 1:04d}",
                             personID=people[terminal * self.people + place], **{"from": "2020-01-01"})

    def keep_one_batch(self, mix):
        """The database before and after one batch like those measured: of people and a day that have others."""
        server = TerminalServer(self.bench, self.fresh())
        for batch in range(4):
            self.push(server, mix, clients=1, batches=1, first=batch * self.rows)
            if batch >= 2:
                copy_database(self.round, self.bench.folder / f"{mix}-{('before', 'after')[batch - 2]}.sqlite")
        server.stop()

    def fresh(self):
        """A copy of the data folder."""
        shutil.rmtree(self.round, ignore_errors=True)
        shutil.copytree(self.data, self.round)
        shutil.copy(self.bench.folder / "data.keys", self.bench.folder / "round.keys")
        return self.round

    def command(self, server, mix, clients, *pause, rows=None, seconds=LONGEST, batches=0, first=0):
        return [self.bench.folder / "terminals", server.terminal_port, rows or self.rows, clients, seconds, batches,
                first, PREFIXES[mix], *pause]

    def push(self, server, mix, clients, batches, first=0):
        figure = self.bench.measured(self.command(server, mix, clients, batches=batches, first=first))
        if figure["count"] != batches:
            raise SystemExit(f"{figure['count']} of {batches} batches in {LONGEST} s")
        return figure

    def limit(self, mix):
        """C, and that it added what posd adds, table by table."""
        before, after, new = (self.bench.folder / f"{name}.sqlite" for name in (f"{mix}-before", f"{mix}-after", "new"))
        for path in self.bench.folder.glob("new.sqlite*"):
            path.unlink()
        figure = self.bench.measured([self.bench.folder / "baseline", before, after, new, LONGEST, self.batches])
        had, got, made = (rows_by_table(path) for path in (before, after, new))
        wrong = [name for name in had if made[name] != had[name] + figure["sales"] * (got[name] - had[name])]
        if wrong:
            raise SystemExit(f"the baseline does not write what posd writes: {wrong}")
        return figure["perSecond"]

    def check(self, mix, rows):
        """Every row that was sent is on record, as what it should be."""
        with sqlite3.connect(self.round / "posd.sqlite") as db:
            found = db.execute("SELECT verdict, payment IS NULL, COUNT(*) FROM meal GROUP BY 1, 2").fetchall()
        if found != [("served", 0, rows) if mix == "served" else ("exception", 1, rows)]:
            raise SystemExit(f"{rows} rows of {mix} sent, on record are {found}")


def person(place):
    """A line of an office's list; every fourth is younger than 70."""
    birth = (1966 if place % 4 == 0 else 1936 + place % 20, place // 28 % 12 + 1, place % 28 + 1)
    number = identity_number("{}{:02d}{:02d}".format(*birth), place // 336)
    day = "{}-{:02d}-{:02d}".format(*birth)
    name = "王李张刘陈杨黄赵吴周"[place % 10] + "秀桂玉淑凤兰珍华梅英"[place // 10 % 10]
    return f"{name},{number},{day},示例{place % 175 + 1:03d}社区,老人,二七区,100{place:08d}"


def measure_round(place):
    """Per mix C, posd with one terminal at a time and with all, C again; then sales alone and beside terminals."""
    figures = {}
    for mix in PREFIXES:
        limits, names = [place.limit(mix)], []
        for clients in (1, TERMINALS):
            server = TerminalServer(place.bench, place.fresh())
            figure = figures[f"{mix}{clients}"] = place.push(server, mix, clients, place.batches)
            server.stop()
            place.check(mix, place.batches * place.rows)
        limits.append(place.limit(mix))
        limit = statistics.mean(limits)
        for clients in (1, TERMINALS):
            figures[f"{mix}{clients}"]["ratio"] = figures[f"{mix}{clients}"]["perSecond"] / limit
        figures[f"{mix}Limit"] = {"perSecond": limit}
    server = TerminalServer(place.bench, place.fresh())
    for name, rows, pause in (("alone", 0, 0), ("lunch", 1, 2000), ("backlog", place.rows, 0)):
        figures[f"sale_{name}"] = sell_beside(place, server, rows, pause)
    server.stop()
    return figures


def sell_beside(place, server, rows, pause):
    """Sales of one client, one after the other, while the terminals push so many rows with this pause."""
    beside = None
    if rows:
        # What was sent at lunch is not sent again: the backlog begins on the second day.
        command = place.command(server, "served", TERMINALS, pause, rows=rows, seconds=place.bench.seconds + 0.6,
                                first=0 if pause else place.people)
        beside = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE)
        time.sleep(0.3)
    figure = place.bench.load(server, "/api/v1/sales", place.bench.folder / "sale.json", 201, 1)
    if beside:
        said, _ = beside.communicate(timeout=60)
        if beside.returncode != 0:
            raise SystemExit("the terminals were not served")
        pushed = json.loads(said)
        figure["rowsPerSecond"] = pushed["perSecond"] * rows
        figure["pushP99Microseconds"] = pushed["p99Microseconds"]
    return figure


def profile(place):
    """Where the time of a batch goes."""
    server = TerminalServer(place.bench, place.fresh())
    command = ["perf", "record", "-F", "2500", "-g", "--call-graph", "fp", "-o", BUILD / "bench-terminals.perf",
               "-p", server.process.pid]
    recorder = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    time.sleep(0.5)
    print(place.push(server, "served", 1, place.batches))
    recorder.send_signal(2)
    recorder.wait(60)
    server.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posd", type=Path, default=BUILD / "release" / "posd")
    parser.add_argument("--rounds", type=int, default=3, choices=range(1, 10))
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--batches", type=int, default=150, choices=range(1, 1001))
    parser.add_argument("--people", type=int, default=PEOPLE, choices=range(4, PEOPLE + 1))
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=BUILD) as folder:
        bench = Bench(options.posd.resolve(), Path(folder), options.seconds)
        bench.build()
        bench.compile("terminals", "terminals", "-D_GNU_SOURCE", f"-DPEOPLE={options.people}")
        place = Place(bench, options.people, options.batches)
        place.set_up()
        is_real_time = take_priority()
        if options.profile:
            profile(place)
            return
        rounds = [measure_round(place) for _ in range(options.rounds)]
        sync = sync_microseconds(bench)
    figures = {name: {key: statistics.median(one[name][key] for one in rounds) for key in rounds[0][name]}
               for name in rounds[0]}
    if options.people == PEOPLE:
        (BUILD / "bench-terminals.json").write_text(json.dumps(figures, indent=2) + "\n")
    show(figures, place.rows, sync, is_real_time)


def show(figures, rows, sync, is_real_time):
    print(f"disk sync {sync:.0f} µs, {'real-time' if is_real_time else 'usual'} priority")
    for mix in PREFIXES:
        print(f"C, batches of {rows} {mix}, one sync each: {figures[f'{mix}Limit']['perSecond']:.0f}/s")
        for clients in (1, TERMINALS):
            one = figures[f"{mix}{clients}"]
            missed = "  MISSED" if mix == "served" and one["ratio"] < TARGET else ""
            target = f" (target ≥ {TARGET})" if mix == "served" else ""
            print(f"posd, {clients} at a time: {one['perSecond']:.0f}/s, {one['ratio']:.2f} of C{target}, "
                  f"p99 {one['p99Microseconds'] / 1000:.2f} ms{missed}")
    for name in ("alone", "lunch", "backlog"):
        one = figures[f"sale_{name}"]
        beside = f"; beside it {one['rowsPerSecond']:.0f} rows/s" if "rowsPerSecond" in one else ""
        print(f"sale, {name}: {one['perSecond']:.0f}/s, p50 {one['p50Microseconds'] / 1000:.2f} ms, "
              f"p99 {one['p99Microseconds'] / 1000:.2f} ms, max {one['maxMicroseconds'] / 1000:.2f} ms{beside}")


if __name__ == "__main__":
    main()
