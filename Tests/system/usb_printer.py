"""An emulated printer, USB or network, with the program `usbtry` printing to it.

`devices/simulators/usb-printer/README.md` tells how the emulation works. `POSD_USBTRY` names another binary.
"""

import os
import pathlib
import re
import select
import shutil
import socket
import subprocess
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIMULATOR = ROOT / "devices" / "simulators" / "usb-printer"
BINARY = pathlib.Path(os.environ.get("POSD_USBTRY", ROOT / ".build" / "debug" / "usbtry"))
# Short waits: what takes a minute in a shop takes a second here.
QUICK = ["--settle-ms", "150", "--slice-ms", "150", "--no-progress-ms", "900", "--refill-ms", "6000", "--open-ms", "300"]
QUESTION = re.compile(rb"\x1d\x61[\x00\xff]|\x10\x04[\x01-\x04]|\x1d\x28\x48\x06\x00\x30\x30[\x20-\x7e]{4}", re.DOTALL)


def missing():
    """Why these tests cannot run here, or None."""
    if not shutil.which("umockdev-wrapper"):
        return "umockdev is not installed (apt-get install umockdev libumockdev-dev)"
    return None if BINARY.exists() else "usbtry is not built"


_emulator = None


def build(folder):
    """The emulator; built into this folder unless the run has built it before."""
    global _emulator
    if _emulator is None:
        subprocess.run(["make", "-s", "-C", str(SIMULATOR), f"OUT={folder}", f"{folder}/fakeprinter"], check=True, timeout=120)
        _emulator = folder / "fakeprinter"
    return _emulator


def slip(size, name="A"):
    """A receipt of so many bytes in which every line is another, so that a lost or doubled byte shows."""
    lines = b"".join(b"%s line %06d 22.50\n" % (name.encode(), number) for number in range(size // 16 + 1))
    return b"\x1b\x40" + lines[: size - 6] + b"\x1d\x56\x42\x00"


class Outcome:
    """One line of usbtry: what became of a slip."""

    def __init__(self, line):
        self.line = line
        words = line.split()
        self.state = words[0] if words else ""
        self.condition = words[1] if len(words) > 1 else None
        self.taken = int(words[2]) if len(words) > 2 else None

    def __eq__(self, other):
        return (self.state, self.condition)[: len(other)] == other if isinstance(other, tuple) else self.state == other

    def __repr__(self):
        return self.line


class Print:
    """A run of usbtry on an emulated USB printer; `slips` are printed in order, one for each `next()`."""

    def __init__(self, emulator, folder, slips, printer=(), arguments=(), quick=QUICK):
        self.slips, self.sent, self.outcomes = slips, 0, []
        self.capture, self.control, self.log = folder / "capture", folder / "ctl", folder / "emulator.log"
        self.mock = folder / "mock"
        files = []
        for number, content in enumerate(slips):
            files.append(folder / f"slip{number}")
            files[-1].write_bytes(content)
        command = ["umockdev-wrapper", emulator, "--capture", self.capture, "--ctl", self.control, "--log", self.log, *printer, "--"]
        command += ["sh", "-c", f'echo "$UMOCKDEV_DIR" > {self.mock}; exec "$@"', "sh"]
        command += [BINARY, *quick, "--step", *arguments, *files]
        self.process = subprocess.Popen(
            [str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.process.kill()
        self.process.wait()

    def next(self, timeout=30):
        """The outcome of the next slip."""
        if self.outcomes:
            self.process.stdin.write(b"\n")
            self.process.stdin.flush()
        return self.outcome(timeout)

    def outcome(self, timeout=30):
        assert select.select([self.process.stdout], [], [], timeout)[0], f"no outcome in {timeout} s\n{self.tail()}"
        self.outcomes.append(Outcome(self.process.stdout.readline().decode()))
        return self.outcomes[-1]

    def begin(self):
        """Starts the next slip and does not wait for it."""
        if self.outcomes:
            self.process.stdin.write(b"\n")
            self.process.stdin.flush()

    def tell(self, line):
        """Changes the printer: `paper out`, `unplug`, …; its answer."""
        with socket.socket(socket.AF_UNIX) as connection:
            self.connect(connection)
            connection.sendall(line.encode() + b"\n")
            return connection.recv(256).decode()

    def connect(self, connection):
        """The emulator needs a moment to listen."""
        end = time.monotonic() + 10
        while code := connection.connect_ex(str(self.control)):
            assert time.monotonic() < end, f"the emulator does not listen ({code})"
            time.sleep(0.005)

    def wait_for_bytes(self, count, timeout=10):
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if int(self.tell("stat").split()[1]) >= count:
                return
            time.sleep(0.01)
        raise AssertionError(f"the printer never took {count} bytes\n{self.tail()}")

    def lose_udev(self):
        """From now on nobody tells the program of plugs, as in a container without udevd."""
        for path in pathlib.Path(self.mock.read_text().strip()).glob("event*"):
            path.unlink()

    def finish(self):
        """Ends the program; then the bytes taken must be those of the slips, each once and in order."""
        self.process.stdin.close()
        self.process.wait(timeout=20)
        taken = self.capture.read_bytes()
        check(taken, self.slips, self.outcomes)
        return taken

    def tail(self):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-25:]) if self.log.exists() else ""


def check(taken, slips, outcomes):
    """Every byte a printer took is a question or the next byte due; accepted and printed slips are whole."""
    place, due = 0, 0

    def skip_questions():
        nonlocal place
        while found := QUESTION.match(taken, place):
            place = found.end()

    for content, outcome in zip(slips, outcomes):
        skip_questions()
        if due:
            filling = re.compile(rb"\0+\n").match(taken, place)
            if filling:
                # The slip's rest, and the question for its completion where one was due.
                assert len(filling.group()) - 1 in (due, due + 11), "a broken slip is filled up to its end"
                place = filling.end()
            skip_questions()
        whole = outcome.state in ("printed", "accepted")
        expected = content if whole else content[: outcome.taken]
        found = taken[place : place + len(expected)]
        assert found == expected, f"slip differs at byte {first_difference(found, expected)} of {len(expected)}: {outcome}"
        place += len(expected)
        due = 0 if whole or not expected else len(content) - len(expected)
    skip_questions()
    assert place == len(taken), f"{len(taken) - place} bytes too many: {taken[place : place + 40]!r}"


def first_difference(left, right):
    return next((i for i, (a, b) in enumerate(zip(left, right)) if a != b), min(len(left), len(right)))


class NetworkPrinter:
    """A printer on a TCP port that takes what it is told to take."""

    def __init__(self, limit=None, answers=True, delay=0.0, resets_at=None):
        self.taken, self.connections = bytearray(), 0
        self.limit, self.answers, self.delay, self.resets_at = limit, answers, delay, resets_at
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(1)
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            with connection:
                self.take(connection)

    def take(self, connection):
        while True:
            while self.limit is not None and len(self.taken) >= self.limit:
                time.sleep(0.02)
            try:
                some = connection.recv(512)
            except OSError:
                return
            if not some:
                return
            before = len(self.taken)
            self.taken += some
            if self.resets_at is not None and len(self.taken) >= self.resets_at:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                return
            if self.answers:
                connection.sendall(self.answer_to(bytes(self.taken[max(0, before - 2) :])))
            time.sleep(self.delay)

    @staticmethod
    def answer_to(some):
        answer = b"\x10\x00\x00\x0f" * some.count(b"\x1d\x61\xff")
        return answer + b"\x12" * len(re.findall(rb"\x10\x04[\x01-\x04]", some))

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
