"""Every code of docs/ERRORS.md is made by a request here, or named with the place where it is made."""

import pytest

import wire
from client import API, Client, Till, assert_refusal, basket, cash, documented_codes, new_id, wechat
from daemon import Daemon
from goods import CAKE, WATER, open_good, rice_label
from relief import code_of, codes, coupon, issue, programme, relief_request

JSON = {"Content-Type": "application/json"}

# Codes that one request cannot make, and why.
MADE_ELSEWHERE = {
    "disk_full": "test_durability.py fills a small disk",
    "too_many_attempts": "test_roles.py guesses passwords",
    "request_timeout": "test_slow_clients.py sends bodies slowly",
    "till_session_closed": "test_tills.py ends and closes sessions",
    "clock_behind": "test_tills.py sets the clock back",
    "clock_ahead": "test_tills.py sets the clock ahead",
    "correction_not_opposite": "test_tills.py",
    "already_corrected": "test_tills.py",
    "count_stale": "test_tills.py",
    "reason_needed": "test_tills.py",
    "day_past": "test_days.py",
    "day_not_begun": "test_days.py",
    "earlier_day_open": "test_days.py",
    "tills_not_closed": "test_days.py",
    "month_not_over": "test_days.py",
    "terminal_known": "test_terminals.py",
    "terminal_retired": "test_terminals.py",
    "command_not_possible": "test_terminals.py",
    "has_returns": "test_tender_corrections.py",
    "bad_identity_number": "test_people.py",
    "person_known": "test_people.py",
    "unknown_category": "test_people.py",
    "bad_phone": "test_people.py",
    "phone_known": "test_people.py",
    "already_handed_out": "test_relief.py",
    "enrolment_overlaps": "test_meals.py",
    "own_witness": "test_meals.py",
    "ruling_does_not_fit": "test_meals.py",
    "more_than_owed": "test_meals.py",
    "unknown_meal_card": "test_meals.py",
    "not_to_be_undone": "test_meals.py",
    "busy": "more than 32 passwords at once",
    "storage_failed": "a failing disk",
    "shutting_down": "a request cut off by the end of the daemon",
    "internal": "a bug",
}

ONE_WATER = [{"barcode": WATER, "units": 1}]


def quote(items, **more):
    return lambda t: t.client.post("/quotes", {"items": items, **more})


def raw(body, headers=JSON):
    return lambda t: t.client.fetch("POST", API + "/quotes", body, dict(headers))


def sale(**changes):
    def ask(t):
        return t.client.post("/sales", {**t.sale_request(ONE_WATER), **changes})

    return ask


def returned(items, **changes):
    def ask(t):
        sold = t.sell([{"barcode": WATER, "units": 2}])
        body = {"id": new_id(), "tillSessionID": t.session_id, "items": items, "reason": "quality"}
        return t.client.post(f"/sales/{sold['id']}/returns", {**body, "refundFen": 120, **changes})

    return ask


def all_returned_again(t):
    sold = t.sell(ONE_WATER)
    t.give_back(sold["id"], [{"line": 0, "units": 1}])
    return t.client.post(f"/sales/{sold['id']}/return-quotes", {"items": [{"line": 0, "units": 1}]})


def corrected(**change):
    def ask(t):
        body = {"id": new_id(), "tender": 0, "kind": "wechat", "reference": "4200", "reason": "wrongKey", **change}
        return t.client.post(f"/sales/{t.sell(ONE_WATER)['id']}/tender-corrections", body)

    return ask


def corrected_to_what_it_is(t):
    body = {"id": new_id(), "tender": 0, "kind": "cash", "reason": "other"}
    return t.client.post(f"/sales/{t.sell(ONE_WATER)['id']}/tender-corrections", body)


def used_id(t):
    sold = t.sell(ONE_WATER)
    return t.client.post("/sales", {**t.sale_request([{"barcode": CAKE, "units": 1}]), "id": sold["id"]})


def open_again(t):
    return t.client.post("/till-sessions", {"id": new_id(), "tillID": t.till_id, "floatFen": 0})


def closed_till(t):
    tills = t.context["tills"]
    return t.client.get(f"/till-sessions/current?tillID={tills[1]['id']}")


def taken_name(t):
    body = {"name": "demo-cashier", "displayName": "又一个", "role": "cashier", "password": "long enough 1", "pin": "135790"}
    return t.client.post("/users", body)


def taken_code(t):
    body = {"name": "水", "category": "饮料", "unit": "瓶", "pricing": "counted", "listPriceFen": 100, "barcode": WATER}
    return t.client.post("/products", {"id": new_id(), **body})


