"""A town of people who do not exist, their numbers at meal centres, and who looks into which terminal when.

All of it follows from a seed. What a terminal's clock shows is what counts, so wrong clocks are in the times already.
"""

import datetime
import random
import uuid
from dataclasses import dataclass

from meal_model import Guest, Place, Policy, Rule

FIRST = datetime.date(2026, 9, 1)
EARLY = datetime.date(1999, 1, 1)
DAY = datetime.timedelta(days=1)
SURNAMES = ("欧阳", "司马", "上官", "诸葛", "尉迟", "澹台", "皇甫", "宇文")
# Two meals a day, whose prices and subsidies change after three days; one subsidy is more than a dinner.
POLICIES = (
    Policy(FIRST, (("lunch", 630, 810, 1000), ("dinner", 1020, 1140, 800)), (
        Rule("age70", 300, "district", 70, for_residents=True), Rule("need", 500, "civil-affairs", category="minimumLiving"),
        Rule("age90", 900, "district", 90))),
    Policy(FIRST + 3 * DAY, (("lunch", 640, 800, 1200), ("dinner", 1020, 1140, 900)), (
        Rule("age70", 400, "district", 70, for_residents=True), Rule("need", 600, "civil-affairs", category="minimumLiving"))),
)
GIVEN = "秀英桂兰玉珍凤淑华建国志明海燕春梅德福永康"


@dataclass(frozen=True)
class Seen:
    """Somebody at a terminal: the number as the centre knows it, and the terminal's clock."""

    terminal: int
    number: str
    moment: datetime.datetime


class Town:
    def __init__(self, people, terminals, rows, seed):
        self.chance = random.Random(seed)
        self.terminals = terminals
        # Two centres have two terminals each.
        self.centre_count = max(2, terminals - 2)
        self.centres = [self.new_id() for _ in range(self.centre_count)]
        self.guests, self.places, self.names = [], [], []
        self.late_places = []
        self.homes = []
        self._settle(people)
        self.seen = self._visits(rows)

    def new_id(self):
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def centre_of(self, terminal):
        return self.centres[terminal % self.centre_count]

    def terminals_of(self, centre):
        return [one for one in range(self.terminals) if one % self.centre_count == centre]

    # Who lives there.

    def _settle(self, people):
        heirs = []
        for index in range(people):
            guest = Guest(self.new_id(), self._birth_date(), self.chance.random() < 0.85)
            guest.category = "minimumLiving" if self.chance.random() < 0.1 else None
            if self.chance.random() < 0.01:
                guest.deceased_on = FIRST + DAY * self.chance.randrange(1, 10)
            elif self.chance.random() < 0.08:
                guest.top_ups = [(0, self.chance.choice((700, 5000, 9900)))]
            self.guests.append(guest)
            self.names.append(self.chance.choice(SURNAMES) + "".join(self.chance.choice(GIVEN) for _ in range(2)))
            self.homes.append(self._enrol(index, guest, heirs))

    def _birth_date(self):
        if self.chance.random() < 0.1:
            # Seventy in the days that are played, on a leap day now and then.
            return datetime.date(1956, 9, 1) + DAY * self.chance.randrange(-2, 12)
        if self.chance.random() < 0.02:
            return datetime.date(1956, 2, 29)
        return datetime.date(1930, 1, 1) + DAY * self.chance.randrange(60 * 365)

    def _enrol(self, index, guest, heirs):
        """The places of one person; the first is where they go as a rule: (centre, number, first day, last day)."""
        centre = index % self.centre_count
        number, start, until = f"{index // self.centre_count + 1:07d}", EARLY, None
        mine = [heir for heir in heirs if heir[0] == centre]
        if mine and self.chance.random() < 0.7:
            # The number of somebody who left, some days after that or the next day.
            heirs.remove(mine[0])
            number, start = mine[0][1], mine[0][2] + DAY * self.chance.choice((1, 1, 3))
        elif self.chance.random() < 0.02:
            start = FIRST + DAY * self.chance.randrange(1, 4)
        if start < FIRST and self.chance.random() < 0.04:
            until = FIRST + DAY * self.chance.randrange(6)
            heirs.append((centre, number, until))
        place = Place(self.centres[centre], number, guest.id, start, until, is_late=self.chance.random() < 0.02)
        (self.late_places if place.is_late else self.places).append(place)
        other = None
        if self.chance.random() < 0.15:
            other = (centre + 1 + index // self.centre_count) % self.centre_count
            if other == centre:
                other = (centre + 1) % self.centre_count
            self.places.append(Place(self.centres[other], f"8{index:06d}", guest.id, EARLY))
        return centre, number, start, until, other, f"8{index:06d}"

    # Who comes when.

    def _visits(self, rows):
        seen, taken = [], set()
        date = FIRST
        while len(seen) < rows:
            for home in self.homes:
                for centre, number, moment in self._day(home, date):
                    terminal = self.chance.choice(self.terminals_of(centre))
                    moment = self._shown(terminal, moment)
                    # Nobody is at two places in one second, and no number twice.
                    marks = {(centre, number, moment), (home[0], home[1], moment)}
                    if not marks & taken:
                        taken |= marks
                        seen.append(Seen(terminal, number, moment))
            date += DAY
        return seen[:rows]

    def _day(self, home, date):
        """(centre, number, moment) of one person's day."""
        centre, number, start, until, other, other_number = home
        if self.chance.random() < 0.12 or date < start - 2 * DAY or (until and date > until + 2 * DAY):
            return
        first = self._lunch(date)
        yield centre, number, first
        if self.chance.random() < 0.06:
            seconds = self.chance.choice((1, 300, 599, 600, 601, 900, 1500))
            yield centre, number, first + datetime.timedelta(seconds=seconds)
        if other is not None and self.chance.random() < 0.15:
            minutes = self.chance.randrange(-90, 90)
            yield other, other_number, first + datetime.timedelta(minutes=minutes, seconds=1)
        if self.chance.random() < 0.01:
            yield self.chance.randrange(self.centre_count), "0099999", first + datetime.timedelta(seconds=40)
        if self.chance.random() < 0.1:
            yield centre, number, first + datetime.timedelta(hours=6)

    def _lunch(self, date):
        if self.chance.random() < 0.02:
            # The ends of the meal hours, to the second.
            time = self.chance.choice(((10, 29, 59), (10, 30, 0), (13, 29, 59), (13, 30, 0)))
            return datetime.datetime.combine(date, datetime.time(*time))
        return datetime.datetime.combine(date, datetime.time(10, 25)) + datetime.timedelta(
            seconds=self.chance.randrange(190 * 60))

    def _shown(self, terminal, moment):
        """What the terminal's clock shows: one has lost it now and then, one is an hour ahead, one years."""
        if terminal == 0 and self.chance.random() < 0.03:
            return datetime.datetime(2000, 1, 1) + datetime.timedelta(seconds=self.chance.randrange(9 * 86400))
        if terminal == 1:
            return moment + datetime.timedelta(hours=1)
        if terminal == 2 and self.chance.random() < 0.005:
            return moment + datetime.timedelta(days=400)
        return moment
