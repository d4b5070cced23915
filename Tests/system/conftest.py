"""Fixtures of the system tests: the real binary is started from outside and spoken to over HTTP.

Run with `python -m pytest Tests/system`; `POSD_BINARY` names another binary (relative to the repository).
"""

import os
import random

import pytest

from client import Client, Till
from daemon import BINARY, Daemon, remove_session_folder


def pytest_report_header():
    return f"binary: {BINARY.name}, {'found' if BINARY.exists() else 'NOT FOUND'}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test shows the end of what each daemon wrote to standard error."""
    report = yield
    if report.failed:
        for daemon in Daemon.everyone:
            if daemon.log.exists():
                state = "running" if daemon.is_running else "not running"
                report.sections.append((f"posd {daemon.workplace.name} ({state}) stderr", daemon.tail()))
    return report


@pytest.fixture(scope="session", autouse=True)
def every_daemon_ends():
    """No daemon outlives the run, whatever the tests do."""
    yield
    for daemon in Daemon.everyone:
        if daemon.is_running:
            daemon.kill()
    remove_session_folder()


def _ended(daemon):
    """Takes a daemon out of the report once its tests are over."""
    daemon.kill()
    if daemon in Daemon.everyone:
        Daemon.everyone.remove(daemon)


@pytest.fixture(scope="session")
def demo():
    """The demonstration that most tests share; they leave no till closed and nobody locked out."""
    daemon = Daemon().start()
    yield daemon
    _ended(daemon)


@pytest.fixture
def own_demo():
    """A demonstration of one test's own, which it may kill, fill or lock."""
    daemon = Daemon().start()
    yield daemon
    _ended(daemon)


@pytest.fixture(scope="session")
def staff(demo):
    """Role → a logged-in client of the shared demonstration."""
    return {role: Client(demo).log_in_as(role) for role in ("cashier", "manager", "auditor", "centre")}


@pytest.fixture(scope="session")
def cashier(staff):
    return staff["cashier"]


@pytest.fixture(scope="session")
def manager(staff):
    return staff["manager"]


@pytest.fixture(scope="session")
def till(cashier):
    """The cashier at the open till."""
    return Till(cashier)


@pytest.fixture(scope="session")
def manager_till(till, manager):
    """The manager at the same till."""
    return Till(manager)


@pytest.fixture
def chance():
    """Random choices whose seed is printed; `SEED` repeats a run."""
    seed = int(os.environ.get("SEED", random.randrange(2**32)))
    print(f"seed {seed}")
    return random.Random(seed)


@pytest.fixture
def daemons():
    """Makes daemons of one test's own that are not started yet."""
    made = []

    def make(folder=None):
        daemon = Daemon(folder)
        made.append(daemon)
        return daemon

    yield make
    for daemon in made:
        _ended(daemon)
