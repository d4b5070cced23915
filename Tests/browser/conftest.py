"""The cashier page in a real browser, against the real daemon.

    POSD_BINARY   the program to start (default .build/debug/posd): `posd demo --data DIR --listen HOST:PORT`
    POSD_URL      a server that is already running, instead; then also
    POSD_CASHIER  "demo-cashier PASSWORD PIN"
    POSD_MANAGER  "demo-manager PASSWORD PIN"
    CHROMIUM      the browser (default /usr/bin/chromium)
"""

import os
import queue
import re
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import sync_playwright

from manager_page import open_page
from till import API, LogIn, Till, watch_errors

START_SECONDS = 60
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@dataclass
class Server:
    url: str
    cashier: LogIn
    manager: LogIn
    terminal_port: int = 0
    process: subprocess.Popen | None = None


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    if "POSD_URL" in os.environ:
        yield Server(
            os.environ["POSD_URL"].rstrip("/"),
            LogIn(*os.environ["POSD_CASHIER"].split()),
            LogIn(*os.environ["POSD_MANAGER"].split()),
        )
        return
    with demo(tmp_path_factory.mktemp("posd")) as started_server:
        yield started_server


@contextmanager
def demo(data):
    """A demonstration in a folder of its own, in which nothing happens by itself."""
    server = start(data, f"127.0.0.1:{free_port()}", "--without-meals")
    try:
        yield server
    finally:
        stop(server)


def start(data, listen, *options):
    binary = os.environ.get("POSD_BINARY", os.path.join(ROOT, ".build/debug/posd"))
    process = subprocess.Popen(
        [binary, "demo", "--data", str(data), "--listen", listen, *options],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=own_environment(),
    )
    try:
        server = started(process)
    except BaseException:
        process.kill()
        raise
    server.process = process
    return server


def stop(server):
    server.process.terminate()
    try:
        server.process.wait(15)
    except subprocess.TimeoutExpired:
        server.process.kill()


def own_environment():
    """Without our own settings: the daemon refuses every POSD_ name it does not know."""
    return {name: value for name, value in os.environ.items() if not name.startswith("POSD_")}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(process):
    """Reads stderr until the ready line; the log-ins are lines of their own, before or after it."""
    lines = queue.Queue()
    threading.Thread(target=read_lines, args=(process.stderr, lines), daemon=True).start()
    url, terminal_port, log_ins, seen = None, 0, {}, []
    deadline = time.monotonic() + START_SECONDS
    while url is None or len(log_ins) < 2 or terminal_port == 0:
        try:
            line = lines.get(timeout=max(0.1, deadline - time.monotonic()))
        except queue.Empty:
            line = None
        if line is None:
            pytest.fail("posd demo did not become ready:\n" + "".join(seen))
        seen.append(line)
        if match := re.match(r"ready (http://\S+)", line):
            url = match[1].rstrip("/")
        if match := re.match(r"terminals http://\S+:(\d+)", line):
            terminal_port = int(match[1])
        if match := re.match(r"login (cashier|manager) (\S+) (\S+) (\S+)", line):
            log_ins[match[1]] = LogIn(*match.groups()[1:])
    return Server(url, log_ins["cashier"], log_ins["manager"], terminal_port)


def read_lines(stream, lines):
    for line in stream:
        lines.put(line)
    lines.put(None)


@pytest.fixture(scope="session")
def api(server):
    """The cashier's side door: the same API, to see what the daemon has on record."""
    return API(server.url, server.cashier)


@pytest.fixture(scope="session")
def open_till(api):
    """Every test but the one of the log-in finds the till open."""
    api.open_tills()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def new_till(browser, server, api, open_till):
    """Opens pages with a log-in already in place, and closes them after the test."""
    contexts = []

    def make(width=1366, height=768, token=api.token):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        errors = watch_errors(page)
        till = Till(page, server, api, errors)
        page.goto(server.url + "/")
        if token is not None:
            page.evaluate("token => sessionStorage.setItem('posd.token', token)", token)
            page.reload()
            till.choose_till_if_asked()
            till.wait_ready()
        return till

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def till(new_till):
    till = new_till()
    yield till
    assert till.errors == []


@pytest.fixture(scope="module")
def manager(server):
    """The manager of the shared demonstration, over the API."""
    return API(server.url, server.manager)


@pytest.fixture
def managers_page(browser, server, manager):
    """The managers' page, logged in; nothing may have gone wrong in it when the test is over."""
    page = open_page(browser, server, server.manager, manager)
    yield page
    assert page.errors == []
    page.page.context.close()
