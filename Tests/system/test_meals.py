"""Meals through the real daemon: enrolled people, meals without a face, what staff say of them, money, claims, board."""

import json
import socket
import time

import pytest

import meals
from books import journal
from client import Client, Till, assert_refusal, new_id
from daemon import Daemon, said
from goods import CAKE
from relief import codes, coupon, sell_relief

SECONDS = 10


@pytest.fixture(scope="module")
def place():
    daemon = Daemon().start()
    manager = Client(daemon).log_in_as("manager")
    centre = meals.Centre(daemon, manager)
    centre.other = meals.Centre(daemon, manager, "五里堡助餐点")
    centre.till = Till(Client(daemon).log_in_as("cashier"))
    yield centre
    daemon.kill()
    Daemon.everyone.remove(daemon)


@pytest.fixture
def noon():
    return meals.past_noon()


def account(place, person):
    return place.staff.get(f"/meal-accounts/{person}").expect(200)


def test_a_meal_is_charged_once_and_told_in_full(place, noon):
    person = place.enter()

    meal = place.log(person, noon).expect(201)
    again = place.log(person, noon + 9 * meals.MINUTE).expect(201)

    assert (meal["verdict"], meal["priceFen"], meal["subsidyFen"], meal["restFen"]) == ("served", 1000, 300, 700)
    assert (meal["paidBy"], meal["way"], meal["period"]) == ("onAccount", "staffName", "lunch")
    assert (again["verdict"], again["otherID"], again["priceFen"]) == ("repeat", meal["id"], 0)
    assert account(place, person)["owedFen"] == 700
    listed = place.staff.get(f"/centres/{place.id}/meals?date={meal['date']}").expect(200)["items"]
    assert {meal["id"], again["id"]} <= {one["id"] for one in listed}


def test_a_second_meal_waits_for_a_word(place, noon):
    person = place.enter()
    place.log(person, noon)

    second = place.log(person, noon + 20 * meals.MINUTE).expect(201)
    assert (second["verdict"], second["isWaiting"], second["priceFen"]) == ("second", True, 0)
    waiting = place.staff.get(f"/centres/{place.id}/exceptions").expect(200)["items"]
    assert second["id"] in {one["id"] for one in waiting}
    assert_refusal(place.rule(second["id"], "settle"), 409, "ruling_does_not_fit")
    confirmed = place.rule(second["id"], "confirm").expect(201)

    assert (confirmed["ruling"], confirmed["priceFen"], confirmed["subsidyFen"]) == ("confirmed", 1000, 0)
    assert account(place, person)["owedFen"] == 1700
    place.rule(second["id"], "dismiss").expect(201)
    assert account(place, person)["owedFen"] == 700


def test_a_late_meal_of_another_centre_makes_a_conflict(place, noon):
    person = place.enter()
    place.other.enrol(person, new_id()[:7])
    first = place.log(person, noon).expect(201)

    late = place.other.log(person, noon - 15 * meals.MINUTE).expect(201)

    assert late["verdict"] == "served"
    [now] = [one for one in place.staff.get(f"/centres/{place.id}/exceptions").expect(200)["items"]
             if one["id"] == first["id"]]
    assert (now["verdict"], now["otherID"], now["otherCentreID"]) == ("conflict", late["id"], place.other.id)
    assert account(place, person)["owedFen"] == 700
    place.rule(first["id"], "settle").expect(201)
    assert account(place, person)["owedFen"] == 1700


def test_only_a_manager_dismisses_a_served_meal(place, noon):
    person = place.enter()
    meal = place.log(person, noon).expect(201)

    assert_refusal(place.rule(meal["id"], "dismiss"), 403, "wrong_role")
    dismissed = place.rule(meal["id"], "dismiss", place.manager).expect(201)

    assert (dismissed["verdict"], dismissed["ruling"], dismissed["priceFen"]) == ("served", "dismissed", 0)
    assert account(place, person)["owedFen"] == 0


