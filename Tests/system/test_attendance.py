"""Recognitions of enrolled people from many terminals, with everything that goes wrong, and posd killed meanwhile.

The suite plays some days of a small town; `make attendance` plays 132,212 recognitions of 3,846 people from 30
terminals (`ATTENDANCE_ROWS`, `ATTENDANCE_PEOPLE`, `ATTENDANCE_TERMINALS`, `ATTENDANCE_KILLS`, `SEED`), once with
SIGKILLs and once without. Count, person, time and centre of each must equal the truth; so must the meals, charges and subsidies, which a
plain model makes of it; nothing personal is in data folder, log, exports, backup or what is restored from it.
"""

import datetime
import hashlib
import json
import os
import sqlite3
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

import leaks
import meal_model
from client import Client, Till, new_id
from daemon import Daemon, new_folder, run, said
from faults import ALL
from meal_model import CHINA, Pass
from meals import top_up
from people import identity_number
from personal import Secrets
from terminals import at_ms, enrol, free_port, hik, zk
from town import POLICIES, Town

ROWS = int(os.environ.get("ATTENDANCE_ROWS", 1200))
PEOPLE = int(os.environ.get("ATTENDANCE_PEOPLE", 120))
TERMINALS = int(os.environ.get("ATTENDANCE_TERMINALS", 8))
# One run for each; the results must be the same.
KILLS = [int(count) for count in os.environ.get("ATTENDANCE_KILLS", "2").split(",")]
SEED = int(os.environ.get("SEED", 20260901))
PATIENCE = 3600
SET_UP_MS = int(datetime.datetime(2026, 8, 31, 9, tzinfo=CHINA).timestamp() * 1000)
PLAYED_MS = int(datetime.datetime(2026, 12, 1, 9, tzinfo=CHINA).timestamp() * 1000)
KINDS = ("att", "att", "pid", "acc", "hik", "att", "att", "att")
# This one took the place of another, and knows people by other numbers.
REPLACED = 5
CLIENTS = 4


