"""Coupons, vouchers of people, hand-outs and claims, from the programme to the closed day."""

import csv
import io
import random
import sqlite3

import pytest

import people
from client import Client, Till, assert_refusal, cash, new_id
from closing import Station
from daemon import Daemon, run, said
from goods import CAKE, COFFEE, WATER
from relief import code_of, codes, coupon, issue, left, programme, sell_relief
from test_vouchers import printed


def person(manager, seed, **more):
    """Somebody new in the registry."""
    return manager.post("/beneficiaries", people.entry(people.Person(random.Random(seed), seed), **more)).expect(201)


@pytest.fixture(scope="module")
def household(cashier):
    return cashier.post("/members", {"id": new_id(), "phone": f"199{random.randrange(10**8):08d}"}).expect(201)["id"]


def quoted(client, items, *coupons, **more):
    return client.post("/quotes", {"items": items, "coupons": list(coupons), **more}).expect(200)


def test_a_coupon_takes_off_and_counts_its_uses(manager, till):
    made = coupon(manager, usesInAll=2, payer="sponsor:dashang", returnsOnFullReturn=True)
    items = [{"barcode": CAKE, "units": 2}]

    _, first = sell_relief(till, items, (), [made["code"].lower()])
    sell_relief(till, items, (), [made["code"]])
    third = quoted(till.client, items, made["code"])["coupons"][0]
    till.give_back(first["id"], [{"line": 0, "units": 2}])
    fourth = quoted(till.client, items, made["code"])["coupons"][0]

    assert first["totals"]["dueFen"] == 172 and first["coupons"] == [{"couponID": made["id"], "amountFen": 100}]
    assert (third["amountFen"], third["refusal"]["code"]) == (0, "used_up")
    assert (fourth["amountFen"], fourth["refusal"]) == (100, None)


def test_a_coupon_for_members_counts_each_member(manager, till, household):
    made = coupon(manager, holder="members", usesPerPerson=1, kind="memberPercent", basisPoints=1000, amountFen=None)
    items = [{"barcode": COFFEE, "units": 1}]

    nobody = quoted(till.client, items, made["code"])["coupons"][0]["refusal"]["code"]
    _, sale = sell_relief_for(till, items, made["code"], household)
    again = quoted(till.client, items, made["code"], memberID=household)["coupons"][0]["refusal"]["code"]

    assert (nobody, again) == ("member_needed", "used_up_by_member")
    assert sale["memberID"] == household and sale["totals"]["dueFen"] == 1318


def sell_relief_for(till, items, code, member):
    quote = quoted(till.client, items, code, memberID=member)
    body = {"id": new_id(), "tillSessionID": till.session_id, "items": items, "coupons": [code], "memberID": member,
            "tenders": [cash(quote["remainingFen"])], "dueFen": quote["totals"]["dueFen"]}
    return quote, till.client.post("/sales", body).expect(201)


