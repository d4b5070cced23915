"""Tills, days and books of a station, as the business rules say: sums of plain integers, nothing clever."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from month.money import MICRO, PLEDGE_BASIS_POINTS

SHANGHAI = timezone(timedelta(hours=8))

CASH = "assets:cash"
SAFE = "assets:safe"
OVER_SHORT = "expenses:over-short"
# Where money that is no sale's comes from or goes to, by the reason given (docs/LEDGER.md).
MOVED = {
    "changeMoney": SAFE,
    "purchase": "expenses:petty",
    "delivery": "expenses:delivery",
    "deposit": "assets:bank",
    "other": "expenses:other",
}


def local_date(at_ms):
    return datetime.fromtimestamp(at_ms / 1000, SHANGHAI).date().isoformat()


def next_date(iso):
    return (date.fromisoformat(iso) + timedelta(days=1)).isoformat()


@dataclass
class Session:
    id: str
    till: str
    date: str  # the business day of its opening
    float_fen: int
    opened_ms: int
    ended: str | None = None  # the business day it sold its last
    cash_taken: int = 0  # kept of sales, corrections of tenders
    cash_refunded: int = 0
    movements: list = field(default_factory=list)  # (kind, amount, reason)
    sales: Counter = field(default_factory=Counter)  # count and total of sales, of returns
    returns: Counter = field(default_factory=Counter)
    tenders: dict = field(default_factory=dict)  # kind → Counter of taken, refunded, corrected
    drawer_openings: int = 0
    counts: list = field(default_factory=list)
    z: int | None = None
    over_short: int | None = None

    @property
    def expected_cash(self):
        moved = sum(amount if kind == "paidIn" else -amount for kind, amount, _ in self.movements)
        return self.float_fen + self.cash_taken - self.cash_refunded + moved

    def tender(self, kind):
        return self.tenders.setdefault(kind, Counter())


@dataclass
class Day:
    """What one business day adds up to; amounts of accounts in micro-yuan, debits above zero."""

    date: str
    sales: Counter = field(default_factory=Counter)  # count and total
    returns: Counter = field(default_factory=Counter)
    accounts: Counter = field(default_factory=Counter)
    tenders: Counter = field(default_factory=Counter)
    gifts: Counter = field(default_factory=Counter)
    pledge_micro: int = 0


@dataclass
class Transfer:
    """What was owed before and what the day added, in micro-yuan: whole fen of it go, never less than none."""

    carried_in: int
    added: int

    @property
    def transfer_fen(self):
        return max(0, (self.carried_in + self.added) // MICRO)

    @property
    def carried_out(self):
        return self.carried_in + self.added - self.transfer_fen * MICRO


@dataclass
class Close:
    fund: Transfer
    gifts: dict  # campaign → Transfer
    balances: dict  # of every account after it


class Station:
    """Everything that happened so far. Each method is one event; `at_ms` is its time."""

    def __init__(self):
        self.sessions = {}
        self.sales = {}
        self.days = {}
        self.balances = Counter()  # account → micro-yuan
        self.last_closed = None
        self.carried = Counter()  # what stays owed after the last close: the fund's, and each campaign's
        self.z_count = 0
        self.perpetual = Counter()
        self.closes = {}

    # Days

    def business_date(self, at_ms):
        """The local date, or the first open day after it when that day is closed already."""
        today = local_date(at_ms)
        if self.last_closed is not None and today <= self.last_closed:
            return next_date(self.last_closed)
        return today

    def day(self, iso):
        return self.days.setdefault(iso, Day(iso))

    def post(self, iso, postings):
        """One entry: (account, micro-yuan) pairs that sum to zero."""
        assert sum(amount for _, amount in postings) == 0, postings
        for account, amount in postings:
            self.day(iso).accounts[account] += amount
            self.balances[account] += amount

    # Tills

    def open(self, id, till, float_fen, at_ms):
        session = Session(id, till, self.business_date(at_ms), float_fen, at_ms)
        self.sessions[id] = session
        self.post(session.date, [(CASH, float_fen * MICRO), (SAFE, -float_fen * MICRO)])
        return session

    def event_date(self, session, at_ms):
        """What is entered in a session that waits for its count is of the day it ended on."""
        return session.ended or self.business_date(at_ms)

    def move(self, session_id, kind, amount, reason, at_ms):
        session = self.sessions[session_id]
        session.movements.append((kind, amount, reason))
        signed = amount if kind == "paidIn" else -amount
        account = SAFE if kind == "pickup" else MOVED[reason]
        self.post(self.event_date(session, at_ms), [(CASH, signed * MICRO), (account, -signed * MICRO)])

    def end(self, session_id, at_ms):
        session = self.sessions[session_id]
        session.ended = self.event_date(session, at_ms)

    def count(self, session_id, counted_fen, at_ms):
        """A count ends the session; every count is kept."""
        self.end(session_id, at_ms)
        session = self.sessions[session_id]
        session.counts.append(counted_fen)
        return counted_fen - session.expected_cash

    def close_session(self, session_id):
        """The Z: the drawer's money goes to the safe, and what is over or short is written off."""
        session = self.sessions[session_id]
        counted, expected = session.counts[-1], session.expected_cash
        self.z_count += 1
        session.z, session.over_short = self.z_count, counted - expected
        self.perpetual["saleCount"] += session.sales["count"]
        self.perpetual["salesFen"] += session.sales["total"]
        self.perpetual["returnCount"] += session.returns["count"]
        self.perpetual["returnsFen"] += session.returns["total"]
        self.post(session.ended, [
            (CASH, -expected * MICRO), (SAFE, counted * MICRO), (OVER_SHORT, (expected - counted) * MICRO),
        ])  # fmt: skip
        return session

    # Selling

    def sell(self, sale, at_ms):
        session, day = self.sessions[sale.session], self.day(sale.date)
        assert sale.date == self.business_date(at_ms)
        self.sales[sale.id] = sale
        session.sales.update(count=1, total=sale.due)
        day.sales.update(count=1, total=sale.due)
        session.cash_taken += sale.cash_kept
        for kind, amount in sale.tenders.items():
            session.tender(kind)["taken"] += amount
            day.tenders[kind] += amount
        pledge = sum(line.net for line in sale.goods) * PLEDGE_BASIS_POINTS
        day.pledge_micro += pledge
        postings = [(tender_account(kind), amount * MICRO) for kind, amount in sale.tenders.items()]
        postings += [
            ("income:sales", -sum(line.list_amount for line in sale.goods) * MICRO),
            ("expenses:concession", sum(line.concession for line in sale.goods) * MICRO),
            ("expenses:discounts", sum(line.discount for line in sale.goods) * MICRO),
            ("expenses:pledge", pledge),
            ("liabilities:charity-fund", -pledge),
        ]
        if sale.gift:
            postings.append((f"liabilities:gifts:{sale.campaign}", -sale.gift * MICRO))
            day.gifts[sale.campaign] += sale.gift
        self.post(sale.date, postings)

    def give_back(self, sale_id, session_id, wanted, at_ms, is_gift=False):
        sale, session = self.sales[sale_id], self.sessions[session_id]
        refund = sale.give_back(wanted, is_gift)
        iso = self.business_date(at_ms)
        day = self.day(iso)
        session.returns.update(count=1, total=refund.total)
        day.returns.update(count=1, total=refund.total)
        session.cash_refunded += refund.tenders.get("cash", 0)
        for kind, amount in refund.tenders.items():
            session.tender(kind)["refunded"] += amount
            day.tenders[kind] -= amount
        day.pledge_micro -= refund.pledge_micro
        postings = [(tender_account(kind), -amount * MICRO) for kind, amount in refund.tenders.items()]
        postings += [
            ("income:sales", (refund.net + refund.concession + refund.discount) * MICRO),
            ("expenses:concession", -refund.concession * MICRO),
            ("expenses:discounts", -refund.discount * MICRO),
            ("expenses:pledge", -refund.pledge_micro),
            ("liabilities:charity-fund", refund.pledge_micro),
        ]
        if refund.gift:
            postings.append((f"liabilities:gifts:{sale.campaign}", refund.gift * MICRO))
            day.gifts[sale.campaign] -= refund.gift
        self.post(iso, postings)
        return refund

    def correct_tender(self, sale_id, tender, kind, at_ms):
        """A payment rung as the wrong kind, before the Z of its session: the whole amount moves."""
        sale = self.sales[sale_id]
        session = self.sessions[sale.session]
        assert session.z is None
        was = sale.correct(tender, kind)
        amount = sale.codes[tender][1] if tender < len(sale.codes) else sale.cash_kept
        iso = self.event_date(session, at_ms)
        day = self.day(iso)
        for changed, signed in ((was, -amount), (kind, amount)):
            session.tender(changed)["corrected"] += signed
            day.tenders[changed] += signed
            if changed == "cash":
                session.cash_taken += signed
        self.post(iso, [(tender_account(was), -amount * MICRO), (tender_account(kind), amount * MICRO)])

    # Closing

    def blocking(self, iso):
        """Sessions opened on that day or before that have no Z."""
        return [session for session in self.sessions.values() if session.z is None and session.date <= iso]

    def close_day(self, iso):
        """Nothing enters the day any more; what is owed leaves for the transfers, in whole fen."""
        assert not self.blocking(iso)
        day = self.day(iso)
        fund = Transfer(self.carried["fund"], day.pledge_micro)
        campaigns = sorted({*day.gifts, *(name for name in self.carried if name != "fund")})
        gifts = {name: Transfer(self.carried[name], day.gifts[name] * MICRO) for name in campaigns}
        self._transfer("charity-fund", fund)
        for name, transfer in gifts.items():
            self._transfer(f"gifts:{name}", transfer)
        self.carried = Counter({"fund": fund.carried_out, **{name: gift.carried_out for name, gift in gifts.items()}})
        self.last_closed = iso
        self.closes[iso] = Close(fund, gifts, {})
        # What counts for later days already is not in the balances after this one.
        later = Counter()
        for other in self.days.values():
            if other.date > iso:
                later.update(other.accounts)
        balances = {account: amount - later[account] for account, amount in self.balances.items()}
        self.closes[iso].balances = {account: amount for account, amount in balances.items() if amount}
        return self.closes[iso]

    def _transfer(self, whom, transfer):
        amount = transfer.transfer_fen * MICRO
        self.balances[f"liabilities:{whom}"] += amount
        self.balances[f"liabilities:transfers:{whom}"] -= amount


def tender_account(kind):
    return CASH if kind == "cash" else f"assets:code-payments:{kind}"
