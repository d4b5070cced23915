"""What meals, charges and subsidies the passes of people make: a plain model of RULES, section 6, for the tests.

Everything is computed from all that is known, from the beginning, without regard to speed or to the order in which
anything arrived. Money in fen, times in milliseconds, days as dates of China.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

CHINA = datetime.timezone(datetime.timedelta(hours=8))
MINUTE = 60_000
WINDOW = 10 * MINUTE
TOLERANCE = 5 * MINUTE
CREDIT = 5000
# A clock before this has lost its time.
EARLIEST = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc).timestamp() * 1000


@dataclass(frozen=True)
class Rule:
    """A subsidy, once a day: how much, of whom, for whom."""

    code: str
    fen: int
    funder: str
    age: int | None = None
    for_residents: bool = False
    category: str | None = None


@dataclass(frozen=True)
class Policy:
    """What holds from a day on; a period is (code, first minute of the day, minute after the last, price)."""

    start: datetime.date
    periods: tuple
    rules: tuple


ERQI = Policy(
    datetime.date.min, (("lunch", 630, 810, 1000),), (Rule("age70", 300, "district", 70, for_residents=True),))


@dataclass
class Guest:
    id: str
    born: datetime.date
    is_resident: bool = True
    category: str | None = None
    deceased_on: datetime.date | None = None
    # (milliseconds, fen) put into the meal account.
    top_ups: list = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """Somebody's number at a centre; `until` is the last day, or None. What is entered late, after the passes came,
    counts for the days it covers; on others a number that was nobody's then stays nobody's."""

    centre: str
    number: str
    guest: str
    start: datetime.date
    until: datetime.date | None = None
    is_late: bool = False


@dataclass(frozen=True)
class Pass:
    key: tuple
    centre: str
    number: str
    at_ms: int
    received_ms: int
    is_live: bool = False

    @property
    def moment(self):
        return datetime.datetime.fromtimestamp(self.at_ms / 1000, CHINA)

    @property
    def order(self):
        return self.at_ms, self.centre, self.key


@dataclass
class Meal:
    """What is decided of a pass."""

    verdict: str
    reason: str | None = None
    guest: str | None = None
    period: str | None = None
    price: int = 0
    subsidy: int = 0
    funder: str | None = None
    payment: str | None = None
    ruling: str | None = None
    # The day it counts for, and whether that day is closed.
    booked: datetime.date | None = None
    is_fixed: bool = False


def day_of(at_ms):
    return datetime.datetime.fromtimestamp(at_ms / 1000, CHINA).date()


def whose(one, places):
    """(guest or None, reason or None) of a number at its centre on that day."""
    day = one.moment.date()
    named = [place for place in places.get((one.centre, one.number), ())]
    for place in named:
        if place.start <= day and (place.until is None or day <= place.until):
            return place.guest, None
    return None, "unknownPerson" if all(place.is_late for place in named) else "notEnrolled"


def has_birthday(born, years, day):
    """Whether somebody is so old on a day: the birthday counts, 29 February from 1 March."""
    try:
        birthday = born.replace(year=born.year + years)
    except ValueError:
        birthday = datetime.date(born.year + years, 3, 1)
    return day >= birthday


def exception(one, guest):
    if guest.deceased_on and one.moment.date() >= guest.deceased_on:
        return "deceased"
    if one.at_ms < EARLIEST or (one.is_live and abs(one.at_ms - one.received_ms) > TOLERANCE):
        return "clockOff"
    if one.at_ms > one.received_ms + TOLERANCE:
        return "inFuture"
    return None


def policy_of(day, policies):
    return [policy for policy in policies if policy.start <= day][-1]


def period_of(one, policies):
    """(code, price) of the meal hours a pass is in, or None: the start is in them, the end is not."""
    minute = one.moment.hour * 60 + one.moment.minute
    for code, start, until, price in policy_of(one.moment.date(), policies).periods:
        if start <= minute < until:
            return code, price
    return None


def subsidy(guest, day, price, policies):
    """(fen, funder) of the greatest that applies, never more than the price."""
    fits = [rule for rule in policy_of(day, policies).rules
            if (rule.age is None or has_birthday(guest.born, rule.age, day))
            and (guest.is_resident or not rule.for_residents) and rule.category in (None, guest.category)]
    best = max(fits, key=lambda rule: rule.fen, default=None)
    return (min(best.fen, price), best.funder) if best else (0, None)


def decide(passes, places, guests, said=None, fixed=None, open_day=datetime.date.min, policies=(ERQI,)):
    """{key: Meal} of all passes.

    `said`: what people said last, {key: "confirmed" | "settled" | "dismissed"}.
    `fixed`: what closed days decided, {key: Meal}; it stays, and late passes are judged against it.
    `open_day`: the first that is not closed; what is decided of a day before it counts for it.
    `policies`: by their first day.
    """
    said, fixed = said or {}, fixed or {}
    meals, mine = {}, defaultdict(list)
    for one in passes:
        guest, reason = whose(one, places)
        if one.key in fixed:
            meals[one.key] = fixed[one.key]
            if fixed[one.key].guest:
                mine[fixed[one.key].guest].append(one)
            continue
        if guest is None:
            meals[one.key] = Meal("exception", reason)
            continue
        reason = exception(one, guests[guest])
        if reason:
            meals[one.key] = Meal("exception", reason, guest)
        else:
            mine[guest].append(one)
    for guest, seen in mine.items():
        seen.sort(key=lambda one: one.order)
        heads = _sittings(guests[guest], seen, meals, fixed, policies)
        days = defaultdict(list)
        for one in sorted(heads, key=lambda one: one.order):
            days[one.moment.date()].append(one)
        for day, of_day in days.items():
            _decide_day(guests[guest], day, of_day, meals, said, fixed, policies)
        _pay(guests[guest], sorted(heads, key=lambda one: one.order), meals, open_day)
    for one in passes:
        if one.key not in fixed:
            meals[one.key].booked = max(one.moment.date(), open_day)
    return meals


def close(meals, day):
    """What stays from now on, of what is decided when a day is closed."""
    kept = {key: meal for key, meal in meals.items() if meal.booked <= day}
    for meal in kept.values():
        meal.is_fixed = True
    return kept


def _sittings(guest, seen, meals, fixed, policies):
    """The passes that are a meal of their own, not the same as another and within meal hours."""
    heads = [one for one in seen if one.key in fixed and fixed[one.key].verdict in ("served", "second", "conflict")]
    for one in seen:
        if one.key in fixed:
            continue
        if _is_repeat(one, heads, fixed):
            meals[one.key] = Meal("repeat", None, guest.id)
        elif period_of(one, policies) is None:
            meals[one.key] = Meal("exception", "outsideHours", guest.id)
        else:
            heads.append(one)
    return heads


def _is_repeat(one, heads, fixed):
    """Within ten minutes after a meal of the centre; of a closed day's meal also before it."""
    for head in heads:
        if head.centre == one.centre:
            after = one.at_ms - head.at_ms
            if 0 <= after <= WINDOW or (head.key in fixed and abs(after) <= WINDOW):
                return True
    return False


