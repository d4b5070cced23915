"""Meal terminals through real sockets: what they send is stored once, and each is answered as it expects."""

import datetime
import time

import pytest

import leaks
import meals
from client import Client, new_id
from daemon import Daemon, run, said
from faults import ALL, Faults
from people import canary
from personal import Secrets
from terminals import add_centre, at_ms, enrol, everything_on_disk, expected, hik, stored, zk

NOON = datetime.datetime(2026, 9, 1, 11, 30, 0)


@pytest.fixture(scope="module")
def daemon():
    daemon = Daemon().start("demo", "--terminal-listen", "127.0.0.1:0")
    yield daemon
    daemon.kill()
    Daemon.everyone.remove(daemon)


@pytest.fixture(scope="module")
def boss(daemon):
    return Client(daemon).log_in_as("manager")


@pytest.fixture(scope="module")
def centre(boss):
    return add_centre(boss)


def noon(seconds=0):
    return NOON + datetime.timedelta(seconds=seconds)


def passes(daemon, terminal):
    return [row for row in stored(daemon) if row[0] == terminal.serial]


@pytest.mark.parametrize("kind", ["att", "pid", "acc"])
def test_a_day_of_a_zkteco_terminal_is_stored_once(daemon, boss, centre, kind):
    terminal = zk(daemon, f"DAY{kind.upper()}1", kind)
    enrol(boss, terminal, centre)
    for place in range(250):
        terminal.recognise(f"{place:07d}", noon(place * 3))

    terminal.deliver()
    terminal.waiting = [row for _, _, row in terminal.memory]
    terminal.deliver()

    assert passes(daemon, terminal) == expected([(terminal, centre)])


def test_hikvision_events_are_stored_once_in_every_form(daemon, boss, centre):
    terminal = hik(daemon, "a4:14:37:00:00:01", Faults(repeat=0.3, refusals=0.3, pictures=0.3))
    enrol(boss, terminal, centre)
    for place in range(40):
        terminal.recognise(f"{place:07d}", noon(place * 3))

    terminal.deliver()

    assert passes(daemon, terminal) == expected([(terminal, centre)])


def test_the_answers_are_those_of_the_protocol(daemon, boss, centre):
    terminal = zk(daemon, "ANSWER1", prefix="/adms/iclock", suffix=".aspx")
    enrol(boss, terminal, centre, zoneMinutes=480)

    hello = terminal.greet()
    rows = b"1002\t2026-09-01 11:30:14\t0\t15\t0\t0\t0\r\n???\r\n"
    stored_two = terminal.ask("POST", "cdata", "&table=ATTLOG&Stamp=9999", rows)
    photo = terminal.send_picture()
    asked = terminal.ask("GET", "getrequest")
    ping = terminal.ask("GET", "ping")

    assert hello.text.startswith("GET OPTION FROM: ANSWER1\nATTLOGStamp=None\n") and "TimeZone=8\n" in hello.text
    assert terminal.options["TransFlag"] == "TransData AttLog\tOpLog"
    assert abs(terminal.server_time.timestamp() - time.time()) < 5
    assert (stored_two.status, stored_two.text) == (200, "OK: 2")
    assert [one.text for one in (photo, asked, ping)] == ["OK", "OK", "OK"]
    listed = [one["id"] for one in boss.get("/terminals").expect(200)["items"] if one["serial"] == "ANSWER1"]
    bad = boss.get(f"/terminals/{listed[0]}/quarantine").expect(200)["items"]
    assert [(row["kind"], row["reason"]) for row in bad] == [("attendance", "tooFewColumns")]


@pytest.mark.parametrize("path, method, body, status", [
    ("/", "GET", None, 404), ("/iclock/cdata", "GET", None, 400), ("/iclock/nothing?SN=ANSWER1", "GET", None, 404),
    ("/iclock/cdata?SN=ANSWER1&table=ATTLOG", "POST", b"", 400), ("/isapi/event", "POST", b"", 400),
    ("/iclock/exchange?SN=ANSWER1", "POST", b"x", 404), ("/isapi/event", "POST", b"{]", 401),
])
def test_what_is_no_request_of_a_terminal_is_refused_without_a_crash(daemon, path, method, body, status):
    answer = zk(daemon, "ANSWER1").line.ask(method, path, body)

    assert answer.status == status