def test_exceptions_are_kept_with_their_reason(place, noon):
    dead = place.enter(deceasedOn="2026-03-01")
    stranger = place.other.enter()
    early = place.enter()

    reasons = [place.log(one, at).expect(201)["reason"]
               for one, at in ((dead, noon), (stranger, noon), (early, noon - 3 * meals.HOUR))]

    assert reasons == ["deceased", "notEnrolled", "outsideHours"]


def test_the_subsidy_is_for_residents_from_seventy_on(place, noon):
    young, away = place.enter(born="1990"), place.enter(isResident=False)

    assert [place.log(one, noon).expect(201)["subsidyFen"] for one in (young, away)] == [0, 0]


def test_money_is_in_the_drawer_and_on_the_statement(place, noon):
    person = place.enter()
    place.log(person, noon).expect(201)
    before = place.manager.get(f"/till-sessions/{place.till.session_id}/x-report").expect(200)

    assert_refusal(meals.top_up(place.till, person, 701, "payment"), 422, "more_than_owed")
    assert_refusal(
        meals.top_up(place.till, person, 700, "payment", {"kind": "cash", "givenFen": 600}), 422, "underpaid")
    paid = meals.top_up(place.till, person, 700, "payment", {"kind": "cash", "givenFen": 1000}).expect(201)
    filled = meals.top_up(place.till, person, 2000, tender={"kind": "wechat", "reference": "wx77"}).expect(201)

    assert (paid["owedFen"], paid["tender"]["changeFen"], filled["balanceFen"]) == (0, 300, 2000)
    after = place.manager.get(f"/till-sessions/{place.till.session_id}/x-report").expect(200)
    assert after["expectedFen"] == before["expectedFen"] + 700
    [taken] = [one["takenFen"] for one in after["tenders"] if one["kind"] == "wechat"]
    assert taken == sum(one["takenFen"] for one in before["tenders"] if one["kind"] == "wechat") + 2000
    statement = place.staff.get(f"/meal-accounts/{person}/statement?from=2026-01-01&until=2100-01-01").expect(200)
    assert [(one["kind"], one["amountFen"], one["owedFen"]) for one in statement["items"]] == [
        ("meal", 0, 700), ("payment", 0, -700), ("topUp", 2000, 0)]
    second = place.log(person, noon + 25 * meals.MINUTE).expect(201)
    # What came into the account afterwards does not pay for a meal that was before.
    assert place.rule(second["id"], "confirm").expect(201)["paidBy"] == "onAccount"


def find(client, **body):
    return client.post("/meal-accounts/search", body)


def test_a_cashier_finds_a_card_by_what_the_person_says_and_learns_no_more(place):
    person = place.enter(number="0000505")
    known = place.manager.get(f"/beneficiaries/{person}").expect(200)
    cashier = place.till.client

    by_card = find(cashier, centreID=place.id, number="505").expect(200)
    by_name = find(cashier, last4=known["last4"], name=known["name"]).expect(200)

    assert by_card == by_name
    [found] = by_card["items"]
    assert set(found) == {"personID", "masked", "balanceFen", "owedFen", "creditLimitFen", "isLow"}
    assert found["personID"] == person and "*" in found["masked"] and known["name"] not in json.dumps(by_card)
    assert_refusal(find(cashier, centreID=place.id, number="50"), 404, "unknown_meal_card")
    assert_refusal(find(cashier, last4=known["last4"], name=known["name"][:1]), 404, "unknown_meal_card")
    assert_refusal(cashier.get(f"/meal-accounts/{person}/statement?from=2026-01-01&until=2100-01-01"), 403, "wrong_role")
    looks = journal(place.daemon.database, "personLookedUp")
    assert [(one["by"], one["found"]) for one in looks[-4:]] == [
        ("mealNumber", [person]), ("mealLastFour", [person]), ("mealNumber", []), ("mealLastFour", [])]