def test_twelve_at_once_use_the_last_use_of_a_coupon_once(own_demo):
    import threading

    manager = Client(own_demo).log_in_as("manager")
    till = Till(Client(own_demo).log_in_as("cashier"))
    made = coupon(manager, usesInAll=1)
    items = [{"barcode": CAKE, "units": 1}]
    due = quoted(till.client, items, made["code"])["totals"]["dueFen"]
    statuses = []

    def run_some():
        client = Client(own_demo, till.client.token)
        for _ in range(3):
            body = {"id": new_id(), "tillSessionID": till.session_id, "items": items, "coupons": [made["code"]],
                    "tenders": [cash(due)], "dueFen": due}
            statuses.append(client.post("/sales", body).status)

    threads = [threading.Thread(target=run_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(statuses) == [201] + [409] * 11


def test_vouchers_are_issued_to_people_who_may(manager, till):
    wanted = programme(manager, people=["minimumLiving"])
    entitled, other = (person(manager, seed, categories=[category]) for seed, category in
                       ((501, "minimumLiving"), (502, "elderly")))
    late = person(manager, 503, categories=["minimumLiving"], deceasedOn="2020-01-01")

    def ask(*ids):
        body = {"id": new_id(), "people": list(ids), "amountFen": 5000, "validFrom": "2020-01-01",
                "validUntil": "2099-12-31"}
        return manager.post(f"/programmes/{wanted['id']}/issues", body)

    for ids, reason in (([new_id()], "unknown"), ([other["personID"]], "category"), ([late["personID"]], "deceased")):
        refused = ask(entitled["personID"], *ids)
        assert_refusal(refused, 422, "person_not_eligible")
        assert refused.json["values"] == {"index": 1, "reason": reason}
    made = ask(entitled["personID"]).expect(201)
    code = code_of(manager, made["vouchers"][0]["id"])

    assert made["vouchers"][0]["personID"] == entitled["personID"]
    assert "personID" not in till.client.get(f"/vouchers/by-code/{code.replace(' ', '')}").expect(200)
    change = {"id": new_id(), "categories": ["minimumLiving"], "deceasedOn": "2020-01-01"}
    manager.post(f"/beneficiaries/{entitled['personID']}/changes", change).expect(201)
    quote = till.client.post("/quotes", {"items": [{"barcode": CAKE, "units": 1}], "vouchers": [code]}).expect(200)
    assert quote["vouchers"][0]["refusal"]["code"] == "not_with_holder"


def test_goods_are_handed_out_once_with_a_slip(own_demo):
    manager = Client(own_demo).log_in_as("manager")
    made = programme(manager, name="冬季慰问", nameEn="Winter visit")
    one = person(manager, 601)
    rice = manager.get(f"/products/by-barcode/{WATER}").expect(200)["product"]
    body = {"id": new_id(), "programmeID": made["id"], "personID": one["personID"],
            "tillID": manager.get("/context").expect(200)["tills"][0]["id"],
            "lines": [{"productID": rice["id"], "units": 2}]}

    first = manager.post("/hand-outs", body).expect(201)
    replay = manager.post("/hand-outs", body)
    second = manager.post("/hand-outs", {**body, "id": new_id()})

    assert first["number"] == 1 and replay.expect(201) == first
    assert_refusal(second, 409, "already_handed_out")
    assert manager.get(f"/products/{rice['id']}").expect(200)["stock"] == rice["stock"] - 2
    text = printed(own_demo, "GOODS RECEIVED")
    assert "冬季慰问" in text and "2 瓶" in text and one["name"] not in text
    assert own_demo.stop() == 0
    assert own_demo.verify().returncode == 0


def test_claims_are_traced_line_by_line_and_agree_with_the_closed_day():
    station = Station()
    daemon, manager = station.daemon, station.manager
    session = station.open_till()
    till = station.at(session)
    care = programme(manager, name="=爱心", goods={"denied": ["酒"]})
    care_code = code_of(manager, issue(manager, care["id"], 1, 2000)["vouchers"][0]["id"])
    visit = programme(manager, kind="singleUse", refundPolicy="toProgramme")
    visit_code = code_of(manager, issue(manager, visit["id"], 1, 500)["vouchers"][0]["id"])
    off = coupon(manager, payer="sponsor:dashang", amountFen=72)
    items = [{"barcode": CAKE, "units": 2}, {"barcode": COFFEE, "units": 1}]
    _, first = sell_relief(till, items, [care_code], [off["code"]])
    _, second = sell_relief(till, [{"barcode": CAKE, "units": 1}], [visit_code])
    till.give_back(first["id"], [{"line": 0, "units": 1}])
    date = first["businessDate"]

    listed = manager.get(f"/claims?date={date}").expect(200)
    station.close(session)
    closed = manager.post(f"/days/{date}/close", {"id": new_id()}).expect(201)
    final = manager.get(f"/claims?date={date}").expect(200)

    assert (listed["isClosed"], final["isClosed"]) == (False, True)
    amounts = {item["id"]: item["amountFen"] for item in final["items"]}
    streams = {one["account"]: one["amountMicroYuan"] // 10000 for one in closed["streams"]}
    assert amounts[care["id"]] == streams[f"assets:voucher-claims:{care['id']}"] > 0
    assert amounts[visit["id"]] == streams[f"assets:voucher-claims:{visit['id']}"] == 136
    assert amounts["dashang"] == streams["assets:coupon-claims:dashang"] > 0
    assert streams[f"memo:forfeited:{visit['id']}"] == 364
    assert all(check["isGood"] for item in final["items"] for check in item["checks"])
    one = manager.get(f"/claims/{date}/{care['id']}").expect(200)
    assert sum(line["amountFen"] for line in one["lines"]) == one["amountFen"]
    assert {(line["number"], line["line"]) for line in one["lines"]} == {
        (first["number"], 0), (first["number"], 1), (second["number"] + 1, 0)}
    slip = manager.get(f"/claims/{date}/{visit['id']}/report.txt").text
    assert "1.36" in slip and "3.64" in slip and f"1-{second['number']} #1" in slip
    assert_refusal(manager.get(f"/claims/{date}/{new_id()}"), 404, "not_found")
    assert "VOUCHERS TO CLAIM" in manager.get(f"/day-closes/{date}/report.txt").text
    assert daemon.stop() == 0
    assert daemon.verify().returncode == 0
    check_export(daemon, date, amounts, care["id"])
    Daemon.everyone.remove(daemon)


def check_export(daemon, date, amounts, care):
    finished = run("export", "claims", "--format", "csv", "--date", date, "--data", daemon.folder)
    assert finished.returncode == 0, said(finished)
    rows = list(csv.reader(io.StringIO(finished.stdout.decode("utf-8-sig"))))
    sums = {}
    for row in rows[1:]:
        sums[row[6]] = sums.get(row[6], 0) + round(float(row[11]) * 100)
    assert sums == amounts
    assert {row[5] for row in rows[1:] if row[6] == care} == {"'=爱心"}


def test_every_table_of_relief_refuses_changes(demo):
    with sqlite3.connect(f"file:{demo.database}?mode=ro", uri=True) as db:
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}

    for table in ("programme", "voucherIssue", "voucherUse", "couponUse", "handOut", "voucher"):
        assert {f"{table}RefusesUpdate", f"{table}RefusesDelete"} <= names


def test_a_list_of_people_gets_vouchers_once_and_their_codes_can_be_sent(own_demo):
    manager = Client(own_demo).log_in_as("manager")
    name, password, _ = own_demo.logins["manager"]
    made = programme(manager, name="困难儿童补贴")
    some = [people.Person(random.Random(seed), seed) for seed in (701, 702)]
    entered = [manager.post("/beneficiaries", people.entry(one)).expect(201)["personID"] for one in some]
    path = own_demo.workplace / "list.csv"
    nobody = people.Person(random.Random(703), 703).number
    path.write_text("姓名,身份证号\n" + "".join(f"某,{number}\n" for number in (
        some[0].number, "123", some[1].number, some[0].number, nobody)), encoding="gb18030")
    order = ("import", "vouchers", path, "--user", name, "--programme", made["id"], "--amount", "50.00", "--from",
             "2020-01-01", "--until", "2099-12-31", "--data", own_demo.folder)

    first, again = (run(*order, lines=(password,)) for _ in range(2))

    text = said(first)
    assert first.returncode == 0 and "2 issued, 0 issued before, 3 left out" in text, text
    assert "line 3: has no valid identity number" in text and "line 5: repeats line 2" in text
    assert "line 6: is nobody in the registry" in text and some[0].number not in text and nobody not in text
    assert "0 issued, 2 issued before" in said(again)
    vouchers = manager.all_items(f"/programmes/{made['id']}/vouchers")
    assert [one["personID"] for one in vouchers] == entered

    issue_id = manager.all_items(f"/programmes/{made['id']}/issues")[0]["id"]
    export = ("export", "vouchers", "--user", name, "--issue", issue_id, "--data", own_demo.folder)
    codes_file = run(*export, lines=(password,))
    refused = run(*export, lines=("wrong password",))

    rows = list(csv.reader(io.StringIO(codes_file.stdout.decode("utf-8-sig"))))
    assert codes_file.returncode == 0 and len(rows) == 3 and b"as good as money" in codes_file.stderr
    assert left(manager, rows[1][2]) == 5000
    assert refused.returncode == 1 and rows[1][2] not in said(refused)
    path.unlink()
