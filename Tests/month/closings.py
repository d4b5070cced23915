"""Each Z, day close and month close of the program, held against the model to the last micro-yuan."""

from client import assert_refusal, new_id

from month.money import MICRO


def same(what, ours, model):
    """Every member that the model knows is equal; the message names those that are not."""
    wrong = {name: (ours.get(name), value) for name, value in model.items() if ours.get(name) != value}
    assert not wrong, f"{what}: {{member: (program, model)}} = {wrong}"


class Closings:
    def __init__(self, driver):
        self.driver = driver
        self.zs, self.days = [], []

    @property
    def station(self):
        return self.driver.station

    def session(self, session, count):
        """Closes a counted session and compares its Z report."""
        z = self.driver.close_session(session, count)
        same(f"Z {session.z}", z, {
            "number": session.z,
            "tillSessionID": session.id,
            "tillID": session.till,
            "businessDate": session.ended,
            "openedAtMs": session.opened_ms,
            "floatFen": session.float_fen,
            "expectedFen": session.expected_cash,
            "countedFen": session.counts[-1],
            "differenceFen": session.over_short,
            "drawerOpenings": session.drawer_openings,
            "sales": {"count": session.sales["count"], "totalFen": session.sales["total"]},
            "returns": {"count": session.returns["count"], "totalFen": session.returns["total"]},
            "perpetual": dict(self.station.perpetual),
        })  # fmt: skip
        self._tenders(z, session)
        self._movements(z, session)
        assert self.driver.manager.get(f"/z-reports/{session.z}").expect(200) == z
        self.zs.append(z)

    def _tenders(self, z, session):
        theirs = {part["kind"]: (part["takenFen"], part["refundedFen"], part["correctedFen"], part["netFen"])
                  for part in z["tenders"]}  # fmt: skip
        ours = {kind: (sums["taken"], sums["refunded"], sums["corrected"],
                       sums["taken"] - sums["refunded"] + sums["corrected"])
                for kind, sums in session.tenders.items()}  # fmt: skip
        nothing = (0, 0, 0, 0)
        for kind in theirs.keys() | ours.keys():
            assert theirs.get(kind, nothing) == ours.get(kind, nothing), (z["number"], kind, theirs, ours)

    def _movements(self, z, session):
        ours = {}
        for kind, amount, _ in session.movements:
            count, total = ours.get(kind, (0, 0))
            ours[kind] = (count + 1, total + amount)
        theirs = {part["kind"]: (part["count"], part["amountFen"]) for part in z["movements"] if part["count"]}
        assert theirs == ours, z["number"]

    def refuses_day(self, iso):
        """A day with an uncounted session stays open."""
        answer = self.driver.manager.post(f"/days/{iso}/close", {"id": new_id()})
        assert_refusal(answer, 409)

    def day(self, iso):
        """Closes a day and compares streams, fund transfer, gifts and tenders; asked again it is the same."""
        close = self.driver.close_day(iso)
        day, transfer = self.station.day(iso), self.station.closes[iso]
        same(f"day {iso}", close, {
            "number": len(self.days) + 1,
            "businessDate": iso,
            "saleCount": day.sales,
            "returnCount": day.returns,
            "fundTransfer": {
                "carriedInMicroYuan": transfer.carried_in,
                "pledgeMicroYuan": transfer.pledge,
                "transferFen": transfer.transfer_fen,
                "carriedOutMicroYuan": transfer.carried_out,
            },
            "reliefFundTransferFen": 0,
        })  # fmt: skip
        zs = sorted(session.z for session in self.station.sessions.values() if session.z and session.date == iso)
        assert sorted(close["zNumbers"]) == zs
        tenders = {part["kind"]: part["netFen"] for part in close["tenders"] if part["netFen"]}
        assert tenders == {kind: amount for kind, amount in day.tenders.items() if amount}, iso
        gifts = {part["campaign"]: part["amountFen"] for part in close["giftTransfers"] if part["amountFen"]}
        assert gifts == {campaign: amount for campaign, amount in day.gifts.items() if amount}, iso
        self._streams(iso, close, day)
        self.days.append(close)

    def _streams(self, iso, close, day):
        """Each stream is the sum of its account's postings of the day, and no stream with an amount is missing."""
        streams = {stream["account"]: stream["amountMicroYuan"] for stream in close["streams"]}
        for account, amount in day.accounts.items():
            is_stream = account.startswith(("income:", "expenses:", "liabilities:gifts"))
            if is_stream and amount:
                assert abs(streams.get(account, 0)) == abs(amount), (iso, account, streams, amount)

    def month(self, month):
        """Sums of the day closes of a month."""
        close = self.driver.manager.post(f"/months/{month}/close", {"id": new_id()}).expect(201)
        days = [iso for iso in self.station.closes if iso.startswith(month)]
        accounts = {}
        for iso in days:
            for account, amount in self.station.day(iso).accounts.items():
                accounts[account] = accounts.get(account, 0) + amount
        same(f"month {month}", close, {
            "saleCount": sum(self.station.day(iso).sales for iso in days),
            "returnCount": sum(self.station.day(iso).returns for iso in days),
        })  # fmt: skip
        return close

    def carry_over(self):
        """Remainders hand on from close to close, and nothing of any pledge is lost."""
        carried = 0
        for close in self.days:
            transfer = close["fundTransfer"]
            assert transfer["carriedInMicroYuan"] == carried
            carried = transfer["carriedOutMicroYuan"]
        pledged = sum(close["fundTransfer"]["pledgeMicroYuan"] for close in self.days)
        transferred = sum(close["fundTransfer"]["transferFen"] for close in self.days)
        assert pledged == transferred * MICRO + carried

    def trial_balance(self):
        balance = self.driver.manager.get("/ledger/trial-balance").expect(200)
        ours = {row["account"]: row["amountMicroYuan"] for row in balance["accounts"] if row["amountMicroYuan"]}
        assert ours == {account: amount for account, amount in self.station.balances.items() if amount}
        assert sum(ours.values()) == 0