def test_who_looks_through_all_cards_is_slowed_but_not_who_takes_money(place):
    person = place.enter(number="0000506")
    name = f"k{new_id()[:8]}"
    place.manager.post("/users", {"id": new_id(), "name": name, "displayName": "小钱", "role": "cashier",
                                  "password": "long enough 9", "pin": "135790"}).expect(201)
    busy = Client(place.daemon).log_in(name, "long enough 9")
    for _ in range(22):
        find(busy, centreID=place.id, number="506").expect(200)
        body = {"id": new_id(), "tillSessionID": place.till.session_id, "purpose": "topUp", "amountFen": 100,
                "tender": {"kind": "cash", "givenFen": 100}}
        busy.post(f"/meal-accounts/{person}/top-ups", body).expect(201)

    answers = [find(busy, centreID=place.id, number=str(number)) for number in range(25)]

    assert answers[0].status != 429
    assert_refusal(answers[-1], 429, "too_many_attempts")
    find(place.manager, centreID=place.id, number="506").expect(200)


def test_money_taken_by_mistake_is_given_back_in_its_session(place):
    person, session = place.enter(), place.till.session_id
    before = place.manager.get(f"/till-sessions/{session}").expect(200)["expectedCashFen"]
    small = meals.top_up(place.till, person, 5000).expect(201)
    large = meals.top_up(place.till, person, 5001, tender={"kind": "alipay", "reference": "al77"}).expect(201)
    cashier = place.till.client

    undone = cashier.post(f"/meal-money/{small['id']}/undo", {"id": new_id()}).expect(201)
    assert_refusal(cashier.post(f"/meal-money/{small['id']}/undo", {"id": new_id()}), 409, "not_to_be_undone")
    again = {"id": new_id()}
    assert_refusal(cashier.post(f"/meal-money/{large['id']}/undo", again), 403, "approval_needed")
    manager, _, pin = place.daemon.logins["manager"]
    approval = {"id": new_id(), "manager": manager, "pin": pin, "act": "refund", "subjectID": again["id"],
                "amountFen": 5001}
    again["approvalID"] = cashier.post("/approvals", approval).expect(201)["id"]
    cashier.post(f"/meal-money/{large['id']}/undo", again).expect(201)

    assert (undone["undoes"], undone["amountFen"], undone["tender"]) == (small["id"], 5000, {"kind": "cash"})
    assert account(place, person)["balanceFen"] == 0
    assert place.manager.get(f"/till-sessions/{session}").expect(200)["expectedCashFen"] == before
    listed = cashier.get(f"/till-sessions/{session}/meal-money").expect(200)["items"]
    assert [one["isUndone"] for one in listed if one["id"] in (small["id"], large["id"])] == [True, True]
    slips = [one["document"] for one in place.manager.get("/print-jobs?limit=4").expect(200)["items"]]
    assert slips == ["mealMoneyUndone", "mealMoneyUndone", "mealMoney", "mealMoney"]


def test_the_x_slip_lists_vouchers_coupons_and_money_for_meals(place):
    person, till = place.enter(), place.till
    (code,) = codes(place.manager, (500,), name="爱心购物补贴")
    off = coupon(place.manager)
    sell_relief(till, [{"barcode": CAKE, "units": 5}], [code], [off["code"]])
    before = x_slip(place)
    meals.top_up(till, person, 12_300).expect(201)

    after = x_slip(place)

    assert row(after, "券 爱心购物补贴") == 500 and row(after, "慈善基金 Charity fund") == 100
    for name in ("其中餐卡充值 Top-ups", "收款合计 Total", "应有现金 Expected"):
        assert row(after, name) - row(before, name) == 12_300
    assert row(after, "净销售额 Net") == row(before, "净销售额 Net")


def x_slip(place):
    return place.manager.get(f"/till-sessions/{place.till.session_id}/x-report.txt?columns=48").text


def row(slip, name):
    """The amount of a row of a slip, in fen; 0 if there is none."""
    found = [line for line in slip.splitlines() if line.startswith(name)]
    return round(float(found[-1].split()[-1]) * 100) if found else 0


