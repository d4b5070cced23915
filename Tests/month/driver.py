"""The requests of a station's people, each also told to the model; answers are held against it at once."""

from client import Client, new_id

from month.model import Station
from month.money import Sale

LOG_IN_MS = 4 * 3_600_000
DENOMINATIONS = (10000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 2, 1)


def denominated(amount_fen):
    """A drawer's content by denomination, as somebody counts it."""
    counts = []
    for denomination in DENOMINATIONS:
        count, amount_fen = divmod(amount_fen, denomination)
        if count:
            counts.append({"denominationFen": denomination, "count": count})
    return counts


def item(goods):
    asked = {"open": {"name": goods.name, "category": "零食", "listPriceFen": goods.list_price}}
    asked.update({"units": goods.units} if goods.units else {"grams": goods.grams})
    if goods.override is not None:
        asked["override"] = {"priceFen": goods.override, "reason": "nearExpiry"}
    return asked


class Driver:
    """A manager and a cashier at the tills of one daemon whose clock the test sets."""

    def __init__(self, daemon, clock):
        self.clock = clock
        self.cashier, self.manager = Client(daemon), Client(daemon)
        self.station = Station()
        self.log_in()

    def stay_logged_in(self):
        """A log-in lasts for a shift; people log in again in good time."""
        if self.now - self.logged_in_ms > LOG_IN_MS:
            self.log_in()

    def log_in(self):
        self.logged_in_ms = self.now
        self.cashier.log_in_as("cashier")
        self.manager.log_in_as("manager")

    @property
    def now(self):
        return self.clock.now_ms

    # Tills

    def open(self, till, float_fen):
        id = new_id()
        model = self.station.open(id, till, float_fen, self.now)
        answer = self.cashier.post("/till-sessions", {"id": id, "tillID": till, "floatFen": float_fen}).expect(201)
        assert answer["businessDate"] == model.date, (answer, model)
        assert answer["expectedCashFen"] is None
        return model

    def move(self, session, kind, amount, reason):
        body = {"id": new_id(), "kind": kind, "amountFen": amount, "reason": reason}
        self.manager.post(f"/till-sessions/{session.id}/movements", body).expect(201)
        self.station.move(session.id, kind, amount, reason, self.now)

    def open_drawer(self, session):
        body = {"id": new_id(), "reason": "changeMoney"}
        self.manager.post(f"/till-sessions/{session.id}/drawer-openings", body).expect(201)
        session.drawer_openings += 1

    def end(self, session):
        self.cashier.post(f"/till-sessions/{session.id}/end", {"id": new_id()}).expect(201)
        self.station.end(session.id, self.now)

    def count(self, session, over_short=0):
        counted = session.expected_cash + over_short
        self.station.count(session.id, counted, self.now)
        body = {"id": new_id(), "counts": denominated(counted)}
        answer = self.cashier.post(f"/till-sessions/{session.id}/counts", body).expect(201)
        assert answer["countedFen"] == counted
        assert answer["expectedFen"] == session.expected_cash
        assert answer["differenceFen"] == over_short
        assert answer["isOverTolerance"] == (abs(over_short) > answer["toleranceFen"])
        return answer

    def close_session(self, session, count):
        body = {"id": new_id(), "countID": count["id"]}
        if count["isOverTolerance"]:
            body["reason"] = "unknown"
        answer = self.manager.post(f"/till-sessions/{session.id}/close", body).expect(201)
        self.station.close_session(session.id)
        return answer

    # Selling

    def sell(self, session, goods, gift=0, campaign=None, codes=(), cash_more=0, as_manager=False):
        id = new_id()
        sale = Sale(
            id, session.id, self.station.business_date(self.now), goods, gift, campaign if gift else None, list(codes), 0
        )
        sale.cash_given = sale.cash_kept + cash_more
        tenders = [{"kind": kind, "amountFen": amount, "reference": f"{kind}-{id[:13]}-{at}"}
                   for at, (kind, amount) in enumerate(sale.codes)]  # fmt: skip
        if sale.cash_given:
            tenders.append({"kind": "cash", "givenFen": sale.cash_given})
        body = {"id": id, "tillSessionID": session.id, "items": [item(line) for line in goods],
                "tenders": tenders, "dueFen": sale.due}  # fmt: skip
        if gift:
            body["gift"] = {"amountFen": gift, "campaign": campaign}
        who = self.manager if as_manager else self.cashier
        answer = who.post("/sales", body).expect(201)
        assert answer["businessDate"] == sale.date, (answer["businessDate"], sale.date)
        assert [line["netFen"] for line in answer["lines"]] == [line.net for line in goods]
        assert [line["concessionFen"] for line in answer["lines"]] == [line.concession for line in goods]
        assert answer["totals"]["pledgeMicroYuan"] == sum(line.net for line in goods) * 200
        assert answer["payment"]["changeFen"] == sale.change
        self.station.sell(sale, self.now)
        return sale

    def give_back(self, session, sale, wanted, is_gift=False):
        items = [{"line": line, ("units" if sale.goods[line].units else "grams"): n} for line, n in wanted]
        refund = self.station.give_back(sale.id, session.id, wanted, self.now, is_gift)
        body = {"id": new_id(), "tillSessionID": session.id, "items": items, "reason": "quality", "refundFen": refund.total}
        if is_gift:
            body["refundGift"] = True
        answer = self.manager.post(f"/sales/{sale.id}/returns", body).expect(201)
        paid = {}
        for part in answer["refunds"]:
            paid[part["kind"]] = paid.get(part["kind"], 0) + part["amountFen"]
        assert paid == {kind: amount for kind, amount in refund.tenders.items() if amount}, (answer, refund)
        return refund

    def correct_tender(self, sale, tender, kind):
        body = {"id": new_id(), "tender": tender, "kind": kind, "reason": "wrongKey"}
        if kind != "cash":
            body["reference"] = f"{kind}-{sale.id[:13]}-corrected"
        self.manager.post(f"/sales/{sale.id}/tender-corrections", body).expect(201)
        self.station.correct_tender(sale.id, tender, kind, self.now)
