"""A demonstration whose receipts go to an emulated USB printer, and what the printer took of each slip."""

import os
import re
import socket
import subprocess
import time
from pathlib import Path

import daemon as daemons
from client import Client, Till, new_id
from daemon import Daemon
from usb_printer import QUESTION

# Between slips: questions, drawer pulses, and the zeros that fill up a broken command.
BETWEEN = re.compile(rb"(?:" + QUESTION.pattern + rb"|\x1b\x70[\x00\x01]\x32\xfa|\x1d\x61\x00)+|\0+\n?", re.DOTALL)
# What is left where one of those, or a slip at its first byte, was broken off.
BROKEN = re.compile(rb"(?:\x10\x04?|\x1d\x61?|\x1d\x28(?:\x48(?:\x06(?:\x00(?:\x30(?:\x30[\x20-\x7e]{0,3})?)?)?)?)?|\x1b(?:\x70.{0,2})?)*", re.DOTALL)
PULSE = re.compile(rb"\x1b\x70([\x00\x01])\x32\xfa")
POSD = daemons.BINARY.resolve()
STYLES = re.compile(rb"\x1b\x61.|\x1d\x21.|\x1b\x45.", re.DOTALL)
ENDS = ("printed", "accepted", "possiblyPrinted", "failed")
DONE = ("printed", "accepted")


class StationPrinter:
    """The daemon on its printer; `tell` changes the printer."""

    def __init__(self, emulator, folder, monkeypatch, options=(), settings=None):
        self.capture, self.paper, self.control = folder / "capture", folder / "paper", folder / "ctl"
        self.emulator, self.wrapper = emulator, folder / "posd"
        self.wrap(options)
        monkeypatch.setattr(daemons, "BINARY", self.wrapper)
        self.daemon = Daemon(settings={"POSD_PRINTER": "usb", **(settings or {})}).start()
        self.log_in()

    def log_in(self):
        self.till = Till(Client(self.daemon).log_in_as("manager"))
        self.client = self.till.client

    def wrap(self, options):
        words = " ".join([str(self.emulator), "--capture", str(self.capture), "--paper", str(self.paper), "--ctl", str(self.control), *options])
        self.wrapper.write_text(f'#!/bin/sh\nexec umockdev-wrapper {words} -- {POSD} "$@"\n')
        self.wrapper.chmod(0o755)

    def start_again(self, *options):
        """The daemon on another printer, which has taken nothing yet."""
        self.wrap(options)
        self.daemon.start()
        self.log_in()

    def command(self, *arguments):
        """A command of posd beside the daemon; it sees no printer."""
        finished = subprocess.run([POSD, *map(str, arguments)], capture_output=True, timeout=60, env=daemons.environment())
        assert finished.returncode == 0, daemons.said(finished)

    def tell(self, line):
        with socket.socket(socket.AF_UNIX) as connection:
            end = time.monotonic() + 10
            while connection.connect_ex(str(self.control)):
                assert time.monotonic() < end, "the emulator does not listen"
                time.sleep(0.005)
            connection.sendall(line.encode() + b"\n")
            return connection.recv(256).decode()

    def posd(self):
        """The process of the daemon itself, a child of the emulator."""
        pid = self.daemon.process.pid
        return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])

    def lose_udev(self):
        """From now on nobody tells the daemon of plugs, as in a container without udevd."""
        words = Path(f"/proc/{self.posd()}/environ").read_bytes().split(b"\0")
        mock = next(word.split(b"=", 1)[1] for word in words if word.startswith(b"UMOCKDEV_DIR="))
        for path in Path(mock.decode()).glob("event*"):
            path.unlink()

    def stat(self, name):
        words = self.tell("stat").split()
        return int(words[words.index(name) + 1])

    def jobs(self):
        return sorted(self.client.all_items("/print-jobs"), key=lambda job: job["id"])

    def job(self, sale, copy=0):
        return next(job for job in self.jobs() if job["saleID"] == sale["id"] and job["copy"] == copy)

    def job_in(self, sale, states, copy=0, seconds=20):
        """The job of a sale once it is in one of these states."""
        end = time.monotonic() + seconds
        while (job := self.job(sale, copy))["state"] not in states:
            assert time.monotonic() < end, f"the job stays {job}"
            time.sleep(0.05)
        return job

    def wait_for(self, what, seconds=10):
        end = time.monotonic() + seconds
        while not (found := what()):
            assert time.monotonic() < end, "it does not happen"
            time.sleep(0.02)
        return found

    def printer(self):
        return self.client.get("/printers").expect(200)["items"][0]

    def decide(self, job, decision, status=201, **more):
        return self.client.post(f"/print-jobs/{job['id']}/decisions", {"id": new_id(), "decision": decision, **more}).expect(status)

    def stop(self):
        self.daemon.process.terminate()
        self.daemon.process.wait(30)

    def taken(self):
        return self.capture.read_bytes() if os.path.exists(self.capture) else b""

    def expected(self, job):
        """The bytes of a slip, from its document; a copy differs from the first print by its words."""
        return self.client.get(f"/sales/{job['saleID']}/receipt.escpos?columns=48").body

    def expectations(self):
        """Every job with the bytes of the first print of its slip; ask before `stop`."""
        return [(job, self.client.get(f"/sales/{job['saleID']}/receipt.escpos?columns=48").body) for job in self.jobs()]

    def audit(self, expectations):
        """Holds what the printer took, byte by byte, against the jobs; how often each came out: whole, in part."""
        seen = occurrences(self.taken(), expectations)
        for job, _ in expectations:
            whole, broken = seen[job["id"]]
            if job["state"] in DONE:
                assert (whole, broken) == (1, 0), f"{job} came out {whole} times, and {broken} times in part"
            elif job["state"] == "possiblyPrinted":
                assert whole + broken <= 1, f"{job} was sent {whole + broken} times"
            else:
                assert (whole, broken) == (0, 0), f"{job} was sent"
        return seen