def test_a_meal_without_a_face_has_another_witness(place, noon):
    person = place.enter(number="0009")
    name, _, pin = place.login
    own = {"id": new_id(), "personID": person, "means": "card", "witness": name, "pin": pin}

    assert_refusal(place.staff.post(f"/centres/{place.id}/meals", own), 422, "own_witness")
    assert_refusal(place.log(person, witness="nobody"), 401, "login_failed")
    assert_refusal(place.log(new_id(), noon), 404, "not_found")
    by_card = place.log(None, noon, "card", number="0009").expect(201)
    assert (by_card["personID"], by_card["way"]) == (person, "staffCard")


def test_a_number_is_one_person_at_a_time(place):
    person = place.enter(number="4711", start="2026-05-01")
    body = {"id": new_id(), "number": "4711", "personID": person, "from": "2026-01-01"}
    path = f"/centres/{place.id}/enrolments"

    assert_refusal(place.staff.post(path, body), 409, "enrolment_overlaps")
    place.staff.post(path, {**body, "until": "2026-04-30"}).expect(201)
    assert_refusal(place.staff.post(path, {**body, "id": new_id(), "number": "13900000000"}), 400, "bad_value")
    listed = place.staff.all_items(path)
    [current] = [one for one in listed if one["number"] == "4711" and one["until"] is None]
    place.staff.post(f"/enrolments/{current['id']}/end", {"id": new_id(), "until": "2026-06-30"}).expect(201)
    found = place.staff.post(f"/centres/{place.id}/people/search", {"text": "4711"}).expect(200)["items"]
    assert found == []


def test_a_centre_sees_nothing_of_another(place, noon):
    person = place.other.enter()
    meal = place.other.log(person, noon).expect(201)

    for path in ("meals", "exceptions", "enrolments", "board"):
        assert_refusal(place.staff.get(f"/centres/{place.other.id}/{path}"), 404, "not_found")
    assert_refusal(place.rule(meal["id"], "dismiss"), 404, "not_found")
    assert [one["id"] for one in place.staff.get("/centres").expect(200)["items"]] == [place.id]
    assert len(place.manager.get("/centres").expect(200)["items"]) == 2


def test_every_line_of_a_claim_has_its_record(place, noon):
    for _ in range(3):
        place.log(place.enter(), noon).expect(201)
    range_ = "from=2026-01-01&until=2100-01-01"

    claims = place.manager.get(f"/meal-claims?{range_}").expect(200)
    here = [one for one in claims["items"] if one["centreID"] == place.id]
    lines = place.manager.all_items(f"/meal-claims/lines?{range_}&centreID={place.id}", limit=2)

    assert [one["funder"] for one in here] == ["district"]
    assert sum(line["subsidyFen"] for line in lines) == here[0]["totalFen"] > 0
    assert all(line["record"].startswith("1-") for line in lines)
    assert {one["check"] for one in claims["checks"]} == {
        "moreMealsThanEnrolled", "twoCentres", "burst", "deceased", "everyDay", "notByFace"}
    [faceless] = [one for one in claims["checks"] if one["check"] == "notByFace" and one["centreID"] == place.id]
    assert not faceless["isOK"]


def events(stream, count):
    """The next events of a board: (name, data)."""
    found, end = [], time.monotonic() + SECONDS
    name = None
    while len(found) < count and time.monotonic() < end:
        line = stream.readline().decode().rstrip("\r\n")
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            found.append((name, json.loads(line[6:])))
    return found


def test_the_board_shows_each_meal_as_it_comes(place):
    person = place.enter()
    with socket.create_connection(("127.0.0.1", place.daemon.port), timeout=SECONDS) as connection:
        connection.sendall(
            f"GET /api/v1/centres/{place.id}/board HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {place.staff.token}\r\n\r\n".encode())
        stream = connection.makefile("rb")
        [(first, state)] = events(stream, 1)
        meal = place.log(person).expect(201)
        found = events(stream, 2)

    assert first == "state" and state["centre"]["id"] == place.id
    shown = dict(found)
    assert shown["meal"]["id"] == meal["id"]
    assert shown["meal"]["masked"] == meal["masked"] and "*" in meal["masked"] and "name" not in shown["meal"]
    assert "servedCount" in shown["counts"]


def test_the_books_verify(place):
    finished = place.daemon.verify()

    assert finished.returncode == 0, said(finished)
