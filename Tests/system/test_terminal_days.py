"""Terminals over days: counted each day by themselves, asked for what is missing, rid of who left, live or late."""

import datetime

import pytest

import meals
from client import new_id
from closing import Station
from daemon import Daemon, run, said
from meal_model import CHINA
from personal import Secrets
from terminals import enrol, expected, stored, zk

FIRST = datetime.datetime(2026, 11, 3)
SECRETS = Secrets(5)


class Place:
    """A centre of a station whose clock the test sets, and a terminal enrolled at it on a morning; each test has days
    of its own, later than those before."""

    count = 0

    def __init__(self, station):
        Place.count += 1
        self.station, self.daemon = station, station.daemon
        self.today = FIRST + datetime.timedelta(days=4 * Place.count)
        self.at(8, 0)
        self.centre = meals.Centre(self.daemon, station.manager)
        self.enrol("DAYS")

    def enrol(self, serial, **more):
        self.terminal = zk(self.daemon, f"{serial}{Place.count}", secrets=SECRETS)
        self.enrolled = enrol(self.station.manager, self.terminal, self.centre.id, **more)
        self.terminal.greet()

    def at(self, *clock, day=0):
        """Sets everybody's clock; the moment as the terminal writes it."""
        moment = self.today + datetime.timedelta(days=day, hours=clock[0], minutes=clock[1])
        self.station.set_clock(int(moment.replace(tzinfo=CHINA).timestamp() * 1000))
        return moment

    def date(self, day=0):
        return str(self.today.date() + datetime.timedelta(days=day))

    def restart(self):
        self.daemon.kill()
        self.daemon.start("demo", "--terminal-listen", "127.0.0.1:0")
        self.terminal.line.port = self.daemon.terminal_port

    def poll(self, times=6):
        """Asks for commands, does them and sends what it has, as it does every ten seconds."""
        for _ in range(times):
            self.terminal.poll()
            self.terminal.deliver()

    def changes(self):
        """The commands that changed who is on the terminal."""
        return [one.split("\tName")[0] for one in self.terminal.commands if one.startswith(("DATA D", "DATA U"))]

    def passes(self):
        return [row for row in stored(self.daemon) if row[0] == self.terminal.serial]

    def work(self):
        return self.station.manager.get(f"/terminals/{self.enrolled['id']}/commands").expect(200)

    def meanings(self):
        path = f"/terminals/{self.enrolled['id']}/evidence"
        return [row["meaning"] for row in self.station.manager.get(path).expect(200)["items"]]

    def meals(self, day=0):
        return self.station.manager.all_items(f"/centres/{self.centre.id}/meals?date={self.date(day)}")


@pytest.fixture(scope="module")
def station():
    station = Station()
    yield station
    station.daemon.kill()
    Daemon.everyone.remove(station.daemon)


@pytest.fixture
def place(station):
    return Place(station)


def test_every_day_a_terminal_is_counted_by_itself_and_what_is_missing_comes(place):
    for number in range(20):
        place.terminal.recognise(f"{number:07d}", place.at(11, 30) + datetime.timedelta(seconds=number))
    lost = place.terminal.waiting[5:12]
    place.terminal.waiting = [row for row in place.terminal.waiting if row not in lost]
    place.terminal.deliver()
    place.at(13, 59)
    place.poll()
    before = list(place.terminal.commands)
    assert len(place.passes()) == 13

    place.at(14, 0)
    place.poll()

    assert before == []
    assert place.passes() == expected([(place.terminal, place.centre.id)])
    assert [one.split(" ")[1] for one in place.terminal.commands] == ["SUM", "SUM", "QUERY", "SUM"]
    assert [(one["from"], one["theirs"], one["ours"]) for one in place.work()["counts"]] == [
        (place.date(), 20, 20), (place.date(-7), 0, 0)]
    place.poll()
    assert len(place.terminal.commands) == 4


def test_a_terminal_that_was_off_and_a_daemon_that_was_killed_are_made_good_once(place):
    place.at(14, 5)
    place.restart()
    place.at(9, 0, day=1)
    place.poll(2)
    first = list(place.terminal.commands)
    place.restart()
    place.poll(2)
    again = place.terminal.commands[len(first):]
    place.at(14, 1, day=1)
    place.poll(2)

    starts = [one.split("StartTime=")[1][:10] for one in place.terminal.commands]
    assert len(first) == 2 and again == []
    assert starts == [place.date(-7), place.date(), place.date(-6), place.date(1)]


def test_rows_deleted_on_the_terminal_are_noticed_the_same_day(place):
    for number in range(5):
        place.terminal.recognise(f"{number:07d}", place.at(11, 30) + datetime.timedelta(seconds=number))
    place.terminal.deliver()
    del place.terminal.memory[:2]

    place.at(14, 0)
    place.poll()

    assert place.meanings() == ["rowsGone"]


