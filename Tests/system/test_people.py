"""People in need and members: imports, look-ups, forgetting, and that nothing of them lies open anywhere."""

import base64
import json
import time

import pytest

import people
from books import journal
from client import Client, Till, assert_refusal, new_id
from daemon import Daemon, new_folder, run, said
from goods import CAKE
from relief import coupon, sell_relief


@pytest.fixture(scope="module")
def station():
    daemon = Daemon(settings={"POSD_BACKUP_FOLDER": ""}).start()
    yield daemon
    daemon.kill()
    Daemon.everyone.remove(daemon)


@pytest.fixture(scope="module")
def manager(station):
    return Client(station).log_in_as("manager")


@pytest.fixture(scope="module")
def cashier(station):
    return Client(station).log_in_as("cashier")


def person(seed):
    one = people.canary(seed)
    one.number = people.identity_number("19500101", seed)
    one.name = "示例人"
    return one


def test_lists_of_several_departments_are_joined_by_identity_number(station, manager):
    one = person(101)
    first = people.import_list(station.folder, station.workplace, people.HEADER + one.row)
    second = people.import_list(
        station.folder, station.workplace, "公民身份号码,姓 名,人员类别,备注栏\n" + f"{one.number},{one.name},残疾人,x\n",
        source="残联", encoding="gb18030")
    again = people.import_list(station.folder, station.workplace, people.HEADER + one.row)

    assert "1 added" in first and "1 changed" in second and "1 unchanged" in again
    [found] = people.search(manager, one.last4, one.name)
    assert found["categories"] == ["disabled", "minimumLiving"]
    assert {source["source"] for source in found["sources"]} == {"民政局", "残联"}
    assert found["last4"] == one.last4 and found["phone"] == one.phone and found["isResident"]
    assert one.number not in json.dumps(found)
    by_number = manager.post("/beneficiaries/search", {"identityNumber": one.number.lower()}).expect(200)["items"]
    assert by_number == [found]


def test_every_bad_row_is_named_without_what_stands_in_it(station):
    one = person(102)
    wrong = one.number[:-1] + ("1" if one.number[-1] != "1" else "2")
    text = (people.HEADER + f"{one.name},{wrong},,,,\n" + f"{one.name},{one.number},,不明类别,,\n"
            + f"{one.name},{one.number},,,,见备注\n" + f",{one.number},,,,\n" + one.row)

    report = people.import_list(station.folder, station.workplace, text)

    assert [line.split(":")[0] for line in report.splitlines() if line.startswith("line")] == [
        "line 2", "line 3", "line 4", "line 5"]
    for secret in (one.name, one.number, wrong, "不明类别", "见备注"):
        assert secret not in report


def test_a_person_is_entered_changed_and_shown_with_sources(manager):
    one = person(103)
    body = people.entry(one, categories=["elderly"], community="示例002社区", isResident=True)
    added = manager.post("/beneficiaries", body).expect(201)
    replay = manager.post("/beneficiaries", body)
    assert replay.expect(201) == added and replay.headers.get("idempotency-replayed") == "true"
    assert_refusal(manager.post("/beneficiaries", {**body, "name": "别人"}), 422, "id_reused")
    assert_refusal(manager.post("/beneficiaries", {**body, "id": new_id()}), 409, "person_known")
    change = {"id": new_id(), "name": one.name, "deceasedOn": "2026-01-02", "categories": []}
    changed = manager.post(f"/beneficiaries/{added['personID']}/changes", change).expect(201)
    assert changed["deceasedOn"] == "2026-01-02" and changed["categories"] == [] and changed["phone"] is None
    assert manager.get(f"/beneficiaries/{added['personID']}").expect(200) == changed


@pytest.mark.parametrize("change, status, code", [
    ({"identityNumber": "000000195001011030x"}, 422, "bad_identity_number"),
    ({"identityNumber": "000000205001011012"}, 422, "bad_identity_number"),
    ({"categories": ["nothing"]}, 422, "unknown_category"),
    ({"categories": "elderly"}, 400, "bad_value"),
    ({"phone": "none"}, 422, "bad_phone"),
    ({"name": "张3"}, 400, "bad_value"),
    ({"deceasedOn": "2999-01-01"}, 400, "bad_value"),
])
def test_bad_entries_are_refused_without_showing_them(manager, change, status, code):
    body = {**people.entry(person(104)), **change}

    answer = manager.post("/beneficiaries", body)

    assert_refusal(answer, status, code)
    assert body["identityNumber"] not in answer.text and body["name"] not in answer.text