def taken_partner(t):
    for _ in range(2):
        answer = t.client.post("/partners", {"id": new_id(), "kind": "donor", "name": "某公司"})
    return answer


def wrong_password(t):
    return Client(t.client.daemon).post("/sessions", {"user": "nobody", "password": "wrong"})


def cheaper_without_word(t):
    cashier = Till(Client(t.client.daemon).log_in_as("cashier"))
    item = {"barcode": WATER, "units": 1, "override": {"priceFen": 100, "reason": "nearExpiry"}}
    return cashier.client.post("/sales", cashier.sale_request([item]))


def approved_by_nothing(t):
    cashier = Till(Client(t.client.daemon).log_in_as("cashier"))
    return cashier.client.post("/sales", cashier.sale_request(ONE_WATER, approvalID=new_id()))


def of_a_role(role, path):
    return lambda t: Client(t.client.daemon).log_in_as(role).get(path)


def decided_twice(t):
    """A slip that came out is not in doubt."""
    sold = t.sell(ONE_WATER)
    while True:
        job = next(job for job in t.client.get("/print-jobs").json["items"] if job["saleID"] == sold["id"])
        if job["state"] not in ("queued", "sending"):
            return t.client.post(f"/print-jobs/{job['id']}/decisions", {"id": new_id(), "decision": "cameOut"})


def refused_voucher(t):
    (code,) = codes(t.client, goods={"allowed": ["粮油"]})
    _, body = relief_request(t, ONE_WATER, [code])
    return t.client.post("/sales", body)


def changed_vouchers(t):
    (code,) = codes(t.client)
    _, body = relief_request(t, ONE_WATER, [code])
    return t.client.post("/sales", {**body, "voucherFen": 1})


def one_voucher(t, **rules):
    return issue(t.client, programme(t.client, **rules)["id"])["vouchers"][0]["id"]


def unblocked_voucher(t):
    return t.client.post(f"/vouchers/{one_voucher(t)}/unblock", {"id": new_id()})


def nothing_left(t):
    voucher = one_voucher(t, kind="singleUse", refundPolicy="lost")
    _, body = relief_request(t, ONE_WATER, [code_of(t.client, voucher)])
    t.client.post("/sales", body).expect(201)
    return t.client.post(f"/vouchers/{voucher}/replace", {"id": new_id()})


def asked_issue(t, made, **more):
    body = {"id": new_id(), "bearerCount": 1, "amountFen": 1000, "validFrom": "2020-01-01", "validUntil": "2099-12-31"}
    return t.client.post(f"/programmes/{made['id']}/issues", {**body, **more})


def ended_programme(t):
    return asked_issue(t, programme(t.client, isEnded=True))


def past_issue(t):
    return asked_issue(t, programme(t.client), validUntil="2020-12-31")


def issue_to_nobody(t):
    return asked_issue(t, programme(t.client), bearerCount=None, people=[new_id()])


def taken_coupon(t):
    body = {"id": new_id(), "name": "券", "kind": "amountOff", "amountFen": 1, "payer": "fund"}
    return t.client.post("/coupons", {**body, "code": coupon(t.client)["code"]})


def ended_coupon(t):
    made = coupon(t.client)
    for _ in range(2):
        answer = t.client.post(f"/coupons/{made['id']}/end", {"id": new_id()})
    return answer