def test_a_post_without_a_length_and_one_too_long_are_refused(daemon):
    line = zk(daemon, "ANSWER1").line
    path = "/iclock/cdata?SN=ANSWER1&table=ATTLOG"

    assert line.ask("POST", path).status == 411
    assert line.ask("POST", path, headers=("Content-Length: 99999999",)).status == 413


def test_an_unknown_terminal_keeps_its_rows_and_is_shown(daemon, boss, centre):
    terminal = zk(daemon, "STRANGER1")
    terminal.recognise("0000007", noon())
    refused = terminal.greet()

    unknown = {one["serial"]: one for one in boss.get("/terminals/unknown").expect(200)["items"]}
    assert refused.status == 401
    assert unknown["STRANGER1"]["family"] == "zktecoAttendance" and unknown["STRANGER1"]["attempts"] >= 1

    enrol(boss, terminal, centre)
    terminal.deliver()

    assert passes(daemon, terminal) == expected([(terminal, centre)])
    assert "STRANGER1" not in {one["serial"] for one in boss.get("/terminals/unknown").expect(200)["items"]}


def test_a_crowd_of_unknown_serial_numbers_does_not_hide_the_terminal_that_is_there(daemon, boss):
    for number in range(205):
        assert zk(daemon, f"CROWD{number}").ask("GET", "cdata", "&options=all").status == 401

    zk(daemon, "REALONE").greet()

    listed = [one["serial"] for one in boss.get("/terminals/unknown").expect(200)["items"]]
    assert "REALONE" in listed and len(listed) == 200


def test_a_secret_is_asked_for_where_the_protocol_has_one(daemon, boss, centre):
    right, wrong = zk(daemon, "SECRET1", key="a1b2c3"), zk(daemon, "SECRET1", key="other")
    enrol(boss, right, centre, secret="a1b2c3")
    camera, stranger = (hik(daemon, "a4:14:37:00:00:02", password=word) for word in ("right", "wrong"))
    enrol(boss, camera, centre, secret="right")

    assert wrong.greet().status == 401
    assert wrong.ask("GET", "getrequest").status == 401
    assert right.greet().status == 200
    assert right.ask("GET", "getrequest").status == 200
    event = camera.event("0000001", noon(), 75)
    assert stranger.push(event).status == 401
    assert camera.push(event).status == 200


def test_a_security_terminal_without_its_token_is_refused(daemon, boss, centre):
    terminal = zk(daemon, "TOKEN1", "acc")
    enrol(boss, terminal, centre)
    terminal.greet()
    good = terminal.ask("GET", "getrequest").status
    terminal.token = "0" * 32

    assert (good, terminal.ask("GET", "getrequest").status) == (200, 401)


def test_a_replaced_terminal_hands_over_its_numbers(daemon, boss, centre):
    old, new = zk(daemon, "OLD1"), zk(daemon, "NEW1")
    enrolled = enrol(boss, old, centre)
    body = {"id": new_id(), "serial": "NEW1", "family": new.family,
            "numbers": [{"wireNumber": "1", "number": "0000017"}]}
    made = boss.post(f"/terminals/{enrolled['id']}/replace", body)
    again = boss.post(f"/terminals/{enrolled['id']}/replace", body)

    assert made.expect(201)["numberCount"] == 1 and again.headers["idempotency-replayed"] == "true"
    assert made.json["id"] == again.json["id"]
    assert old.greet().status == 401 and new.greet().status == 200
    assert boss.post(f"/terminals/{enrolled['id']}/retire", {"id": new_id()}).code == "terminal_retired"
    taken = boss.post("/terminals", {"id": new_id(), "serial": "NEW1", "family": new.family, "centreID": centre})
    assert taken.code == "terminal_known"