def test_people_are_listed_by_category_and_community(manager):
    codes = {"id": new_id(), "code": "listed", "name": "名单", "nameEn": "listed"}
    manager.post("/categories", codes).expect(201)
    added = {}
    for seed in (110, 111, 112):
        one = person(seed)
        place = "示例111社区" if seed == 111 else "示例110社区"
        body = people.entry(one, categories=["listed"], community=place)
        added[seed] = manager.post("/beneficiaries", body).expect(201)["personID"]

    def listed(**choice):
        return manager.post("/beneficiaries/lists", choice).expect(200)

    found = listed(categories=["listed"])
    assert {one["personID"] for one in found["items"]} == set(added.values()) and found["next"] is None
    first = listed(categories=["listed"], limit=2)
    rest = listed(categories=["listed"], limit=2, after=first["next"])
    assert first["items"] + rest["items"] == found["items"]
    there = listed(categories=["listed", "none"], communities=["示例111社区"])["items"]
    assert [one["personID"] for one in there] == [added[111]]
    assert listed(categories=["none"])["items"] == []
    assert_refusal(manager.post("/beneficiaries/lists", {"categories": [1]}), 400, "bad_value")


def test_each_look_is_journalled_by_id_alone(station, manager):
    one = person(105)
    added = manager.post("/beneficiaries", people.entry(one)).expect(201)
    before = len(journal(station.database, "personLookedUp"))

    people.search(manager, one.last4, one.name)
    people.search(manager, "9999", "无此人")
    manager.get(f"/beneficiaries/{added['personID']}").expect(200)

    looks = journal(station.database, "personLookedUp")[before:]
    assert [look["by"] for look in looks] == ["lastFour", "lastFour", "id"]
    assert looks[0]["found"] == [added["personID"]] and looks[1]["found"] == []
    assert all(set(look) == {"by", "found", "stationID", "userID"} for look in looks)


def test_who_may_see_people(station, manager, cashier):
    one = person(106)
    added = manager.post("/beneficiaries", people.entry(one, categories=["elderly"], phone=one.phone)).expect(201)
    query = {"last4": one.last4, "name": one.name}
    auditor = Client(station).log_in_as("auditor")
    for client in (cashier, auditor):
        assert_refusal(client.post("/beneficiaries/search", query), 403, "wrong_role")
        assert_refusal(client.get(f"/beneficiaries/{added['personID']}"), 403, "wrong_role")
    assert_refusal(Client(station).post("/beneficiaries/search", query), 401, "not_logged_in")
    manager.post("/users", {"id": new_id(), "name": "centre-a", "displayName": "中心", "role": "centre",
                            "password": "long enough 3", "pin": "975310"}).expect(201)
    centre = Client(station).log_in("centre-a", "long enough 3")
    [seen] = people.search(centre, one.last4, one.name)
    assert set(seen) == {"personID", "name", "birthDate", "isResident", "deceasedOn"}


def test_a_district_keeps_its_own_categories(manager):
    known = manager.get("/categories").expect(200)
    body = {"id": new_id(), "code": "floodVictims", "name": "受灾群众", "nameEn": "flood victims"}

    assert len(known["items"]) >= 11
    manager.post("/categories", body).expect(201)
    assert_refusal(manager.post("/categories", {**body, "id": new_id()}), 409, "code_taken")
    one = person(107)
    manager.post("/beneficiaries", people.entry(one, categories=["floodVictims"])).expect(201)


def test_a_member_joins_at_the_till_with_one_phone(cashier, manager):
    body = {"id": new_id(), "phone": "+86 199-0000-0001"}
    joined = cashier.post("/members", body).expect(201)

    assert joined["phone"] == "19900000001" and len(joined["number"]) == 8
    assert cashier.post("/members", body).expect(201) == joined
    assert_refusal(cashier.post("/members", {"id": new_id(), "phone": "19900000001"}), 409, "phone_known")
    assert_refusal(cashier.post("/members", {"id": new_id(), "phone": "12345"}), 422, "bad_phone")
    for query in ({"phone": "199 0000 0001"}, {"number": joined["number"]}):
        assert cashier.post("/members/search", query).expect(200)["items"] == [joined]
    assert_refusal(cashier.post("/members/search", {}), 400, "bad_value")
    wrong = str((int(joined["number"]) + 1) % 10**8)
    assert cashier.post("/members/search", {"number": wrong}).expect(200)["items"] == []
    assert joined in manager.all_items("/members")
    manager.post(f"/members/{joined['id']}/forget", {"id": new_id()}).expect(201)
    assert cashier.get(f"/members/{joined['id']}").status == 404


