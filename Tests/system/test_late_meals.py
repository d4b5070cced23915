"""Meals that come after their day is closed, in any order: what the closed day decided stays, the late one is judged
against it and counts for the open day. Two towns that are the same but for the order of arrival must come to the same,
and to what the plain model says; so must the streams of the day closes and the claims with their corrections."""

import datetime
import sqlite3
from collections import Counter

import pytest

import meal_model
from client import new_id
from closing import Station
from daemon import Daemon, said
from meal_model import CHINA, Guest, Pass, Place
from meals import top_up
from people import identity_number
from personal import Secrets
from terminals import add_centre, at_ms, enrol, zk

FIRST = datetime.date(2026, 11, 2)
DAY = datetime.timedelta(days=1)
DAYS, PEOPLE, CENTRES, TOWNS = 4, 20, 3, 2


def clock(day, hour, minute=0):
    moment = datetime.datetime.combine(FIRST + day * DAY, datetime.time(hour, minute), CHINA)
    return int(moment.timestamp() * 1000)


class Story:
    """Who comes when, and on which day the terminal could send it: (arrival, centre, person, moment)."""

    def __init__(self, chance):
        self.born = [datetime.date(chance.choice((1936, 1956, 1980)), 11, 3) for _ in range(PEOPLE)]
        self.top_ups = [chance.choice((0, 0, 700, 1400, 1700)) for _ in range(PEOPLE)]
        self.born[:3] = [datetime.date(1936, 11, 3)] * 3
        # Nobody else of the day is known to the closed day; before a meal that stays; elsewhere, before it.
        self.seen = [(arrival, centre, person, datetime.datetime(2026, 11, 2, 11, minute))
                     for arrival, centre, person, minute in (
                         (1, 0, 0, 30), (0, 0, 1, 30), (1, 0, 1, 24), (0, 0, 2, 30), (2, 1, 2, 0))]
        for person in range(3, PEOPLE):
            for day in range(DAYS - 1):
                taken = set()
                for _ in range(chance.choice((0, 1, 1, 2, 3, 4))):
                    second = chance.randrange(170 * 60) if chance.random() < 0.5 else chance.randrange(40 * 60)
                    if second not in taken:
                        taken.add(second)
                        moment = datetime.datetime.combine(FIRST + day * DAY, datetime.time(10, 40))
                        moment += datetime.timedelta(seconds=second)
                        arrival = day if chance.random() < 0.5 else chance.randrange(day, DAYS)
                        self.seen.append((arrival, chance.choice((0, 0, 1, 2)), person, moment))


class Town:
    """One that lives the story, with people, centres and terminals of its own."""

    def __init__(self, place, story, station):
        self.place, self.story, self.station = place, story, station
        boss = station.manager
        self.centres = [add_centre(boss, f"第{place}{number}助餐点") for number in range(CENTRES)]
        self.terminals = []
        for number, centre in enumerate(self.centres):
            self.terminals.append(zk(station.daemon, f"LATE{place}{number}", secrets=Secrets(1)))
            enrol(boss, self.terminals[-1], centre)
        self.guests, self.places = {}, {}
        self.ids = [self._enter(person) for person in range(PEOPLE)]

    def _enter(self, person):
        guest = Guest(new_id(), self.story.born[person])
        identity = identity_number(f"{guest.born:%Y%m%d}", self.place * 100 + person)
        boss = self.station.manager
        boss.post("/beneficiaries", {
            "id": guest.id, "identityNumber": identity, "name": "欧阳秀英", "isResident": True}).expect(201)
        for centre in self.centres:
            number = f"{person:07d}"
            boss.post(f"/centres/{centre}/enrolments", {
                "id": new_id(), "number": number, "personID": guest.id, "from": str(FIRST - DAY)}).expect(201)
            self.places[centre, number] = [Place(centre, number, guest.id, FIRST - DAY)]
        if self.story.top_ups[person]:
            guest.top_ups = [(self.station.now_ms, self.story.top_ups[person])]
        self.guests[guest.id] = guest
        return guest.id

    def fill(self, till):
        for guest in self.guests.values():
            for _, fen in guest.top_ups:
                top_up(till, guest.id, fen).expect(201)

    def send(self, day, chance):
        """What arrives on a day, in some order, a few rows at a time."""
        due = [one for one in self.story.seen if one[0] == day]
        chance.shuffle(due)
        for _, centre, person, moment in due:
            self.terminals[centre].recognise(f"{person:07d}", moment)
            if chance.random() < 0.4:
                self.terminals[centre].deliver()
        for terminal in self.terminals:
            terminal.deliver()

    def passes(self, day):
        return [Pass((self.terminals[centre].serial, f"{person:07d}", at_ms(moment)), self.centres[centre],
                     f"{person:07d}", at_ms(moment), clock(arrival, 20))
                for arrival, centre, person, moment in self.story.seen if arrival <= day]