def test_missing_rows_are_found_by_their_count_and_fetched(daemon, boss, centre):
    terminal = zk(daemon, "COUNT1")
    enrolled = enrol(boss, terminal, centre)
    for place in range(30):
        terminal.recognise(f"{place:07d}", noon(place))
    del terminal.waiting[10:20]
    terminal.deliver()
    assert len(passes(daemon, terminal)) == 20

    order = {"id": new_id(), "kind": "count", "from": "2026-09-01", "through": "2026-09-02"}
    boss.post(f"/terminals/{enrolled['id']}/commands", order).expect(201)
    for _ in range(4):
        terminal.poll()
        terminal.deliver()

    work = boss.get(f"/terminals/{enrolled['id']}/commands").expect(200)
    assert passes(daemon, terminal) == expected([(terminal, centre)])
    assert [(one["kind"], one["state"]) for one in work["items"]] == [
        ("count", "done"), ("fetch", "done"), ("count", "done")]
    assert [(one["theirs"], one["ours"]) for one in work["counts"]] == [(30, 30)]


def test_rows_deleted_on_a_terminal_and_its_clock_being_set_are_kept_as_evidence(daemon, boss, centre):
    terminal = zk(daemon, "EVIDENCE1")
    enrolled = enrol(boss, terminal, centre)
    for place in range(5):
        terminal.recognise(f"{place:07d}", noon(place))
    terminal.deliver()
    terminal.send_operations()
    terminal.send_operations()
    del terminal.memory[:2]
    order = {"id": new_id(), "kind": "count", "from": "2026-09-01", "through": "2026-09-01"}
    boss.post(f"/terminals/{enrolled['id']}/commands", order).expect(201)
    terminal.poll()

    rows = boss.get(f"/terminals/{enrolled['id']}/evidence").expect(200)["items"]
    found = sorted((row["meaning"], row["detail"]) for row in rows)
    assert found == [("clockSet", "21"), ("faceEnrolled", "101"), ("hasRights", "14"),
                     ("rowsGone", "2026-09-01 2026-09-01: theirs 3, ours 5")]


def test_people_are_put_on_a_terminal_by_number_and_name_alone(daemon, boss):
    centre = add_centre(boss, "清风助餐点")
    terminal = zk(daemon, "PEOPLE1")
    enrolled = enrol(boss, terminal, centre)
    person = {"id": new_id(), "identityNumber": canary(21).number, "name": "王秀英"}
    boss.post("/beneficiaries", person).expect(201)
    place = {"id": new_id(), "number": "0000017", "personID": person["id"], "from": "2026-01-01"}
    boss.post(f"/centres/{centre}/enrolments", place).expect(201)
    terminal.greet()

    order = {"id": new_id(), "kind": "putPeople"}
    boss.post(f"/terminals/{enrolled['id']}/commands", order).expect(201)
    boss.post(f"/terminals/{enrolled['id']}/commands", order).expect(201)
    sent = [terminal.poll(), terminal.poll()]

    assert terminal.people == {"0000017": "王秀英"} and sent == [1, 0]
    assert not [path for path, content in everything_on_disk(daemon) if "王秀英".encode() in content]


def test_commands_a_terminal_cannot_take_are_refused(daemon, boss, centre):
    camera = enrol(boss, hik(daemon, "a4:14:37:00:00:03"), centre)
    door = enrol(boss, zk(daemon, "DOOR1", "acc"), centre)
    count = {"kind": "count", "from": "2026-09-01", "through": "2026-09-01"}

    for terminal, order in ((camera, {"kind": "info"}), (door, count)):
        answer = boss.post(f"/terminals/{terminal['id']}/commands", {"id": new_id(), **order})
        assert answer.code == "command_not_possible"


def test_only_managers_enrol_and_only_supervisors_look(daemon, boss, centre):
    body = {"id": new_id(), "serial": "ROLE1", "family": "zktecoAttendance", "centreID": centre}
    for role, looks in (("cashier", 403), ("centre", 200), ("auditor", 200)):
        client = Client(daemon).log_in_as(role)
        assert client.post("/terminals", body).status == 403
        assert client.get("/terminals").status == looks
        assert (client.get("/terminals/unknown").status == 200) == (role == "auditor")