def test_what_a_member_bought_and_gave_is_summed(cashier, manager):
    member = cashier.post("/members", {"id": new_id(), "phone": "19900000002"}).expect(201)
    own = coupon(manager, holder=member["id"], amountFen=20)
    till = Till(cashier)
    gift = {"gift": {"amountFen": 100, "campaign": "winter"}}
    _, sold = sell_relief(till, [{"barcode": CAKE, "units": 2}], coupons=[own["code"]], memberID=member["id"])
    request = till.sale_request([{"barcode": CAKE, "units": 1}], memberID=member["id"], **gift)
    other = cashier.post("/sales", request).expect(201)
    till.give_back(sold["id"], [{"line": 0, "units": 1}])

    seen = cashier.get(f"/members/{member['id']}").expect(200)

    history = seen["history"]
    assert [sale["id"] for sale in history["sales"]] == [other["id"], sold["id"]]
    assert history["saleCount"] == 2 and history["paidFen"] == 252 - 126 + 136 + 100
    assert history["given"] == {
        "pledgeMicroYuan": (252 - 126 + 136) * 200, "concessionMicroYuan": (34 * 2) * 10_000,
        "giftMicroYuan": 1_000_000}
    assert [one["code"] for one in seen["coupons"]] == [own["code"]]
    stranger = till.sale_request([{"barcode": CAKE, "units": 1}])
    assert cashier.post("/sales", {**stranger, "memberID": new_id()}).status >= 400


