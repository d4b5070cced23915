"""Returns: in however many steps, the same money comes back, and the books end where they began."""

import pytest

from books import account_sums, entry_sums, journal_count
from client import assert_refusal, cash, new_id, wechat
from goods import open_good, rice_label, worked_sale

ROUNDS = 8


def returnable(line):
    """What a return of the whole line names."""
    quantity = {name: line[name] for name in ("units", "grams") if line.get(name) is not None}
    return {"line": line["index"], **quantity}


def whole(sale):
    return [returnable(line) for line in sale["lines"]]


def some_basket(chance):
    """Lines whose prices do not divide evenly, one of them weighed."""
    items = [
        open_good(f"货{place}", chance.randint(1, 3999), units=chance.randint(1, 7))
        for place in range(chance.randint(1, 3))
    ]
    return items + [{"barcode": rice_label(chance.randint(100, 5000))}]


def some_tenders(chance, due):
    """Cash alone, a code payment alone, or both."""
    by_code = chance.choice([0, due, chance.randint(1, due)])
    given = due - by_code
    return ([wechat(by_code)] if by_code else []) + ([cash(given + 37)] if given else [])


def random_steps(sale, chance):
    """The whole sale cut into returns of random size, in random order."""
    pieces = []
    for item in whole(sale):
        unit = "units" if "units" in item else "grams"
        left = item[unit]
        while left > 0:
            part = chance.randint(1, left) if len(pieces) < 12 else left
            pieces.append({"line": item["line"], unit: part})
            left -= part
    chance.shuffle(pieces)
    return pieces


def paid_back(returns):
    """Tender kind → fen paid back over several returns."""
    sums = {}
    for tender in (tender for one in returns for tender in one["refunds"]):
        sums[tender["kind"]] = sums.get(tender["kind"], 0) + abs(tender["amountFen"])
    return {kind: amount for kind, amount in sums.items() if amount}


def test_returns_in_random_steps_pay_what_one_full_return_pays(manager_till, demo, chance):
    for _ in range(ROUNDS):
        items = some_basket(chance)
        due = manager_till.quote(items)["totals"]["dueFen"]
        tenders = some_tenders(chance, due)
        at_once, in_steps = manager_till.sell(items, tenders), manager_till.sell(items, tenders)

        quote, full = manager_till.give_back(at_once["id"], whole(at_once))
        steps = [manager_till.give_back(in_steps["id"], [piece]) for piece in random_steps(in_steps, chance)]

        assert quote["refundFen"] == due
        assert sum(step["refundFen"] for step, _ in steps) == due
        assert paid_back([full]) == paid_back(made for _, made in steps)
        pledges = sum(line["pledgeMicroYuan"] for step, _ in steps for line in step["lines"])
        assert abs(pledges) == at_once["totals"]["pledgeMicroYuan"]
    assert set(entry_sums(demo.database)) == {0}