def test_who_is_enrolled_no_more_is_taken_from_the_terminal(place):
    place.at(9, 0)
    gone, stays = place.centre.enter("0000017", start="2026-10-01"), place.centre.enter("0000018", start="2026-10-01")
    order = {"id": new_id(), "kind": "putPeople"}
    asked = place.station.manager.post(f"/terminals/{place.enrolled['id']}/commands", order).expect(201)
    place.poll(2)
    assert sorted(place.terminal.people) == ["0000017", "0000018"]
    assert all(one.count("=") == 2 for one in place.terminal.commands), "number and name, nothing else"
    assert (asked["kind"], asked["personNumber"], type(asked["number"])) == ("putPerson", "0000017", int)
    path = f"/centres/{place.centre.id}/enrolments"
    [own] = [one for one in place.centre.staff.all_items(path) if one["personID"] == gone]
    place.centre.staff.post(f"/enrolments/{own['id']}/end", {"id": new_id(), "until": place.date()}).expect(201)
    place.poll(2)
    last_day = sorted(place.terminal.people)

    place.at(0, 5, day=1)
    place.poll(3)

    assert last_day == ["0000017", "0000018"]
    assert list(place.terminal.people) == ["0000018"] and stays
    assert place.changes()[2:] == ["DATA DELETE USERINFO PIN=0000017"]
    assert {one["state"] for one in place.work()["items"]} == {"done"}


def test_a_number_passed_on_is_emptied_first_and_a_new_terminal_keeps_the_faces_of_its_people(place):
    place.at(9, 0)
    gone = place.centre.enter("0000099", start="2026-10-01")
    path = f"/centres/{place.centre.id}/enrolments"
    place.centre.staff.post(path, {"id": new_id(), "number": "0000017", "personID": gone, "from": "2026-10-01",
                                   "until": place.date()}).expect(201)
    place.centre.enter("0000017", start=place.date(1))

    place.at(8, 0, day=1)
    place.poll(3)
    emptied = place.changes()
    place.enrol("LATER")
    place.poll(3)

    assert emptied == ["DATA DELETE USERINFO PIN=0000017", "DATA UPDATE USERINFO PIN=0000017"]
    assert place.changes() == []


def test_a_replaced_terminal_knows_its_people_by_the_map_of_numbers(place):
    person = place.centre.enter("0000017", start="2026-10-01")
    new = zk(place.daemon, f"NEW{Place.count}", secrets=SECRETS)
    body = {"id": new_id(), "serial": new.serial, "family": new.family,
            "numbers": [{"wireNumber": "1", "number": "0000017"}]}
    place.station.manager.post(f"/terminals/{place.enrolled['id']}/replace", body).expect(201)

    new.recognise("1", place.at(11, 30))
    new.recognise("2", place.at(11, 31))
    new.deliver()

    assert [(one["number"], one["personID"], one["verdict"]) for one in place.meals()] == [
        ("2", None, "exception"), ("0000017", person, "served")]


def test_rows_of_a_broken_terminal_come_by_its_file_although_it_was_replaced(place, tmp_path):
    person = place.centre.enter("0000017", start="2026-10-01")
    moment = place.at(11, 30)
    body = {"id": new_id(), "serial": "OTHER", "family": place.terminal.family}
    place.station.manager.post(f"/terminals/{place.enrolled['id']}/replace", body).expect(201)
    path = tmp_path / "1_attlog.dat"
    path.write_text(f"{'0000017':>9}\t{moment:%Y-%m-%d %H:%M:%S}\t1\t0\t15\t0\r\n")

    finished = run("import", "attendance", path, "--terminal", place.terminal.serial, "--data", place.daemon.folder)

    assert "1 new" in said(finished), said(finished)
    [meal] = place.meals()
    assert (meal["personID"], meal["verdict"]) == (person, "served")


def test_a_terminal_that_catches_up_for_minutes_is_not_taken_for_one_with_a_wrong_clock(place):
    yesterday = place.today - datetime.timedelta(days=1)
    for number in range(303):
        place.terminal.recognise(f"{number:07d}", yesterday + datetime.timedelta(hours=11, seconds=number))
    place.at(9, 0)
    minute = 0
    while place.terminal.waiting:
        assert place.terminal.send_batch()
        minute += 1
        place.at(9, minute)

    assert minute == 4
    assert {meal["reason"] for meal in place.meals(-1)} == {"unknownPerson"}
    assert place.meanings() == []


@pytest.mark.parametrize("ahead, reason, meanings", [(-6, "clockOff", ["clockOff"]), (4, "unknownPerson", [])])
def test_a_wrong_clock_of_a_terminal_that_is_heard_of_all_along_is_seen(place, ahead, reason, meanings):
    place.centre.enter("0000017", start="2026-10-01")
    for minute in range(0, 4):
        now = place.at(11, 30 + minute)
        place.poll(1)
    number = "0000017" if reason == "clockOff" else "0000055"
    place.terminal.recognise(number, now + datetime.timedelta(minutes=ahead))
    place.terminal.deliver()

    assert [meal["reason"] for meal in place.meals()] == [reason]
    assert place.meanings() == meanings


@pytest.mark.parametrize("minutes, text", [(480, "8"), (330, "330"), (-300, "-5")])
def test_a_terminal_sets_its_clock_by_every_answer_and_its_zone(place, minutes, text):
    place.enrol("ZONE", zoneMinutes=minutes)
    ahead = []
    for answer in (place.terminal.greet(), place.terminal.ask("GET", "getrequest"),
                   place.terminal.ask("POST", "devicecmd", body=b"ID=1&Return=0&CMD=INFO")):
        assert answer.status == 200 and "date" in answer.headers
        real = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
        ahead.append(abs((place.terminal.clock - real.replace(tzinfo=None)).total_seconds()))

    assert place.terminal.options["TimeZone"] == text
    assert max(ahead) < 5
