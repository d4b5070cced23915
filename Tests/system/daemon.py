"""The real binary, started, stopped and killed from outside.

Every process gets its own home, writes its standard error to a file beside its data folder, and is known to
`Daemon.everyone`, so that a failed test can show what each daemon said.
"""

import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = ROOT / os.environ.get("POSD_BINARY", ".build/debug/posd")
PRODUCTS = ROOT / "Examples" / "products.csv"
ERRORS = ROOT / "docs" / "ERRORS.md"

# A debug binary on a busy machine: long enough never to fail for slowness alone.
START_SECONDS = 120
STOP_SECONDS = 60
COMMAND_SECONDS = 120

_session_folder = None


def session_folder():
    """The folder of this test run; short, because a Unix socket's path may not pass 107 bytes."""
    global _session_folder
    if _session_folder is None:
        _session_folder = Path(tempfile.mkdtemp(prefix="posd-"))
        (_session_folder / "home").mkdir()
    return _session_folder


def remove_session_folder():
    if _session_folder is not None:
        shutil.rmtree(_session_folder, ignore_errors=True)


def new_folder(prefix="w"):
    return Path(tempfile.mkdtemp(prefix=prefix, dir=session_folder()))


def environment():
    """The caller's environment, with a home of its own and nothing that could configure the daemon."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("POSD")}
    kept["HOME"] = str(session_folder() / "home")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        kept.pop(name, None)
    return kept


def run(*arguments, lines=(), seconds=COMMAND_SECONDS):
    """One command of the binary, run to its end; `lines` are its standard input."""
    return subprocess.run(
        [str(BINARY), *map(str, arguments)],
        input="".join(line + "\n" for line in lines).encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        timeout=seconds,
        env=environment(),
    )


def said(finished):
    """Everything a finished command printed."""
    return (finished.stdout + b"\n" + finished.stderr).decode("utf-8", "replace")


class Daemon:
    """One data folder and the process that serves it."""

    everyone = []

    def __init__(self, folder=None, settings=None):
        self.settings = settings or {}
        self.workplace = new_folder()
        self.folder = Path(folder) if folder else self.workplace / "data"
        self.log = self.workplace / "stderr.txt"
        self.process = None
        self.port = None
        self.public_port = None
        self.terminal_port = None
        self.logins = {}
        Daemon.everyone.append(self)

    @property
    def database(self):
        return self.folder / "posd.sqlite"

    def start(self, command="demo", *options, meals=False):
        """Starts the daemon and returns when it has said that it is ready."""
        if command == "demo" and not meals:
            # Nothing is to happen by itself in what most tests count.
            options = (*options, "--without-meals")
        self.log.touch()
        begin = self.log.stat().st_size
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [str(BINARY), command, "--data", str(self.folder), "--listen", "127.0.0.1:0", *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**environment(), **self.settings},
            )
        wanted = ["ready"] + (["public"] if "--public-listen" in options else [])
        wanted += ["terminals"] if "--terminal-listen" in options or command == "demo" else []
        ports = self._wait_for(wanted, begin)
        self.port = ports["ready"]
        self.public_port = ports.get("public")
        self.terminal_port = ports.get("terminals")
        return self

    def _wait_for(self, wanted, begin):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            ended = self.process.poll() is not None
            text = self.log.read_bytes()[begin:].decode("utf-8", "replace")
            ports = dict(re.findall(r"^(ready|public|terminals) https?://127\.0\.0\.1:(\d+)/?\s*$", text, re.M))
            if all(word in ports for word in wanted):
                for role, name, password, pin in re.findall(r"^login (\S+) (\S+) (\S+) (\S+)\s*$", text, re.M):
                    self.logins[role] = (name, password, pin)
                return {word: int(port) for word, port in ports.items()}
            if ended:
                raise AssertionError(f"posd ended with {self.process.returncode} before it was ready:\n{text}")
            time.sleep(0.02)
        self.kill()
        raise AssertionError(f"posd was not ready within {START_SECONDS} s:\n{self.tail()}")

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """SIGKILL: no chance to finish anything."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(STOP_SECONDS)

    def stop(self):
        """SIGTERM, and the exit code it leads to."""
        if self.is_running:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError(f"posd did not stop within {STOP_SECONDS} s:\n{self.tail()}")
        return self.process.returncode if self.process is not None else None

    def verify(self):
        return run("verify", "--data", self.folder)

    def tail(self, characters=6000):
        return self.log.read_bytes().decode("utf-8", "replace")[-characters:] if self.log.exists() else ""

    def copy_folder(self):
        """A copy of the data folder of a stopped daemon."""
        assert not self.is_running, "only the folder of a stopped daemon is copied"
        copy = new_folder("c") / "data"
        ignored = shutil.ignore_patterns("*.sock")
        shutil.copytree(self.folder, copy, ignore=ignored)
        return copy
