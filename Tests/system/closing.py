"""A month in seconds: a station whose clock is a file, and the steps from opening a till to closing the day."""

import os

from client import Client, Till, new_id
from daemon import Daemon

DAY_MS = 86_400_000
# 2026-11-02 08:00 in Zhengzhou, a Monday.
MONDAY_MS = 1_793_577_600_000


class Station:
    """A demonstration of its own, at the time the test says."""

    def __init__(self, at_ms=MONDAY_MS):
        self.daemon = Daemon()
        self.clock = self.daemon.workplace / "clock"
        self.set_clock(at_ms)
        self.daemon.settings["POSD_TEST_CLOCK"] = str(self.clock)
        self.daemon.start()
        self.clients = {}

    def set_clock(self, at_ms):
        """Changes the time whole: the daemon never reads half a number."""
        self.now_ms = at_ms
        part = self.clock.with_suffix(".part")
        part.write_text(str(at_ms))
        os.replace(part, self.clock)

    def pass_ms(self, ms):
        self.set_clock(self.now_ms + ms)

    def client(self, role):
        """A client of this role, logged in for the present day."""
        known = self.clients.get(role)
        if known is None or self.now_ms - known[0] > 10 * 3_600_000 or self.now_ms < known[0]:
            known = (self.now_ms, Client(self.daemon).log_in_as(role))
            self.clients[role] = known
        return known[1]

    @property
    def manager(self):
        return self.client("manager")

    @property
    def cashier(self):
        return self.client("cashier")

    def approval(self, act, subject, client=None, **amount):
        """The id of a manager's approval; some acts have an `amountFen`."""
        name, _, pin = self.daemon.logins["manager"]
        body = {"id": new_id(), "manager": name, "pin": pin, "act": act, "subjectID": subject, **amount}
        return (client or self.cashier).post("/approvals", body).expect(201)["id"]

    def till_ids(self):
        return [till["id"] for till in self.manager.get("/context").expect(200)["tills"]]

    def open_till(self, index=0, float_fen=20000, client=None):
        """The session of a till opened now."""
        client = client or self.cashier
        body = {"id": new_id(), "tillID": self.till_ids()[index], "floatFen": float_fen}
        return client.post("/till-sessions", body).expect(201)

    def at(self, session, client=None):
        """A seller at this session."""
        till = Till.__new__(Till)
        till.client = client or self.cashier
        till.till_id, till.session_id = session["tillID"], session["id"]
        return till

    def post(self, session, step, body, client=None):
        return (client or self.cashier).post(f"/till-sessions/{session['id']}/{step}", {"id": new_id(), **body})

    def count(self, session, fen, client=None):
        return self.post(session, "counts", {"counts": notes(fen)}, client).expect(201)

    def close(self, session, counted_fen=None, client=None, **more):
        """Counts what is expected, or this, and closes: the Z report."""
        if counted_fen is None:
            counted_fen = self.manager.get(f"/till-sessions/{session['id']}").expect(200)["expectedCashFen"]
        count = self.count(session, counted_fen)
        body = {"countID": count["id"], **more}
        return self.post(session, "close", body, client or self.manager).expect(201)


def notes(fen):
    """An amount in the fewest notes and coins."""
    rows = []
    for value in (10000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 2, 1):
        if fen >= value:
            rows.append({"denominationFen": value, "count": fen // value})
            fen %= value
    return rows