MADE = {
    "bad_request": lambda t: wire.exchange(t.client.daemon.port, b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    "bad_json": raw(b"{"),
    "not_utf8": raw(b'{"items":["\xff"]}'),
    "duplicate_member": raw(b'{"items":[],"items":[]}'),
    "unknown_member": quote([], colour="red"),
    "missing_member": raw(b"{}"),
    "bad_value": quote([{"barcode": WATER, "units": 0}]),
    "unknown_parameter": lambda t: t.client.get("/products?colour=red"),
    "bad_parameter": lambda t: t.client.get("/products?limit=0"),
    "unexpected_body": lambda t: t.client.fetch("GET", API + "/context", b"{}"),
    "idempotency_key_mismatch": lambda t: t.client.post(
        "/sales", t.sale_request(ONE_WATER), {"Idempotency-Key": new_id()}
    ),
    "unsupported_media_type": raw(b"{}", {"Content-Type": "text/plain"}),
    "body_too_large": raw(b'{"items":[' + b" " * 300_000 + b"]}"),
    "header_too_large": lambda t: t.client.fetch("GET", "/healthz", None, {"X-Long": "x" * 20_000}),
    "bad_host": lambda t: t.client.fetch("GET", "/healthz", None, {"Host": "evil.example"}),
    "not_found": lambda t: t.client.get(f"/sales/{new_id()}"),
    "method_not_allowed": lambda t: t.client.fetch("DELETE", API + "/quotes"),
    "not_logged_in": lambda t: Client(t.client.daemon).get("/context"),
    "wrong_role": of_a_role("centre", "/products"),
    "login_failed": wrong_password,
    "approval_needed": cheaper_without_word,
    "approval_not_valid": approved_by_nothing,
    "last_manager": lambda t: t.client.post(
        f"/users/{t.client.user['id']}/changes", {"id": new_id(), "isActive": False}
    ),
    "user_name_taken": taken_name,
    "unknown_barcode": quote([{"barcode": "96385074", "units": 1}]),
    "bad_barcode": quote([{"barcode": "6921168509257", "units": 1}]),
    "unknown_product": quote([{"productID": "00000000-0000-4000-8000-00000000dead", "units": 1}]),
    "quantity_missing": quote([{"barcode": WATER}]),
    "quantity_on_label": quote([{"barcode": rice_label(500), "grams": 500}]),
    "wrong_quantity": quote([{"barcode": WATER, "grams": 500}]),
    "empty_label": quote([{"barcode": rice_label(0)}]),
    "empty_basket": lambda t: t.client.post(
        "/sales", {"id": new_id(), "tillSessionID": t.session_id, **basket([], tenders=[cash(0)]), "dueFen": 0}
    ),
    "unknown_campaign": quote(ONE_WATER, gift={"amountFen": 100, "campaign": "moon"}),
    "basket_gone": sale(basketID="00000000-0000-4000-8000-00000000beef"),
    "price_changed": sale(dueFen=121),
    "underpaid": sale(tenders=[cash(119)]),
    "overpaid_without_cash": sale(tenders=[wechat(121)]),
    "id_reused": used_id,
    "nothing_asked": returned([]),
    "unknown_line": returned([{"line": 7, "units": 1}]),
    "more_than_left": returned([{"line": 0, "units": 3}]),
    "nothing_left_to_return": all_returned_again,
    "no_gift_left": returned([], refundGift=True),
    "refund_changed": returned([{"line": 0, "units": 1}], refundFen=119),
    "no_open_session": closed_till,
    "till_session_open": open_again,
    "slip_not_decidable": decided_twice,
    "unknown_tender": corrected(tender=7),
    "same_tender": corrected_to_what_it_is,
    "bad_statement": lambda t: t.client.post(
        "/statements", {"id": new_id(), "kind": "wechat", "businessDate": "2026-01-01", "csv": "x"}
    ),
    "bad_voucher_code": quote(ONE_WATER, vouchers=["2222 2222 2222 2222 2223"]),
    "unknown_voucher": quote(ONE_WATER, vouchers=["2222 2222 2222 2222 2222"]),
    "voucher_refused": refused_voucher,
    "vouchers_changed": changed_vouchers,
    "voucher_state": unblocked_voucher,
    "nothing_left": nothing_left,
    "programme_ended": ended_programme,
    "validity_past": past_issue,
    "person_not_eligible": issue_to_nobody,
    "unknown_coupon": quote(ONE_WATER, coupons=["NOSUCH"]),
    "coupon_code_taken": taken_coupon,
    "coupon_ended": ended_coupon,
    "no_such_member": quote(ONE_WATER, memberID="00000000-0000-4000-8000-00000000dead"),
    "code_taken": taken_code,
    "partner_name_taken": taken_partner,
}


@pytest.fixture(scope="module")
def till():
    daemon = Daemon().start()
    yield Till(Client(daemon).log_in_as("manager"))
    daemon.kill()
    Daemon.everyone.remove(daemon)


@pytest.mark.parametrize("code", MADE)
def test_the_code_is_made(till, code):
    assert_refusal(MADE[code](till), code=code)


def test_a_flood_is_slowed():
    daemon = Daemon(settings={"POSD_REQUESTS_PER_SECOND": "1", "POSD_REQUEST_BURST": "3"}).start()
    answers = [Client(daemon).fetch("GET", "/healthz") for _ in range(6)]
    daemon.kill()
    Daemon.everyone.remove(daemon)

    assert_refusal(answers[-1], 429, "too_many_requests")


def test_every_documented_code_has_its_place():
    made = set(MADE) | set(MADE_ELSEWHERE) | {"too_many_requests"}

    assert documented_codes() == made