def test_staff_of_a_centre_see_its_own_terminals(daemon, boss, centre):
    place = meals.Centre(daemon, boss, "新村社区助餐点")
    enrol(boss, zk(daemon, "OWN1"), place.id)
    enrol(boss, zk(daemon, "OTHER1"), centre)

    assert [one["serial"] for one in place.staff.get("/terminals").expect(200)["items"]] == ["OWN1"]


def test_rows_of_a_file_are_the_rows_of_the_terminal(daemon, boss, centre, tmp_path):
    terminal = zk(daemon, "FILE1")
    enrol(boss, terminal, centre)
    for place in range(20):
        terminal.recognise(f"{place:07d}", noon(place * 60))
    terminal.waiting = terminal.waiting[:7]
    terminal.deliver()
    lines = [f"{number:>9}\t{moment:%Y-%m-%d %H:%M:%S}\t1\t0\t15\t0\r\n" for number, moment, _ in terminal.memory]
    path = tmp_path / "1_attlog.dat"
    path.write_text("".join(lines))

    first, again = (run("import", "attendance", path, "--terminal", "FILE1", "--data", daemon.folder)
                    for _ in range(2))

    assert first.returncode == 0, said(first)
    assert "13 new, 7 known, 0 bad" in said(first) and "0 new, 20 known, 0 bad" in said(again)
    assert passes(daemon, terminal) == expected([(terminal, centre)])


def test_a_table_of_chinese_software_is_taken_in(daemon, boss, centre, tmp_path):
    terminal = zk(daemon, "TABLE1")
    enrol(boss, terminal, centre)
    path = tmp_path / "考勤.csv"
    path.write_bytes("部门,姓名,考勤号码,日期时间,机器号,比对方式,卡号\n"
                     "社区,王秀英,0000017,2026/9/1 11:05:09,TABLE1,人脸,\n"
                     "社区,李桂兰,0000018,2026/9/1 11:06:09,,人脸,\n"
                     "社区,李桂兰,0000018,2026/13/1 11:06:09,,人脸,\n".encode("gbk"))

    finished = run("import", "attendance", path, "--terminal", "TABLE1", "--data", daemon.folder)

    assert "2 new, 0 known, 1 bad" in said(finished)
    assert [row[2] for row in passes(daemon, terminal)] == ["0000017", "0000018"]


def test_nothing_personal_that_terminals_sent_is_on_the_disk(daemon, boss, centre):
    secrets = Secrets(77)
    machines = [zk(daemon, f"SECRETS{kind}", kind, ALL, secrets) for kind in ("att", "pid", "acc")]
    machines.append(hik(daemon, "a4:14:37:00:00:04", ALL, secrets))
    for terminal in machines:
        enrol(boss, terminal, centre)
        for place in range(120):
            terminal.recognise(f"{place:07d}", noon(place))
        terminal.deliver()
        terminal.send_picture() if hasattr(terminal, "send_picture") else None
        terminal.send_operations() if hasattr(terminal, "send_operations") else None

    assert min(len(sent) for sent in secrets.sent.values()) > 3
    assert not leaks.found(secrets.sent, [daemon.log, *leaks.files_of(daemon.folder)])
    for terminal in machines:
        assert passes(daemon, terminal) == expected([(terminal, centre)])


def test_the_books_of_terminals_verify(daemon):
    finished = daemon.verify()

    assert finished.returncode == 0, said(finished)


def test_in_the_demonstration_meals_appear_by_themselves():
    daemon = Daemon().start("demo", meals=True)
    try:
        staff = Client(daemon).log_in_as("centre")
        centre = staff.get("/centres").expect(200)["items"][0]["id"]
        end, verdicts = time.monotonic() + 60, []
        while "served" not in verdicts:
            assert time.monotonic() < end, "no meal of now appears"
            time.sleep(0.3)
            now = time.time() * 1000
            seen = staff.get(f"/centres/{centre}/meals").expect(200)["items"]
            verdicts = [meal["verdict"] for meal in seen if now - meal["atMs"] < 60_000]
        assert daemon.verify().returncode == 0
    finally:
        daemon.kill()
        Daemon.everyone.remove(daemon)
