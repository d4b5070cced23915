"""Recognitions of many people from many terminals, with everything that goes wrong, and posd killed meanwhile.

The suite plays a small day; `make attendance` plays 132,212 recognitions of 3,846 people from 30 terminals
(`ATTENDANCE_ROWS`, `ATTENDANCE_PEOPLE`, `ATTENDANCE_TERMINALS`, `SEED`). Count, person, time and centre must equal the
truth, nothing twice, and nothing personal on the disk.
"""

import datetime
import os
import random
import threading
import time
from collections import Counter

from client import Client
from daemon import Daemon, run, said
from days import visits
from faults import ALL
from personal import Secrets
from terminals import add_centre, enrol, everything_on_disk, expected, free_port, hik, stored, unjudged, zk

ROWS = int(os.environ.get("ATTENDANCE_ROWS", 2500))
PEOPLE = int(os.environ.get("ATTENDANCE_PEOPLE", 200))
TERMINALS = int(os.environ.get("ATTENDANCE_TERMINALS", 8))
KILLS = int(os.environ.get("ATTENDANCE_KILLS", 2))
SEED = int(os.environ.get("SEED", 20260901))
PATIENCE = 900


def machines(daemon, secrets):
    """A mix as centres have them: mostly attendance firmware, some of each other kind."""
    kinds = ["att", "att", "pid", "acc", "hik", "att", "att", "att"]
    made = []
    for place in range(TERMINALS):
        kind = kinds[place % len(kinds)]
        if kind == "hik":
            made.append(hik(daemon, f"a4:14:37:00:01:{place:02x}", ALL, secrets, seed=SEED))
        else:
            made.append(zk(daemon, f"CGXH26{place:04d}", kind, ALL, secrets, seed=SEED))
    return made


def play(terminals, chance):
    """What everybody's terminal saw; one has lost its clock for an hour, one is an hour ahead."""
    for seen in visits(PEOPLE, len(terminals), ROWS, seed=SEED):
        moment = seen.moment
        if seen.terminal == 0 and chance.random() < 0.01:
            moment = datetime.datetime(2000, 1, 1) + datetime.timedelta(seconds=int(seen.number) * 7 % 86400)
        elif seen.terminal == 1:
            moment += datetime.timedelta(hours=1)
        terminals[seen.terminal].recognise(seen.number, moment)


def kill_and_restart(daemon, options, threads, total):
    """SIGKILL at moments spread over the run, each time after more of it has been stored."""
    for kill in range(KILLS):
        goal = total * (kill + 1) // (KILLS + 2)
        end = time.monotonic() + PATIENCE
        while len(stored(daemon)) < goal and any(thread.is_alive() for thread in threads):
            assert time.monotonic() < end, "nothing goes on"
            time.sleep(0.05)
        daemon.kill()
        daemon.start(*options)
        yield len(stored(daemon))


def test_every_recognition_is_on_record_once_whatever_happens():
    chance = random.Random(SEED)
    daemon = Daemon()
    options = ("demo", "--terminal-listen", f"127.0.0.1:{free_port()}")
    daemon.start(*options)
    try:
        secrets = Secrets(SEED)
        terminals = machines(daemon, secrets)
        boss = Client(daemon).log_in_as("manager")
        centres = [add_centre(boss, f"第{place}助餐点") for place in range(len(terminals))]
        for terminal, centre in zip(terminals, centres):
            enrol(boss, terminal, centre)
        play(terminals, chance)
        total = sum(len(terminal.memory) for terminal in terminals)
        # Some were off line: they have days to send when they come back.
        threads = [threading.Thread(target=terminal.deliver, kwargs={"patience": PATIENCE}, daemon=True)
                   for terminal in terminals]
        begin = time.monotonic()
        for thread in threads:
            thread.start()
        kills = list(kill_and_restart(daemon, options, threads, total))
        for thread in threads:
            thread.join(PATIENCE)
        seconds = time.monotonic() - begin
        requests = sum(terminal.requests for terminal in terminals)
        print(f"{total} recognitions in {seconds:.1f} s and {requests} requests; killed at {kills}")
        check(daemon, terminals, centres, secrets)
    finally:
        daemon.kill()
        Daemon.everyone.remove(daemon)


def check(daemon, terminals, centres, secrets):
    assert not [terminal.serial for terminal in terminals if terminal.waiting]
    found = Counter(stored(daemon))
    truth = Counter(set(expected(list(zip(terminals, centres)))))
    missing, extra = truth - found, found - truth
    assert not missing, f"{sum(missing.values())} missing: {list(missing)[:3]}"
    assert not extra, f"{sum(extra.values())} too many: {list(extra)[:3]}"
    assert unjudged(daemon) == (0, 0)
    assert min(len(sent) for sent in secrets.sent.values()) > 3
    leaks = [(str(path), kind) for path, content in everything_on_disk(daemon)
             for kind, _ in secrets.found_in(content)]
    assert not leaks
    finished = run("verify", "--data", daemon.folder, seconds=PATIENCE)
    assert finished.returncode == 0, said(finished)