def occurrences(taken, expectations):
    """How often each job's slip was taken, whole and in part; each byte is of one, and they stand in the order of the queue."""
    seen = {job["id"]: [0, 0] for job, _ in expectations}
    last = 0
    for slip in re.split(rb"(?=\x1b\x40)", taken):
        if not slip.startswith(b"\x1b\x40"):
            assert is_between(slip), f"bytes of no slip: {slip[:60]!r}"
            continue
        job, is_whole = owner(slip, expectations, last)
        last = job["id"]
        seen[last][0 if is_whole else 1] += 1
    return seen


def owner(slip, expectations, last):
    """The job these bytes are of, and whether they are all of it: none before the last, and none that is not in doubt in part."""
    later = [(job, *taken_of(slip, first, job["copy"])) for job, first in expectations if job["id"] > last]
    for job, _, is_whole, rest in later:
        if is_whole and is_between(rest):
            return job, True
    for job, count, _, rest in later:
        if count and job["state"] == "possiblyPrinted" and is_between(rest):
            return job, False
    raise AssertionError(f"after job {last} came {len(slip)} bytes that are none of the next job's: {slip[:400]!r}")


def is_between(rest):
    return BROKEN.fullmatch(BETWEEN.sub(b"", rest)) is not None


def taken_of(slip, first, copy):
    """How many bytes of a slip are those of this copy, whether they are all of it, and what follows.

    A copy is the first print with a mark of its own put in twice; its styles are set again around them."""
    if copy == 0:
        count = common(slip, first)
        return count, count == len(first), slip[count:]
    mark = f"副本 COPY {copy}\n".encode("gb18030")
    found, wanted = STYLES.sub(b"", slip), STYLES.sub(b"", first)
    marks = found.count(mark)
    count = common(found.replace(mark, b""), wanted)
    if count == len(wanted):
        # The last mark stands before the cut; a slip without both is another copy's.
        return (count, True, found.replace(mark, b"")[count:]) if marks == 2 else (0, False, b"")
    return (count if marks or count < 60 else 60), False, b""


def common(left, right):
    """How many bytes both begin with."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if left[low:middle] == right[low:middle] else (low, middle - 1)
    return low


def missing_on(paper, expectations):
    """The jobs said to be done whose slip is not on paper whole and once."""
    seen = occurrences(paper, expectations)
    return [job for job, _ in expectations if job["state"] in DONE and seen[job["id"]][0] != 1]
