"""Clients that send one byte now and then neither delay a sale nor stay for ever."""

import selectors
import socket
import statistics
import threading
import time

import wire
from client import API, Client
from goods import worked_sale

SILENT, SLOW_HEADERS, SLOW_BODIES = 40, 80, 80
BYTE_EVERY_SECONDS = 0.5
ATTACK_SECONDS = 8
CUT_OFF_SECONDS = 75
MOST_DELAY_SECONDS = 1.0


class SlowClients:
    """200 connections, fed one byte at a time by one thread."""

    def __init__(self, port, token):
        self.selector = selectors.DefaultSelector()
        self.closed = []
        self.begin = time.monotonic()
        self.is_over = False
        body = wire.head("POST", API + "/quotes", token, Content_Type="application/json", Content_Length=1000)
        kinds = [("silent", b"")] * SILENT
        kinds += [("slow headers", b"GET /healthz HTTP/1.1\r\nHost: a\r\n")] * SLOW_HEADERS
        kinds += [("slow body", body)] * SLOW_BODIES
        for kind, opening in kinds:
            connection = socket.create_connection(("127.0.0.1", port), timeout=30)
            connection.sendall(opening)
            connection.setblocking(False)
            self.selector.register(connection, selectors.EVENT_READ, kind)
        self.thread = threading.Thread(target=self._drip, daemon=True)

    def _drip(self):
        next_byte = time.monotonic()
        while self.selector.get_map() and not self.is_over:
            for key, _ in self.selector.select(0.1):
                self._hear(key)
            if time.monotonic() >= next_byte:
                next_byte += BYTE_EVERY_SECONDS
                for key in list(self.selector.get_map().values()):
                    self._send_a_byte(key)

    def _hear(self, key):
        """Reads what the daemon says; at its end the connection counts as closed."""
        try:
            heard = key.fileobj.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            heard = b""
        if not heard:
            self._close(key)

    def _send_a_byte(self, key):
        if key.data == "silent":
            return
        try:
            key.fileobj.send(b" " if key.data == "slow body" else b"X")
        except BlockingIOError:
            return
        except OSError:
            self._close(key)

    def _close(self, key):
        self.selector.unregister(key.fileobj)
        key.fileobj.close()
        self.closed.append((key.data, time.monotonic() - self.begin))

    @property
    def still_open(self):
        return [key.data for key in list(self.selector.get_map().values())]

    def end(self):
        self.is_over = True
        self.thread.join(10)
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        self.selector.close()


def seconds_of_a_sale(till):
    """One sale from pricing to answer, over a connection of its own."""
    till.client.close()
    begin = time.monotonic()
    till.sell(worked_sale())
    return time.monotonic() - begin


def test_two_hundred_slow_clients_delay_no_sale_and_are_cut_off(demo, till):
    usual = statistics.median(seconds_of_a_sale(till) for _ in range(10))

    slow = SlowClients(demo.port, till.client.token)
    try:
        slow.thread.start()
        times = []
        while time.monotonic() - slow.begin < ATTACK_SECONDS:
            times.append(seconds_of_a_sale(till))
            time.sleep(0.1)
        assert max(times) - usual < MOST_DELAY_SECONDS, f"usual {usual:.3f} s, worst {max(times):.3f} s"

        while slow.still_open and time.monotonic() - slow.begin < CUT_OFF_SECONDS:
            time.sleep(0.2)
        left = slow.still_open
        assert not left, f"{len(left)} still open after {CUT_OFF_SECONDS} s: {sorted(set(left))}"
        print("last cut off after", {kind: round(when, 1) for kind, when in slow.closed})
    finally:
        slow.end()

    assert Client(demo).fetch("GET", "/healthz").status == 200
    seconds_of_a_sale(till)