def _decide_day(guest, day, heads, meals, said, fixed, policies):
    """A period has one served meal; a day has one subsidy."""
    before = [one for one in heads if one.key in fixed]
    is_subsidised = any(fixed[one.key].subsidy for one in before)
    served = {fixed[one.key].period: one for one in before
              if fixed[one.key].verdict == "served" and fixed[one.key].ruling != "dismissed"}
    for one in heads:
        if one.key in fixed:
            continue
        word = said.get(one.key)
        period, price = period_of(one, policies)
        first = served.get(period)
        if first is None:
            made = Meal("served", None, guest.id, period)
            if word == "dismissed":
                made.ruling = word
            else:
                served[period] = one
                made.price = price
                if not is_subsidised:
                    made.subsidy, made.funder = subsidy(guest, day, price, policies)
                    is_subsidised = made.subsidy > 0
        else:
            made = Meal("second" if one.centre == first.centre else "conflict", None, guest.id, period)
            if word == {"second": "confirmed", "conflict": "settled"}[made.verdict]:
                made.price, made.ruling = price, word
            elif word == "dismissed":
                made.ruling = word
        meals[one.key] = made


def _pay(guest, heads, meals, open_day):
    """The rest of each meal in the order of time, from what the closed days left and the money since: wholly from the
    account, else on account, else at the till."""
    made = [meals[one.key] for one in heads]
    before = [meal for meal in made if meal.is_fixed and meal.price]
    balance = -sum(meal.price - meal.subsidy for meal in before if meal.payment == "account")
    # What is to be paid at the till is owed until then, and so counts for the limit.
    owed = sum(meal.price - meal.subsidy for meal in before if meal.payment in ("onAccount", "atTill"))
    money = sorted(guest.top_ups)
    while money and day_of(money[0][0]) < open_day:
        balance += money.pop(0)[1]
    for one, meal in zip(heads, made):
        while money and money[0][0] <= one.at_ms:
            balance += money.pop(0)[1]
        if meal.is_fixed or not meal.price:
            continue
        rest = meal.price - meal.subsidy
        if rest == 0:
            meal.payment = "free"
        elif balance >= rest:
            meal.payment = "account"
            balance -= rest
        elif owed + rest <= CREDIT:
            meal.payment = "onAccount"
            owed += rest
        else:
            meal.payment = "atTill"
            owed += rest


def account(guest, passes, meals):
    """(balance, owed) of somebody after all of it; what is to be paid at the till is owed until then."""
    balance = sum(fen for _, fen in guest.top_ups)
    owed = 0
    for one in passes:
        made = meals[one.key]
        if made.guest == guest.id and made.price:
            balance -= made.price - made.subsidy if made.payment == "account" else 0
            owed += made.price - made.subsidy if made.payment in ("onAccount", "atTill") else 0
    return balance, owed
