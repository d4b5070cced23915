"""Each Z, day close and month close of the program, held against the model to the last micro-yuan."""

from collections import Counter

from client import assert_refusal, new_id

from month.money import MICRO

GIFT_MEMBERS = ("carriedInFen", "giftsFen", "amountFen", "carriedOutFen")

# Lists of a close as what the model has: parts by their name, without those of nothing.
BY_NAME = {
    "giftTransfers": lambda parts: {
        part["campaign"]: tuple(part[name] for name in GIFT_MEMBERS if name in part)
        for part in parts
        if any(part[name] for name in GIFT_MEMBERS if name in part)
    },
    "tenders": lambda parts: {part["kind"]: part["netFen"] for part in parts if part["netFen"]},
    "streams": lambda parts: {part["account"]: part["amountMicroYuan"] for part in parts if part["amountMicroYuan"]},
}


def same(what, answer, model):
    """Every member that the model knows is equal; the message names those that are not."""
    ours = {**answer, **{name: by_name(answer[name]) for name, by_name in BY_NAME.items() if name in answer}}
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
        """A day with an uncounted session stays open, and says which session it is."""
        waiting = [session.id for session in self.station.blocking(iso)]
        answer = self.driver.manager.post(f"/days/{iso}/close", {"id": new_id()})
        assert_refusal(answer, 409, "tills_not_closed")
        assert sorted(answer.json["values"]["tillSessionIDs"]) == sorted(waiting)

    def day(self, iso):
        """Closes a day and compares its figures, transfers, tenders and every account; asked again it is the same."""
        before = self.driver.manager.get(f"/days/{iso}").expect(200)
        answer = self.driver.manager.post(f"/days/{iso}/close", {"id": new_id()}).expect(201)
        close, day = self.station.close_day(iso), self.station.day(iso)
        same(f"day {iso}", answer, {"number": len(self.days) + 1, **self._figures(iso, day, close)})
        same(f"day {iso} before its close", before, {"isClosed": False, "blockedBy": None, **self._figures(iso, day, close)})
        again = self.driver.manager.post(f"/days/{iso}/close", {"id": new_id()}).expect(201)
        assert again == answer == self.driver.manager.get(f"/day-closes/{iso}").expect(200)
        self.days.append(answer)

    def _figures(self, iso, day, close):
        """What the model says of a day, in the words of the API; lists as the program orders them, by name."""
        zs = sorted(session.z for session in self.station.sessions.values() if session.z and session.ended == iso)
        return {
            "businessDate": iso,
            "zNumbers": zs,
            "saleCount": day.sales["count"],
            "salesFen": day.sales["total"],
            "returnCount": day.returns["count"],
            "returnsFen": day.returns["total"],
            "fundTransfer": {
                "carriedInMicroYuan": close.fund.carried_in,
                "pledgeMicroYuan": close.fund.added,
                "transferFen": close.fund.transfer_fen,
                "carriedOutMicroYuan": close.fund.carried_out,
            },
            "reliefFundTransferFen": 0,
            "giftTransfers": {
                name: (gift.carried_in // MICRO, gift.added // MICRO, gift.transfer_fen, gift.carried_out // MICRO)
                for name, gift in close.gifts.items() if gift.carried_in or gift.added
            },
            "tenders": {kind: amount for kind, amount in day.tenders.items() if amount},
            "streams": {account: amount for account, amount in day.accounts.items() if amount},
        }  # fmt: skip

    def month(self, month):
        """A month is the sums of its day closes; its days follow one another."""
        answer = self.driver.manager.post(f"/months/{month}/close", {"id": new_id()}).expect(201)
        days = [iso for iso in sorted(self.station.closes) if iso.startswith(month)]
        closes = [self.station.closes[iso] for iso in days]
        sums = Sums()
        for iso in days:
            sums.add(self.station.day(iso))
        same(f"month {month}", answer, {
            "month": month,
            "saleCount": sums.sales["count"],
            "salesFen": sums.sales["total"],
            "returnCount": sums.returns["count"],
            "returnsFen": sums.returns["total"],
            "fundTransfer": {
                "carriedInMicroYuan": closes[0].fund.carried_in,
                "pledgeMicroYuan": sum(close.fund.added for close in closes),
                "transferFen": sum(close.fund.transfer_fen for close in closes),
                "carriedOutMicroYuan": closes[-1].fund.carried_out,
            },
            "giftTransfers": {
                name: (sums.gifts[name], sum(close.gifts[name].transfer_fen for close in closes if name in close.gifts))
                for name in sums.gifts
            },
            "tenders": {kind: amount for kind, amount in sums.tenders.items() if amount},
            "streams": {account: amount for account, amount in sums.accounts.items() if amount},
        })  # fmt: skip
        assert [day["businessDate"] for day in answer["days"]] == days
        assert answer == self.driver.manager.post(f"/months/{month}/close", {"id": new_id()}).expect(201)
        return answer

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

    def trial_balances(self):
        """Now, and after each closed day."""
        balances = {account: amount for account, amount in self.station.balances.items() if amount}
        assert self._trial_balance("") == balances
        for iso, close in self.station.closes.items():
            assert self._trial_balance(f"?date={iso}") == close.balances, iso

    def _trial_balance(self, query):
        answer = self.driver.manager.get(f"/ledger/trial-balance{query}").expect(200)
        assert answer["totalMicroYuan"] == 0
        return {row["account"]: row["amountMicroYuan"] for row in answer["accounts"]}


class Sums:
    """Several days as one."""

    def __init__(self):
        self.sales, self.returns, self.tenders, self.gifts, self.accounts = (Counter() for _ in range(5))

    def add(self, day):
        for name in ("sales", "returns", "tenders", "gifts", "accounts"):
            getattr(self, name).update(getattr(day, name))
