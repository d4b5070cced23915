"""What goods cost, how they are paid and what comes back: the rules in whole fen, in the plainest way."""

from dataclasses import dataclass, field

MICRO = 10_000  # micro-yuan of a fen; a pledge of 2 % is 200 of them for each fen paid
PLEDGE_BASIS_POINTS = 200
CONCESSION_BASIS_POINTS = 2000


def half_up(numerator, denominator):
    """Halves away from zero; amounts here are never negative."""
    assert numerator >= 0
    return (2 * numerator + denominator) // (2 * denominator)


def largest_remainder(amount, weights):
    """`amount` in shares by integer weights, no fen lost; ties to the earlier one."""
    total = sum(weights)
    if total == 0:
        assert amount == 0
        return [0] * len(weights)
    shares = [amount * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda at: (-(amount * weights[at] % total), at))
    for at in order[: amount - sum(shares)]:
        shares[at] += 1
    return shares


@dataclass
class Goods:
    """One line of a basket: so many pieces, or grams at a price per kilogram."""

    name: str
    list_price: int
    units: int = 0
    grams: int = 0
    override: int | None = None

    def amount(self, price):
        return price * self.units if self.units else half_up(price * self.grams, 1000)

    @property
    def quantity(self):
        return self.units or self.grams

    @property
    def station_price(self):
        return half_up(self.list_price * (10_000 - CONCESSION_BASIS_POINTS), 10_000)

    @property
    def list_amount(self):
        return self.amount(self.list_price)

    @property
    def station_amount(self):
        return self.amount(self.station_price)

    @property
    def concession(self):
        return self.list_amount - self.station_amount

    @property
    def net(self):
        return self.station_amount if self.override is None else self.amount(self.override)

    @property
    def discount(self):
        """What a changed price costs the station; below zero when it was raised."""
        return self.station_amount - self.net


@dataclass
class Sale:
    """A sale as it was asked for, and what returns took of it so far."""

    id: str
    session: str
    date: str
    goods: list
    gift: int
    campaign: str | None
    codes: list  # (kind, amount) of each payment that is not cash, in order
    cash_given: int
    returned: list = field(default_factory=list)  # quantity of each line that came back
    is_gift_returned: bool = False

    def __post_init__(self):
        self.returned = [0] * len(self.goods)
        remaining = [line.net for line in self.goods] + [self.gift]
        self.kinds = [kind for kind, _ in self.codes]
        self.cells = []  # for each line and the gift: what each payment paid of it; cash is the last
        columns = []
        for _, amount in self.codes:
            shares = largest_remainder(amount, remaining)
            remaining = [left - share for left, share in zip(remaining, shares)]
            columns.append(shares)
        columns.append(remaining)
        self.kinds.append("cash")
        self.cells = [list(row) for row in zip(*columns)]

    @property
    def due(self):
        return sum(line.net for line in self.goods) + self.gift

    @property
    def cash_kept(self):
        return self.due - sum(amount for _, amount in self.codes)

    @property
    def change(self):
        return self.cash_given - self.cash_kept

    @property
    def tenders(self):
        """Kind → net of what was paid with it."""
        sums = {}
        for kind, amount in [*self.codes, ("cash", self.cash_kept)]:
            sums[kind] = sums.get(kind, 0) + amount
        return sums

    @property
    def has_returns(self):
        return any(self.returned) or self.is_gift_returned

    def left(self, line):
        return self.goods[line].quantity - self.returned[line]

    def give_back(self, wanted, is_gift=False):
        """Takes quantities of lines back; the amounts that come back and how they are paid."""
        taken = Refund()
        for line, quantity in wanted:
            goods, before = self.goods[line], self.returned[line]
            after = before + quantity
            assert 0 < quantity and after <= goods.quantity

            def part(amount):
                return amount * after // goods.quantity - amount * before // goods.quantity

            refund = part(goods.net)
            taken.net += refund
            taken.concession += part(goods.concession)
            taken.discount += _signed_part(goods.discount, before, after, goods.quantity)
            self._pay_back(taken, self.cells[line], refund)
            self.returned[line] = after
        if is_gift:
            assert self.gift and not self.is_gift_returned
            self.is_gift_returned = True
            taken.gift = self.gift
            self._pay_back(taken, self.cells[-1], self.gift)
        return taken

    def _pay_back(self, taken, cells, refund):
        for at, share in enumerate(largest_remainder(refund, cells)):
            cells[at] -= share
            kind = self.kinds[at]
            taken.tenders[kind] = taken.tenders.get(kind, 0) + share

    def correct(self, tender, kind):
        """The payment of this place was of another kind; what it still holds moves with it."""
        before, self.kinds[tender] = self.kinds[tender], kind
        return before


def _signed_part(amount, before, after, quantity):
    """The part of a discount; of one below zero the mirror image."""
    sign = -1 if amount < 0 else 1
    amount = abs(amount)
    return sign * (amount * after // quantity - amount * before // quantity)


@dataclass
class Refund:
    net: int = 0
    concession: int = 0
    discount: int = 0
    gift: int = 0
    tenders: dict = field(default_factory=dict)

    @property
    def pledge_micro(self):
        return self.net * PLEDGE_BASIS_POINTS

    @property
    def total(self):
        return self.net + self.gift
