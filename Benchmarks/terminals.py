"""Measures batches of 100 rows through the ZKTeco endpoint, judged and stored, against plain C on the same disk.

    python3 Benchmarks/terminals.py [--posd FILE] [--rounds 3] [--seconds 2]

C writes, for each batch, the rows that posd wrote for one, in one transaction with one sync (`baseline.c`). Then a
sale's latency is measured alone and while 30 terminals push at lunch: each a batch of four rows every two seconds,
and, as after an outage, each without a pause. The figures also go to .build/bench-terminals.json.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

from bench import BUILD, Bench, Server, copy_database, prepare, sync_microseconds, take_priority

TERMINALS, ROWS = 30, 100


class TerminalServer(Server):
    """A posd that hears terminals."""

    def __init__(self, bench, data):
        self.terminal_port = None
        super().__init__(bench, data)

    def await_port(self):
        port = super().await_port()
        for line in self.log.read_text().splitlines():
            if line.startswith("terminals http://127.0.0.1:"):
                self.terminal_port = int(line.rsplit(":", 1)[1])
        return port


def serve(bench, data):
    bench.disk["POSD_TERMINAL_LISTEN"] = "127.0.0.1:0"
    return TerminalServer(bench, data)


def push(bench, server, clients, seconds, *pause, rows=ROWS):
    return bench.measured([bench.folder / "terminals", server.terminal_port, rows, clients, seconds, *pause])


def enrol(bench, server):
    centre = str(uuid.uuid4())
    server.ask("POST", "/centres", {"id": centre, "name": "助餐点", "nameEn": ""}, bench.token)
    for number in range(TERMINALS):
        body = {"id": str(uuid.uuid4()), "serial": f"BENCH{number:02d}", "family": "zktecoAttendance",
                "centreID": centre}
        server.ask("POST", "/terminals", body, bench.token)


def one_batch(bench, target):
    """The database before and after one batch like those that are measured."""
    data = bench.folder / "data"
    server = serve(bench, data)
    push(bench, server, 1, 0.001)
    server.stop()
    copy_database(data, target)


def fresh(bench):
    data = bench.folder / "round"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(bench.folder / "data", data)
    shutil.copy(bench.folder / "data.keys", bench.folder / "round.keys")
    return data


def measure_round(bench):
    """C, posd with one terminal and with all, C again; then sales alone and beside terminals."""
    limits = [bench.baseline()["perSecond"]]
    figures = {}
    for clients in (1, TERMINALS):
        server = serve(bench, fresh(bench))
        figures[f"batches{clients}"] = push(bench, server, clients, bench.seconds)
        server.stop()
    limits.append(bench.baseline()["perSecond"])
    limit = statistics.mean(limits)
    for figure in figures.values():
        figure["ratio"] = figure["perSecond"] / limit
    server = serve(bench, fresh(bench))
    for name, pause in (("alone", None), ("lunch", 2000), ("backlog", 0)):
        figures[f"sale_{name}"] = sell_beside(bench, server, pause)
    server.stop()
    return figures | {"limit": {"perSecond": limit}}


def sell_beside(bench, server, pause):
    """Sales of one client every 20 ms or so, while the terminals push with this pause; `None`: while nobody does."""
    beside = None
    if pause is not None:
        rows = ROWS if pause == 0 else 4
        command = [bench.folder / "terminals", server.terminal_port, rows, TERMINALS, bench.seconds + 1, pause]
        beside = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
        time.sleep(0.3)
    figure = bench.load(server, "/api/v1/sales", bench.folder / "sale.json", 201, 1)
    if beside and beside.wait(30) != 0:
        raise SystemExit("the terminals were not served")
    return figure


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posd", type=Path, default=BUILD / "release" / "posd")
    parser.add_argument("--rounds", type=int, default=3, choices=range(1, 10))
    parser.add_argument("--seconds", type=float, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=BUILD) as folder:
        bench = Bench(options.posd.resolve(), Path(folder), options.seconds)
        bench.build()
        bench.compile("terminals", "terminals", "-D_GNU_SOURCE")
        prepare(bench)
        server = serve(bench, bench.folder / "data")
        bench.token = server.ask("POST", "/sessions", {"user": "bench", "password": "measure it twice"})["token"]
        enrol(bench, server)
        server.stop()
        one_batch(bench, bench.folder / "first.sqlite")
        shutil.move(bench.folder / "first.sqlite", bench.folder / "before.sqlite")
        one_batch(bench, bench.folder / "after.sqlite")
        is_real_time = take_priority()
        rounds = [measure_round(bench) for _ in range(options.rounds)]
        sync = sync_microseconds(bench)
    names = rounds[0]
    figures = {name: {key: statistics.median(one[name][key] for one in rounds) for key in names[name]}
               for name in names}
    (BUILD / "bench-terminals.json").write_text(json.dumps(figures, indent=2) + "\n")
    show(figures, sync, is_real_time)


def show(figures, sync, is_real_time):
    print(f"disk sync {sync:.0f} µs, {'real-time' if is_real_time else 'usual'} priority")
    print(f"C, batches of {ROWS}, one sync each: {figures['limit']['perSecond']:.0f}/s")
    for clients in (1, TERMINALS):
        one = figures[f"batches{clients}"]
        print(f"posd, {clients} terminals: {one['perSecond']:.0f}/s, {one['ratio']:.2f} of C (target ≥ 0.5), "
              f"p99 {one['p99Microseconds'] / 1000:.2f} ms")
    for name in ("alone", "lunch", "backlog"):
        one = figures[f"sale_{name}"]
        print(f"sale, {name}: {one['perSecond']:.0f}/s, p50 {one['p50Microseconds'] / 1000:.2f} ms, "
              f"p99 {one['p99Microseconds'] / 1000:.2f} ms")


if __name__ == "__main__":
    main()
