"""Times sales while backups are made, against the same sales without.

    python3 Benchmarks/backup_load.py [--posd FILE] [--seconds 10] [--megabytes 200] [--rounds 3]

The sale S10 from 16 clients on a database of some size; in every other run one backup follows the other. Prints
sales a second, p50, p99 and the longest, the median of the rounds, and how long a backup took.
"""

import argparse
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from bench import BUILD, Bench, prepare, take_priority


def grow(database, megabytes):
    """Fills the database up with taken-up baskets, which no sale looks at."""
    with sqlite3.connect(database) as connection:
        for _ in range(megabytes):
            connection.execute(
                "INSERT INTO heldBasket SELECT randomblob(16), id, 'x', hex(randomblob(500000)), 0, 1 FROM station")


def run(bench, keeps_backing_up):
    """One run: what the load program says, and the seconds of each backup."""
    data, target = bench.folder / "round", bench.folder / "backups"
    for folder in (data, target):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(bench.folder / "data", data)
    shutil.copy(bench.folder / "data.keys", bench.folder / "round.keys")
    target.mkdir()
    times, stop = [], threading.Event()

    def back_up():
        while not stop.is_set():
            begin = time.monotonic()
            subprocess.run([str(bench.posd), "backup", "--data", str(data), "--to", str(target)],
                           check=True, stdout=subprocess.DEVNULL)
            times.append(time.monotonic() - begin)
            for path in target.glob("*.posdbackup"):
                path.unlink()

    with bench.serving(data) as server:
        worker = threading.Thread(target=back_up)
        if keeps_backing_up:
            worker.start()
        figures = bench.load(server, "/api/v1/sales", bench.folder / "sale.json", 201, 16)
        stop.set()
        if keeps_backing_up:
            worker.join()
    return figures, times


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--posd", type=Path, default=BUILD / "release" / "posd")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="backup-", dir=BUILD) as folder:
        bench = Bench(options.posd.resolve(), Path(folder), options.seconds)
        bench.build()
        prepare(bench)
        grow(bench.folder / "data" / "posd.sqlite", options.megabytes)
        take_priority()
        runs = {False: [], True: []}
        for _ in range(options.rounds):
            for keeps in runs:
                runs[keeps].append(run(bench, keeps))
    for keeps, results in runs.items():
        middle = {key: statistics.median(figures[key] for figures, _ in results)
                  for key in ("perSecond", "p50Microseconds", "p99Microseconds", "maxMicroseconds")}
        times = [value for _, one in results for value in one]
        print(f"{'with backups' if keeps else 'without':14} {middle['perSecond']:7.0f} sales/s"
              f"  p50 {middle['p50Microseconds'] / 1000:.2f} ms  p99 {middle['p99Microseconds'] / 1000:.2f} ms"
              f"  max {middle['maxMicroseconds'] / 1000:.1f} ms"
              + (f"  {len(times)} backups of {statistics.median(times):.1f} s" if times else ""))


if __name__ == "__main__":
    main()
