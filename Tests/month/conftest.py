"""A demonstration with three tills whose clock is a file of the test's."""

import os
import random

import pytest

from daemon import Daemon, new_folder, remove_session_folder, run, said


class TestClock:
    """The file that `POSD_TEST_CLOCK` names; replaced whole, as the daemon reads it at any moment."""

    __test__ = False

    def __init__(self, now_ms):
        self.path = new_folder("clock") / "now"
        self.set(now_ms)

    def set(self, now_ms):
        self.now_ms = now_ms
        fresh = self.path.with_suffix(".new")
        fresh.write_text(str(now_ms))
        fresh.rename(self.path)

    def advance(self, ms):
        self.set(self.now_ms + ms)


@pytest.fixture(scope="module")
def chance():
    seed = int(os.environ.get("SEED", random.randrange(2**32)))
    print(f"seed {seed}")
    return random.Random(seed)


@pytest.fixture(scope="module")
def shop():
    """Starts a demonstration at a time: its daemon, clock, three tills."""
    started = []

    def start(now_ms):
        clock = TestClock(now_ms)
        daemon = Daemon(settings={"POSD_TEST_CLOCK": str(clock.path)})
        started.append(daemon)
        daemon.start("demo")
        added = run("till", "add", "--data", daemon.folder, "--name", "3号收银台")
        assert added.returncode == 0, said(added)
        return daemon, clock

    yield start
    for daemon in started:
        daemon.kill()
        Daemon.everyone.remove(daemon)
    remove_session_folder()