def encodings(text):
    """A text as files might hold it: written, split, in other letters."""
    raw = [text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    if text.isascii():
        raw += [joint.join(text).encode() for joint in (" ", "-", ",", "\x00")]
        raw += [" ".join(text[place:place + 4] for place in range(0, len(text), 4)).encode()]
    for one in raw[:4]:
        yield one
        yield one.hex().encode()
        yield one.hex().upper().encode()
        for shift in range(3):
            # Base64 of it wherever it begins, without the characters that its neighbours touch.
            code = base64.b64encode(b"\0" * shift + one)
            yield code[4 if shift else 0: len(code) // 4 * 4 - 4]
    yield json.dumps(text)[1:-1].encode()
    yield from raw[4:]


def assert_nowhere(secrets, folders):
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= 3
    for path in files:
        content = path.read_bytes()
        for secret in secrets:
            for code in encodings(secret):
                assert len(code) < 6 or code not in content, f"{secret!r} as {code!r} is in {path.name}"


def test_a_canary_is_found_in_no_file():
    one = people.canary()
    daemon = Daemon().start()
    backups = new_folder("b")
    try:
        people.import_list(daemon.folder, daemon.workplace, people.HEADER + one.row)
        manager, cashier = Client(daemon).log_in_as("manager"), Client(daemon).log_in_as("cashier")
        [found] = people.search(manager, one.last4, one.name)
        change = {"id": new_id(), "name": one.name, "note": f"{one.name}的电话{one.phone}", "phone": one.phone}
        manager.post(f"/beneficiaries/{found['personID']}/changes", change).expect(201)
        manager.post("/beneficiaries/search", {"identityNumber": one.number}).expect(200)
        manager.post("/beneficiaries/search", {"last4": one.last4, "name": one.name, one.number: one.name})
        manager.get(f"/beneficiaries/{one.number}")
        cashier.post("/members", {"id": new_id(), "phone": one.mobile}).expect(201)
        assert run("backup", "--to", backups, "--data", daemon.folder).returncode == 0
        for what in (("journal",), ("sales", "--format", "csv"), ("ledger", "--format", "hledger")):
            exported = run("export", *what, "--data", daemon.folder)
            assert exported.returncode == 0, said(exported)
            (daemon.workplace / f"{what[0]}.txt").write_bytes(exported.stdout)
        secrets = (one.name, one.number, one.phone, one.mobile)
        assert_nowhere(secrets, [daemon.workplace, backups])
        daemon.kill()
        assert_nowhere(secrets, [daemon.workplace, backups])
        assert daemon.verify().returncode == 0
        restored = restore(daemon, backups)
        assert_nowhere(secrets, [restored.parent])
        daemon.start()
        manager = Client(daemon).log_in_as("manager")
        assert people.search(manager, one.last4, one.name)[0]["phone"] == one.phone
    finally:
        daemon.kill()
        Daemon.everyone.remove(daemon)


def restore(daemon, backups):
    """The backup in a folder of its own."""
    folder = new_folder("r") / "data"
    [backup] = backups.glob("*.posdbackup")
    finished = run("restore", backup, "--data", folder, "--keys", f"{daemon.folder}.keys")
    assert finished.returncode == 0, said(finished)
    return folder


def forgotten_after_a_backup(daemon, one, backups):
    """A person and a member who are in a backup and were forgotten after it; their ids."""
    people.import_list(daemon.folder, daemon.workplace, people.HEADER + one.row)
    manager, cashier = Client(daemon).log_in_as("manager"), Client(daemon).log_in_as("cashier")
    member = cashier.post("/members", {"id": new_id(), "phone": one.mobile}).expect(201)
    assert run("backup", "--to", backups, "--data", daemon.folder).returncode == 0
    [found] = people.search(manager, one.last4, one.name)
    forgetting = {"id": new_id()}
    for _ in range(2):
        manager.post(f"/beneficiaries/{found['personID']}/forget", forgetting).expect(201)
    manager.post(f"/members/{member['id']}/forget", {"id": new_id()}).expect(201)
    assert people.search(manager, one.last4, one.name) == []
    assert manager.get(f"/beneficiaries/{found['personID']}").status == 404
    return {found["personID"], member["id"]}


def restored_with(daemon, backup, suffixes):
    """A restore on a machine that has only these files of the old one, beside the folder."""
    folder = new_folder("r") / "data"
    for suffix in suffixes:
        target = folder.with_name(folder.name + suffix)
        target.write_bytes(daemon.folder.with_name(daemon.folder.name + suffix).read_bytes())
        target.chmod(0o600)
    finished = run("restore", backup, "--data", folder)
    assert finished.returncode == 0, said(finished)
    assert "2 who were forgotten" in said(finished)
    verified = run("verify", "--data", folder)
    assert verified.returncode == 0, said(verified)
    return folder


def test_who_was_forgotten_stays_forgotten_after_a_restore_of_an_older_backup():
    one = people.canary()
    daemon, backups, other = Daemon().start(), new_folder("b"), None
    try:
        gone = forgotten_after_a_backup(daemon, one, backups)
        [backup] = backups.glob("*.posdbackup")
        assert daemon.stop() == 0
        assert daemon.verify().returncode == 0

        # The note beside the keys; then that beside the backups, which the next backup leaves.
        first = restored_with(daemon, backup, (".keys", ".keys.forgotten"))
        assert run("backup", "--to", backups, "--data", daemon.folder).returncode == 0
        second = restored_with(daemon, backup, (".keys",))

        for folder in (first, second):
            note = folder.with_name(folder.name + ".keys.forgotten").read_text().split()
            assert set(note[3:]) == gone
        other = Daemon(first).start("serve")
        other.logins = daemon.logins
        manager = Client(other).log_in_as("manager")
        assert people.search(manager, one.last4, one.name) == []
        assert manager.post("/members/search", {"phone": one.mobile}).expect(200)["items"] == []
    finally:
        for each in (daemon, other):
            if each:
                each.kill()
                Daemon.everyone.remove(each)


def test_a_list_of_many_is_taken_in_while_people_are_looked_up(station, manager):
    folder = new_folder("l")
    files = people.department_files(folder, 600, seed=3)
    for path, department, bad, good in files:
        finished = run("import", "beneficiaries", path, "--source", department, "--data", station.folder)
        assert finished.returncode == 0, said(finished)
        named = [line for line in said(finished).splitlines() if ": " in line and line.startswith("line")]
        assert [int(line.split()[1][:-1]) for line in named if "other sources" not in line] == bad
        counts = said(finished).split(" left out")[0].split("\n")[-1]
        numbers = [int(word) for word in counts.replace(",", "").split() if word.isdigit()]
        assert sum(numbers[:4]) == good, counts
    start = time.monotonic()
    people.search(manager, "0000", "王")
    assert time.monotonic() - start < 1
    assert run("verify", "--data", station.folder).returncode == 0


def test_the_example_says_that_its_people_do_not_exist(station):
    from daemon import ROOT

    path = ROOT / "Examples" / "beneficiaries.csv"
    text = path.read_text(encoding="utf-8")
    finished = run("import", "beneficiaries", path, "--source", "示例", "--data", station.folder)

    assert "SYNTHETIC" in text.splitlines()[0]
    assert all(line.split(",")[1].startswith("000000") for line in text.splitlines()[2:])
    assert finished.returncode == 0 and "0 left out" in said(finished)
