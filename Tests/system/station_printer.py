"""A demonstration whose receipts go to an emulated USB printer, and what the printer took of each slip."""

import os
import re
import socket
import time

import daemon as daemons
from client import Client, Till, new_id
from daemon import Daemon
from usb_printer import QUESTION, first_difference

# Between slips: questions, drawer pulses, and the zeros that fill up a broken command.
BETWEEN = re.compile(rb"(?:" + QUESTION.pattern + rb"|\x1b\x70[\x00\x01]\x32\xfa|\x1d\x61\x00)+|\0+\n?", re.DOTALL)
PULSE = re.compile(rb"\x1b\x70([\x00\x01])\x32\xfa")
STYLES = re.compile(rb"\x1b\x61.|\x1d\x21.|\x1b\x45.", re.DOTALL)
ENDS = ("printed", "accepted", "possiblyPrinted", "failed")
DONE = ("printed", "accepted")


class StationPrinter:
    """The daemon on its printer; `tell` changes the printer."""

    def __init__(self, emulator, folder, monkeypatch, options=(), settings=None):
        self.capture, self.control = folder / "capture", folder / "ctl"
        wrapper = folder / "posd"
        words = " ".join([str(emulator), "--capture", str(self.capture), "--ctl", str(self.control), *options])
        wrapper.write_text(f'#!/bin/sh\nexec umockdev-wrapper {words} -- {daemons.BINARY.resolve()} "$@"\n')
        wrapper.chmod(0o755)
        monkeypatch.setattr(daemons, "BINARY", wrapper)
        self.daemon = Daemon(settings={"POSD_PRINTER": "usb", **(settings or {})}).start()
        self.till = Till(Client(self.daemon).log_in_as("manager"))
        self.client = self.till.client

    def tell(self, line):
        with socket.socket(socket.AF_UNIX) as connection:
            end = time.monotonic() + 10
            while connection.connect_ex(str(self.control)):
                assert time.monotonic() < end, "the emulator does not listen"
                time.sleep(0.005)
            connection.sendall(line.encode() + b"\n")
            return connection.recv(256).decode()

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
        seen = {job["id"]: [0, 0] for job, _ in expectations}
        for slip in re.split(rb"(?=\x1b\x40)", self.taken()):
            if not slip.startswith(b"\x1b\x40"):
                assert not BETWEEN.sub(b"", slip), f"bytes of no slip: {slip[:60]!r}"
                continue
            job, is_whole, rest = owner(slip, expectations, seen)
            assert not BETWEEN.sub(b"", rest), f"{len(rest)} bytes that are not of {job}: {rest[:60]!r}"
            seen[job["id"]][0 if is_whole else 1] += 1
        for job, _ in expectations:
            whole, broken = seen[job["id"]]
            if job["state"] in DONE:
                assert (whole, broken) == (1, 0), f"{job} came out {whole} times, and {broken} times in part"
            elif job["state"] == "possiblyPrinted":
                assert whole + broken <= 1, f"{job} was sent {whole + broken} times"
            else:
                assert (whole, broken) == (0, 0), f"{job} was sent"
        return seen


def owner(slip, expectations, seen):
    """The job these bytes are of, whether all of its bytes are there, and what follows them."""
    found = []
    for job, first in expectations:
        count, is_whole, rest = taken_of(slip, first, job["copy"])
        is_free = seen[job["id"]] == [0, 0]
        found.append((count, is_whole, is_free, job["state"] not in DONE, -job["id"], job, rest))
    # Of two slips that begin alike, a broken one is of the job that is in doubt.
    _, is_whole, *_, job, rest = max(found, key=lambda one: one[:5])
    return job, is_whole, rest


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
    return len(right) if left[: len(right)] == right else first_difference(left, right)