def test_a_sale_and_its_full_return_leave_every_account_as_it_was(manager_till, demo, chance):
    for _ in range(ROUNDS // 2):
        before = account_sums(demo.database)
        items = some_basket(chance)
        due = manager_till.quote(items)["totals"]["dueFen"]

        sale = manager_till.sell(items, some_tenders(chance, due))
        between = account_sums(demo.database)
        for piece in random_steps(sale, chance):
            manager_till.give_back(sale["id"], [piece])

        after = account_sums(demo.database)
        assert between != before
        assert {name: total for name, total in after.items() if total != before.get(name, 0)} == {}


def test_a_sale_with_a_gift_returned_whole_leaves_every_account_as_it_was(manager_till, demo):
    before = account_sums(demo.database)

    sale = manager_till.sell(worked_sale(), gift={"amountFen": 175})
    quote, _ = manager_till.give_back(sale["id"], whole(sale), refundGift=True)

    assert (quote["giftFen"], quote["refundFen"]) == (175, 2700)
    after = account_sums(demo.database)
    assert {name: total for name, total in after.items() if total != before.get(name, 0)} == {}


def test_a_gift_stays_given_unless_it_is_named(manager_till):
    sale = manager_till.sell(worked_sale(), gift={"amountFen": 175})

    quote, _ = manager_till.give_back(sale["id"], whole(sale))

    assert (quote["giftFen"], quote["refundFen"]) == (0, 2525)


def test_a_return_does_what_its_quote_said(till, cashier):
    sale = till.sell(worked_sale(), tenders=[wechat(1000), cash(2000)])

    quote, made = till.give_back(sale["id"], [{"line": 0, "units": 1}, {"line": 2, "grams": 235}])

    assert quote["approvalsNeeded"] == []
    assert quote["refundFen"] == 136 + 789 * 235 // 1235
    assert sum(line["refundFen"] for line in quote["lines"]) == quote["refundFen"]
    assert all(line["pledgeMicroYuan"] == line["refundFen"] * 200 for line in quote["lines"])
    assert [line["concessionFen"] for line in quote["lines"]] == [34, 198 * 235 // 1235]
    assert {refund["kind"]: refund["amountFen"] for refund in quote["refunds"]} == paid_back([made])
    assert sum(refund["amountFen"] for refund in quote["refunds"]) == quote["refundFen"]
    assert (made["kind"], made["originalSaleID"], made["originalNumber"]) == ("return", sale["id"], sale["number"])
    assert made["number"] != sale["number"]
    assert made["pledgeMicroYuan"] == quote["refundFen"] * 200
    original = cashier.get(f"/sales/{sale['id']}").expect(200)
    assert original["returns"] == [made["id"]]
    left = {entry["line"]: entry for entry in original["returnable"]}
    assert (left[0]["units"], left[0]["refundFen"]) == (1, 136)
    assert (left[2]["grams"], left[2]["refundFen"]) == (1000, 789 - 789 * 235 // 1235)


@pytest.mark.parametrize(
    "item",
    [{"line": 0, "units": 3}, {"line": 0, "units": 0}, {"line": 0, "units": -1}, {"line": 0, "grams": 10},
     {"line": 2, "grams": 1236}, {"line": 2, "units": 1}, {"line": 3, "units": 1}, {"line": -1, "units": 1},
     {"line": 0, "units": 10**12}, {"line": 0}],
    ids=str,
)
def test_more_than_was_sold_is_not_taken_back(till, cashier, item):
    sale = till.sell(worked_sale())
    body = {"id": new_id(), "tillSessionID": till.session_id, "items": [item], "reason": "quality", "refundFen": 136}

    assert_refusal(cashier.post(f"/sales/{sale['id']}/return-quotes", {"items": [item]}))
    assert_refusal(cashier.post(f"/sales/{sale['id']}/returns", body))
    assert cashier.get(f"/sales/{sale['id']}").json["returns"] == []


def test_more_than_is_left_is_not_taken_back(till, cashier):
    sale = till.sell(worked_sale())
    till.give_back(sale["id"], [{"line": 0, "units": 1}])

    assert_refusal(cashier.post(f"/sales/{sale['id']}/return-quotes", {"items": [{"line": 0, "units": 2}]}))
    till.give_back(sale["id"], [{"line": 0, "units": 1}])

    last = [{"line": 0, "units": 1}]
    assert_refusal(cashier.post(f"/sales/{sale['id']}/return-quotes", {"items": last}), 422, "nothing_left_to_return")
    body = {"id": new_id(), "tillSessionID": till.session_id, "items": last, "reason": "quality", "refundFen": 136}
    assert_refusal(cashier.post(f"/sales/{sale['id']}/returns", body), 422, "nothing_left_to_return")


def test_the_same_line_twice_in_one_return_does_not_pay_twice(till, cashier):
    sale = till.sell(worked_sale())

    twice = [{"line": 1, "units": 1}, {"line": 1, "units": 1}]

    assert_refusal(cashier.post(f"/sales/{sale['id']}/return-quotes", {"items": twice}))


def test_a_return_of_a_return_is_refused(till, cashier):
    sale = till.sell(worked_sale())
    _, made = till.give_back(sale["id"], [{"line": 0, "units": 2}])

    assert_refusal(cashier.post(f"/sales/{made['id']}/return-quotes", {"items": [{"line": 0, "units": 1}]}))


def test_a_refund_other_than_the_quoted_one_is_refused(till, cashier):
    sale = till.sell(worked_sale())
    _, body = till.return_request(sale["id"], [{"line": 0, "units": 1}])

    assert_refusal(cashier.post(f"/sales/{sale['id']}/returns", {**body, "refundFen": 137}))
    assert cashier.get(f"/sales/{sale['id']}").json["returns"] == []


@pytest.fixture
def approved(demo, cashier):
    """Asks the manager, at the cashier's till, for an approval."""

    def ask(act, subject_id, **amount):
        name, _, pin = demo.logins["manager"]
        body = {"id": new_id(), "manager": name, "pin": pin, "act": act, "subjectID": subject_id, **amount}
        approval = cashier.post("/approvals", body).expect(201)
        assert (approval["act"], approval["subjectID"]) == (act, subject_id)
        return approval["id"]

    return ask


def test_a_refund_over_the_limit_needs_an_approval(till, cashier, approved):
    limit = till.context["refundLimitFen"]
    at_limit = till.sell([open_good("桶", limit * 5 // 4)])
    above = till.sell([open_good("桶", limit * 5 // 4), open_good("糖", 2)])
    quote, body = till.return_request(above["id"], whole(above))

    till.give_back(at_limit["id"], whole(at_limit))
    assert quote["approvalsNeeded"] == ["refund"]
    assert_refusal(cashier.post(f"/sales/{above['id']}/returns", body), 403, "approval_needed")

    approval = approved("refund", body["id"], amountFen=body["refundFen"])
    cashier.post(f"/sales/{above['id']}/returns", {**body, "approvalID": approval}).expect(201)


def test_a_manager_needs_no_approval(manager_till):
    limit = manager_till.context["refundLimitFen"]
    dear = {**open_good("桶", limit * 2), "override": {"priceFen": limit * 2 - 1, "reason": "damaged"}}

    sale = manager_till.sell([dear])
    quote, _ = manager_till.give_back(sale["id"], whole(sale))

    assert quote["refundFen"] == limit * 2 - 1


def overridden_sale(till, price_fen=300):
    item = {**open_good("饼", 1000), "override": {"priceFen": price_fen, "reason": "nearExpiry"}}
    return till.sale_request([item])


def test_another_price_needs_an_approval(till, cashier, approved):
    request = overridden_sale(till)

    quote = till.quote(request["items"])
    assert quote["approvalsNeeded"] == ["priceOverride"]
    assert quote["totals"]["dueFen"] == 300
    assert_refusal(cashier.post("/sales", request), 403, "approval_needed")
    assert cashier.get(f"/sales/{request['id']}").status == 404

    sale = cashier.post("/sales", {**request, "approvalID": approved("priceOverride", request["id"], amountFen=300)}).expect(201)
    adjustment = sale["lines"][0]["adjustments"][0]
    assert (adjustment["source"], adjustment["payer"], adjustment["reason"]) == ("override", "station", "nearExpiry")
    assert sale["lines"][0]["netFen"] == 300


def test_an_approval_is_good_once_and_only_for_its_subject_act_and_amount(till, cashier, approved):
    first, second, third = (overridden_sale(till) for _ in range(3))
    approval = approved("priceOverride", first["id"], amountFen=300)
    other_act = approved("voidBasket", third["id"])

    for request, wrong in ((second, approval), (third, other_act), (second, new_id())):
        assert_refusal(cashier.post("/sales", {**request, "approvalID": wrong}))
        assert cashier.get(f"/sales/{request['id']}").status == 404

    cheaper = {**overridden_sale(till, 200), "id": first["id"], "approvalID": approval}
    assert_refusal(cashier.post("/sales", cheaper), 403, "approval_not_valid")

    sold = cashier.post("/sales", {**first, "approvalID": approval})
    sold.expect(201)
    assert_refusal(cashier.post("/sales", {**second, "approvalID": approval}))
    assert cashier.post("/sales", {**first, "approvalID": approval}).body == sold.body


@pytest.mark.parametrize("role", ["cashier", "auditor"])
def test_only_a_manager_can_approve(demo, cashier, role):
    name, _, pin = demo.logins[role]

    asked = {"id": new_id(), "manager": name, "pin": pin, "act": "refund", "subjectID": new_id(),
             "amountFen": 100}

    assert_refusal(cashier.post("/approvals", asked), 401, "login_failed")


def test_an_approval_says_what_is_approved(demo, cashier):
    name, _, pin = demo.logins["manager"]
    asked = {"id": new_id(), "manager": name, "pin": pin, "subjectID": new_id()}

    assert_refusal(cashier.post("/approvals", {**asked, "act": "refund"}), 400, "missing_member")
    assert_refusal(cashier.post("/approvals", {**asked, "act": "openDrawer", "amountFen": 1}), 400, "unknown_member")


def test_a_cashier_does_not_give_a_gift_back_alone(till, cashier, approved):
    sale = till.sell(worked_sale(), gift={"amountFen": 100})
    quote, body = till.return_request(sale["id"], [], refundGift=True)

    assert "giftRefund" in quote["approvalsNeeded"]
    assert_refusal(cashier.post(f"/sales/{sale['id']}/returns", body), 403, "approval_needed")
    approval = approved("giftRefund", body["id"], amountFen=body["refundFen"])
    cashier.post(f"/sales/{sale['id']}/returns", {**body, "approvalID": approval}).expect(201)


def test_a_void_is_in_the_journal_and_is_no_sale(till, cashier, approved, demo):
    before, sums = journal_count(demo.database), account_sums(demo.database)
    void = {"id": new_id(), "tillSessionID": till.session_id, "items": worked_sale(), "reason": "cashierMistake"}
    approval = approved("voidBasket", void["id"])
    between = journal_count(demo.database)

    first = cashier.post("/voids", {**void, "approvalID": approval})
    again = cashier.post("/voids", {**void, "approvalID": approval})

    first.expect(201)
    assert (again.status, again.body) == (201, first.body)
    assert journal_count(demo.database) == between + 1 > before
    assert account_sums(demo.database) == sums
    assert cashier.get(f"/sales/{void['id']}").status == 404


def test_a_basket_on_hold_is_sold_once(till, cashier):
    basket = new_id()
    cashier.put(f"/baskets/{basket}", {"label": "蓝衣服", "items": worked_sale()}).expect(200)

    till.sell(worked_sale(), basketID=basket)

    again = till.sale_request(worked_sale(), basketID=basket)
    assert_refusal(cashier.post("/sales", again), 409, "basket_gone")
    assert_refusal(cashier.get(f"/baskets/{basket}"), 404)