class Station:
    """The daemon, its clock, and the town's people, centres and terminals in its books."""

    def __init__(self, town):
        self.town, self.secrets = town, Secrets(SEED)
        self.daemon = Daemon(settings={"POSD_REQUESTS_PER_SECOND": "0"})
        self.clock = self.daemon.workplace / "clock"
        self.daemon.settings["POSD_TEST_CLOCK"] = str(self.clock)
        self.options = ("demo", "--terminal-listen", f"127.0.0.1:{free_port()}")
        self.set_clock(SET_UP_MS)
        self.daemon.start(*self.options)
        self.terminals = [self._terminal(place) for place in range(town.terminals)]

    def set_clock(self, at_ms):
        part = self.clock.with_suffix(".part")
        part.write_text(str(at_ms))
        os.replace(part, self.clock)

    def manager(self):
        return Client(self.daemon).log_in_as("manager")

    def _terminal(self, place):
        kind = KINDS[place % len(KINDS)]
        if kind == "hik":
            return hik(self.daemon, f"a4:14:37:00:01:{place:02x}", ALL, self.secrets, seed=SEED)
        return zk(self.daemon, f"CGXH26{place:04d}", kind, ALL, self.secrets, seed=SEED)

    def wire_number(self, terminal, number):
        return "7" + number if terminal == REPLACED else number

    # The books before the first day.

    def enter(self):
        town = self.town
        for policy in POLICIES:
            self._add_policy(policy)
        self._fill_accounts([(index, guest) for index, guest in enumerate(town.guests) if guest.top_ups])
        self.set_clock(PLAYED_MS)
        boss = self.manager()
        for place, centre in enumerate(town.centres):
            boss.post("/centres", {"id": centre, "name": f"第{place}助餐点", "nameEn": ""}).expect(201)
        self.each([(index, guest) for index, guest in enumerate(town.guests) if not guest.top_ups], self._enter_guest)
        self.each(town.places, self.enrol_guest)
        for place, terminal in enumerate(self.terminals):
            self._enrol_terminal(boss, place, terminal)

    def _add_policy(self, policy):
        shown = json.loads(run("policy", "show", "--data", self.daemon.folder).stdout)
        meals = shown["meals"] | {
            "periods": [{"code": code, "name": code, "nameEn": code, "fromMinute": start, "untilMinute": until,
                         "priceFen": price} for code, start, until, price in policy.periods],
            "subsidies": [{"code": rule.code, "amountFen": rule.fen, "funder": rule.funder, "onceADay": True,
                           "residentsOnly": rule.for_residents,
                           **({"minimumAge": rule.age} if rule.age else {}),
                           **({"category": rule.category} if rule.category else {})} for rule in policy.rules]}
        path = self.daemon.workplace / "policy.json"
        path.write_text(json.dumps(
            shown | {"id": f"from {policy.start}", "effectiveFrom": str(policy.start), "meals": meals}))
        finished = run("policy", "add", "--data", self.daemon.folder, path)
        assert finished.returncode == 0, said(finished)

    def _fill_accounts(self, guests):
        """Before the first day: what comes into an account later pays for no earlier meal."""
        self.each(guests, self._enter_guest)
        till = Till(self.manager())
        for _, guest in guests:
            guest.top_ups = [(SET_UP_MS, fen) for _, fen in guest.top_ups]
            for _, fen in guest.top_ups:
                top_up(till, guest.id, fen).expect(201)

    def each(self, items, work):
        """Does it for all of them, with some clients at once."""
        def part(first):
            client = self.manager()
            for item in items[first::CLIENTS]:
                work(client, item)
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(part, range(CLIENTS)))

    def _enter_guest(self, client, item):
        index, guest = item
        # One of a day's thousand numbers for each: whoever was born on it is told apart by the place in the town.
        earlier = sum(other.born == guest.born for other in self.town.guests[:index])
        identity = identity_number(f"{guest.born:%Y%m%d}", earlier)
        self.secrets.sent["identity"].add(identity)
        self.secrets.sent["name"].add(self.town.names[index])
        body = {"id": guest.id, "identityNumber": identity, "name": self.town.names[index],
                "isResident": guest.is_resident}
        if guest.category:
            body["categories"] = [guest.category]
        if guest.deceased_on:
            body["deceasedOn"] = str(guest.deceased_on)
        client.post("/beneficiaries", body).expect(201)

    def enrol_guest(self, client, place):
        body = {"id": new_id(), "number": place.number, "personID": place.guest, "from": str(place.start)}
        if place.until:
            body["until"] = str(place.until)
        client.post(f"/centres/{place.centre}/enrolments", body).expect(201)

    def _enrol_terminal(self, boss, place, terminal):
        centre = self.town.centre_of(place)
        if place != REPLACED:
            enrol(boss, terminal, centre)
            return
        old = enrol(boss, zk(self.daemon, "BROKEN1"), centre)
        numbers = {one.number for one in self.town.places + self.town.late_places if one.centre == centre}
        numbers = [{"wireNumber": "7" + number, "number": number} for number in sorted(numbers | {"0099999"})]
        body = {"id": new_id(), "serial": terminal.serial, "family": terminal.family, "numbers": numbers}
        boss.post(f"/terminals/{old['id']}/replace", body).expect(201)

    # The days.

    def play(self, kills):
        """Everything the terminals saw while they were off line is sent; (seconds, rows on record at each SIGKILL)."""
        for terminal in self.terminals:
            terminal.is_online = False
        for seen in self.town.seen:
            self.terminals[seen.terminal].recognise(self.wire_number(seen.terminal, seen.number), seen.moment)
        begin = time.monotonic()
        threads = [threading.Thread(target=one.deliver, kwargs={"patience": PATIENCE}, daemon=True)
                   for one in self.terminals]
        for thread in threads:
            thread.start()
        killed = [self._kill((kill + 1) * len(self.town.seen) // (kills + 2), threads) for kill in range(kills)]
        for thread in threads:
            thread.join(PATIENCE)
        assert not [one.serial for one in self.terminals if one.waiting]
        return time.monotonic() - begin, killed

    def _kill(self, goal, threads):
        end = time.monotonic() + PATIENCE
        while self.count() < goal and any(thread.is_alive() for thread in threads):
            assert time.monotonic() < end, "nothing goes on"
            time.sleep(0.05)
        self.daemon.kill()
        self.daemon.start(*self.options)
        return self.count()

    # What is on record.

    def rows(self, sql):
        connection = sqlite3.connect(f"file:{self.daemon.database}?mode=ro", uri=True, timeout=30)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def count(self):
        return self.rows("SELECT count(*) FROM terminalPass")[0][0]

    def passes(self):
        """(serial, centre, number on the wire, milliseconds) of each, as often as it is there."""
        return Counter(self.rows(
            "SELECT serial, lower(hex(centreID)), number, atMs FROM terminalPass"
            " JOIN terminalBatch USING (journalKey) JOIN terminal ON terminal.id = terminalID"))

    def meals(self):
        """{(serial, number on the wire, milliseconds): (centre, number, person, milliseconds, what is decided…)}"""
        rows = self.rows(
            "SELECT serial, terminalPass.number, terminalPass.atMs, lower(hex(meal.centreID)), meal.number, period,"
            " iif(reason IN ('notEnrolled', 'unknownPerson') OR personID IS NULL, NULL, lower(hex(personID))),"
            " meal.atMs, verdict, reason, coalesce(priceFen, 0), coalesce(subsidyFen, 0), payment"
            " FROM terminalPass JOIN terminalBatch USING (journalKey)"
            " JOIN terminal ON terminal.id = terminalBatch.terminalID LEFT JOIN meal ON meal.id = terminalPass.id")
        return {row[:3]: row[3:] for row in rows}

    def charges(self):
        """{(person, day): (meals charged, fen, fen of subsidy)} of what was charged less what was taken back."""
        return {row[:2]: row[2:] for row in self.rows(
            "SELECT lower(hex(personID)), date, sum(1 - 2 * isBack), sum((1 - 2 * isBack) * priceFen),"
            " sum((1 - 2 * isBack) * coalesce(subsidyFen, 0)) FROM mealCharge GROUP BY 1, 2"
            " HAVING sum(1 - 2 * isBack) <> 0")}

    def accounts(self):
        return {row[0]: row[1:] for row in self.rows(
            "SELECT lower(hex(personID)), balanceFen, owedFen FROM mealAccount WHERE (balanceFen, owedFen) <> (0, 0)")}


class Truth:
    """The same of what the town knows, by the model."""

    def __init__(self, station, said=None):
        self.town = station.town
        self.guests = {guest.id: guest for guest in self.town.guests}
        places = {}
        for place in self.town.places + self.town.late_places:
            places.setdefault((place.centre, place.number), []).append(place)
        self.events = [
            Pass((station.terminals[seen.terminal].serial, station.wire_number(seen.terminal, seen.number),
                  at_ms(seen.moment)), self.town.centre_of(seen.terminal), seen.number, at_ms(seen.moment), PLAYED_MS)
            for seen in self.town.seen]
        self.decided = meal_model.decide(
            self.events, places, self.guests, said, policies=(meal_model.ERQI, *POLICIES))

    def passes(self):
        return Counter((one.key[0], plain(one.centre), *one.key[1:]) for one in self.events)

    def meals(self):
        made = {}
        for one in self.events:
            meal = self.decided[one.key]
            made[one.key] = (
                plain(one.centre), one.number, meal.period, plain(meal.guest), one.at_ms, meal.verdict, meal.reason, meal.price,
                meal.subsidy, meal.payment)
        return made

    def charges(self):
        sums = {}
        for one in self.events:
            meal = self.decided[one.key]
            if meal.price:
                key = (plain(meal.guest), str(one.moment.date()))
                count, price, subsidy = sums.get(key, (0, 0, 0))
                sums[key] = (count + 1, price + meal.price, subsidy + meal.subsidy)
        return sums

    def accounts(self):
        mine = {}
        for one in self.events:
            mine.setdefault(self.decided[one.key].guest, []).append(one)
        sums = {plain(id): meal_model.account(guest, mine.get(id, []), self.decided)
                for id, guest in self.guests.items()}
        return {id: sum_ for id, sum_ in sums.items() if sum_ != (0, 0)}

    def claims(self):
        """{(centre, funder): (subsidised meals, fen)}"""
        sums = {}
        for one in self.events:
            meal = self.decided[one.key]
            if meal.subsidy:
                count, fen = sums.get((one.centre, meal.funder), (0, 0))
                sums[one.centre, meal.funder] = (count + 1, fen + meal.subsidy)
        return sums

    def rulings(self):
        """What staff say of some of it: {key: word}."""
        by_verdict = {}
        for one in sorted(self.events, key=lambda one: one.key):
            by_verdict.setdefault(self.decided[one.key].verdict, []).append(one.key)
        most = max(8, ROWS // 500)
        words = {"second": "confirmed", "conflict": "settled", "served": "dismissed"}
        return {key: word for verdict, word in words.items() for key in by_verdict[verdict][:most]}


def plain(id):
    return id.replace("-", "") if id else None


def differences(found, truth):
    keys = [key for key in {**found, **truth} if found.get(key) != truth.get(key)]
    return len(keys), [(key, found.get(key), truth.get(key)) for key in keys[:3]]


def compare(station, truth):
    for what in ("passes", "meals", "charges", "accounts"):
        count, some = differences(getattr(station, what)(), getattr(truth, what)())
        assert count == 0, f"{what}: {count} differ: {some}"
    meals = truth.decided.values()
    return (f"{len(truth.events)} recognitions, {sum(meal.price > 0 for meal in meals)} meals charged, "
            f"{sum(meal.price for meal in meals)} fen, {sum(meal.subsidy for meal in meals)} fen of subsidy, "
            + ", ".join(f"{count} {word}" for word, count in Counter(
                meal.reason or meal.verdict for meal in meals).most_common()))


def compare_claims(station, truth):
    answer = station.manager().get("/meal-claims?from=2020-01-01&until=2030-01-01").expect(200)
    found = {(item["centreID"].lower(), item["funder"]): (item["mealCount"], item["totalFen"]) for item in answer["items"]}
    assert differences(found, truth.claims())[0] == 0


def say(station, rulings):
    ids = {row[:3]: row[3] for row in station.rows(
        "SELECT serial, terminalPass.number, terminalPass.atMs, lower(hex(terminalPass.id)) FROM terminalPass"
        " JOIN terminalBatch USING (journalKey) JOIN terminal ON terminal.id = terminalID")}
    paths = {"confirmed": "confirm", "settled": "settle", "dismissed": "dismiss"}
    client = station.manager()
    for key, word in rulings.items():
        id = ids[key]
        id = "-".join((id[:8], id[8:12], id[12:16], id[16:20], id[20:]))
        client.post(f"/meals/{id}/{paths[word]}", {"id": new_id()}).expect(201)


def exported(station):
    """Everything there is to export and to back up, in a folder, and what is restored from it."""
    folder = new_folder("x")
    for contents, *form in (("journal",), ("ledger", "--format", "hledger"), ("meals",), ("meal-claims",)):
        finished = run("export", contents, *form, "--data", station.daemon.folder, seconds=PATIENCE)
        assert finished.returncode == 0, said(finished)
        (folder / contents).write_bytes(finished.stdout)
    finished = run("backup", "--data", station.daemon.folder, "--to", folder, seconds=PATIENCE)
    assert finished.returncode == 0, said(finished)
    [backup] = folder.glob("posd-*")
    keys = station.daemon.folder.with_name(station.daemon.folder.name + ".keys")
    copy = new_folder("r") / "data"
    finished = run("restore", backup, "--data", copy, "--keys", keys, seconds=PATIENCE)
    assert finished.returncode == 0, said(finished)
    return leaks.files_of(folder, copy)


def look_for_leaks(station):
    assert min(len(sent) for sent in station.secrets.sent.values()) > 3
    paths = [station.daemon.log, *leaks.files_of(station.daemon.folder), *exported(station)]
    hits = leaks.found(station.secrets.sent, paths)
    assert not hits, hits[:5]
    return f"{sum(map(len, station.secrets.sent.values()))} secrets in none of {len(paths)} files"


@pytest.fixture(scope="module")
def town():
    return Town(PEOPLE, TERMINALS, ROWS, SEED)


def test_what_is_hidden_in_any_encoding_is_found(tmp_path):
    secrets = {"name": ["欧阳秀英"], "identity": ["990000193801010010"], "picture": [bytes(range(60, 100))]}
    for kind, (secret,) in secrets.items():
        hidden = list(leaks.forms(secret))
        for place, (form, content) in enumerate(hidden):
            path = tmp_path / f"{kind}{place}"
            path.write_bytes(b"\x00\xff" * 9 + content + b"\n\x00")
            assert leaks.found(secrets, [path])[0][:2] == (str(path), kind), form
        (tmp_path / "cut").write_bytes(hidden[0][1][:-1])
    assert not leaks.found(secrets, [tmp_path / "cut"])


# What each run came to, by its digest.
results = {}


@pytest.mark.parametrize("kills", KILLS)
def test_every_recognition_is_the_meal_it_should_be(town, kills):
    station = Station(town)
    try:
        begin = time.monotonic()
        station.enter()
        entered = time.monotonic() - begin
        seconds, killed = station.play(kills)
        station.each(town.late_places, station.enrol_guest)
        summary = compare(station, Truth(station))
        rulings = Truth(station).rulings()
        say(station, rulings)
        truth = Truth(station, rulings)
        compare(station, truth)
        compare_claims(station, truth)
        found = look_for_leaks(station)
        requests = sum(terminal.requests for terminal in station.terminals)
        print(f"seed {SEED}: {summary}\n{PEOPLE} people entered in {entered:.1f} s; {seconds:.1f} s,"
              f" {requests} requests, {kills} kills at {killed}; {len(rulings)} rulings; {found}")
        station.daemon.stop()
        finished = run("verify", "--data", station.daemon.folder, seconds=PATIENCE)
        assert finished.returncode == 0, said(finished)
        results[kills] = hashlib.sha256(repr(sorted(station.meals().items())).encode()).hexdigest()
    finally:
        station.daemon.kill()
        Daemon.everyone.remove(station.daemon)


def test_killing_changes_nothing():
    assert len(set(results.values())) == 1