def rows(daemon, sql):
    connection = sqlite3.connect(f"file:{daemon.database}?mode=ro", uri=True, timeout=30)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def stored(daemon):
    """{(serial, number, milliseconds): what is decided}"""
    return {row[:3]: row[3:] for row in rows(
        daemon, "SELECT serial, meal.number, meal.atMs, verdict, coalesce(priceFen, 0), coalesce(subsidyFen, 0),"
        " payment FROM meal JOIN terminal ON terminal.id = terminalID")}


def charged(daemon):
    """Counter of (person, day, day it counts for, price, subsidy), less what was taken back."""
    sums = Counter()
    for *key, sign in rows(
            daemon, "SELECT lower(hex(personID)), date, bookedDate, priceFen, coalesce(subsidyFen, 0), 1 - 2 * isBack"
            " FROM mealCharge"):
        sums[tuple(key)] += sign
    return {key: count for key, count in sums.items() if count}


def told(decided):
    return {key: (meal.verdict, meal.price, meal.subsidy, meal.payment) for key, meal in decided.items()}


def told_charges(decided):
    sums = Counter()
    for key, meal in decided.items():
        if meal.price:
            day = meal_model.day_of(key[2])
            sums[meal.guest.replace("-", ""), str(day), str(meal.booked), meal.price, meal.subsidy] += 1
    return dict(sums)


@pytest.fixture
def station():
    made = Station(clock(0, 8))
    yield made
    made.daemon.kill()
    Daemon.everyone.remove(made.daemon)


def close_day(station, day, session):
    station.set_clock(clock(day, 21))
    station.close(session)
    return station.manager.post(f"/days/{FIRST + day * DAY}/close", {"id": new_id()}).expect(201)


def check_streams(close, decided, day):
    """What the close says of meals is what counts for its day."""
    of_day = [meal for meal in decided.values() if meal.price and meal.booked == FIRST + day * DAY]
    found = {row["account"]: row["amountMicroYuan"] for row in close["streams"]}
    assert found.get("income:meals", 0) == -10_000 * sum(meal.price for meal in of_day)
    assert found.get("assets:meal-subsidy:district", 0) == 10_000 * sum(meal.subsidy for meal in of_day)


def check_claims(station, decided, day):
    """The day's claim by centre: its own meals, and those of earlier days as corrections."""
    date = FIRST + day * DAY
    answer = station.manager.get(f"/meal-claims?from={date}&until={date}").expect(200)
    found = Counter({"own": 0, "late": 0})
    for item in answer["items"]:
        found["own"] += item["amountFen"]
        found["late"] += item["correctionFen"]
    truth = Counter({"own": 0, "late": 0})
    for key, meal in decided.items():
        if meal.subsidy and meal.booked == date:
            truth["own" if meal_model.day_of(key[2]) == date else "late"] += meal.subsidy
    assert found == truth
    return truth["late"]


def test_late_meals_in_any_order_leave_closed_days_as_they_are(station, chance):
    story = Story(chance)
    towns = [Town(place, story, station) for place in range(TOWNS)]
    fixed, decided, late = {}, {}, 0
    for day in range(DAYS):
        station.set_clock(clock(day, 9))
        session = station.open_till()
        if day == 0:
            for town in towns:
                town.fill(station.at(session))
        station.set_clock(clock(day, 20))
        for town in towns:
            town.send(day, chance)
            decided.update(meal_model.decide(
                town.passes(day), town.places, town.guests, fixed=fixed, open_day=FIRST + day * DAY))

        found, truth = stored(station.daemon), told(decided)
        wrong = [(key, found.get(key), truth.get(key)) for key in {**found, **truth}
                 if found.get(key) != truth.get(key)]
        assert not wrong, (day, len(wrong), wrong[:3])
        assert charged(station.daemon) == told_charges(decided)
        check_streams(close_day(station, day, session), decided, day)
        late += check_claims(station, decided, day)
        fixed = meal_model.close(decided, FIRST + day * DAY)

    print(f"{len(story.seen)} passes, {late} fen of late subsidies")
    verdicts = Counter(meal.verdict for meal in decided.values())
    assert late > 0 and all(verdicts[word] for word in ("served", "repeat", "second", "conflict"))
    finished = station.daemon.verify()
    assert finished.returncode == 0, said(finished)
