"""Who may do what: read from the daemon's own list of operations, tried from outside."""

import random

import pytest

from client import API, Client, Till, assert_refusal, cash, documented_codes, new_id
from daemon import run, said
from goods import WATER, worked_sale

METHODS = ("get", "put", "post", "delete", "patch")
ROLES = ("cashier", "manager", "auditor", "centre")
OPEN_TO_ALL = {("post", API + "/sessions")}
ATTEMPTS = 60


@pytest.fixture(scope="module")
def operations(demo):
    """(method, path, operation) of everything under /api/v1 in /openapi.json."""
    document = Client(demo).fetch("GET", "/openapi.json").expect(200)
    base = (document.get("servers") or [{"url": ""}])[0]["url"].rstrip("/")
    found = []
    for path, item in document["paths"].items():
        full = path if path.startswith(API) else (base if base.endswith(API) else "") + path
        found += [(method, full, item[method]) for method in METHODS if method in item and full.startswith(API)]
    return found


def concrete(path):
    """The path with made-up ids, numbers and digits for its parameters."""
    parts = []
    for part in path.split("/"):
        if not part.startswith("{"):
            parts.append(part)
        elif "number" in part.lower():
            parts.append("999999")
        elif "digits" in part.lower() or "barcode" in part.lower():
            parts.append(WATER)
        else:
            parts.append(new_id())
    return "/".join(parts)


def knock(client, method, path, headers=None):
    """A request with a body that no operation could take: only who asks can be the reason to refuse it."""
    body = b"{" if method in ("put", "post", "patch") else None
    return client.fetch(method.upper(), concrete(path), body, headers)


def test_the_list_of_operations_is_the_contract(operations):
    listed = {(method, path) for method, path, _ in operations}

    for method, path in [
        ("post", "/sessions"), ("delete", "/sessions/current"), ("get", "/context"), ("get", "/products"),
        ("get", "/products/search"), ("post", "/quotes"), ("get", "/baskets"), ("post", "/voids"),
        ("post", "/sales"), ("get", "/sales"), ("post", "/approvals"), ("post", "/till-sessions"),
        ("get", "/till-sessions/current"), ("get", "/print-jobs"), ("get", "/unlisted-goods"),
        ("get", "/users"), ("post", "/users"), ("post", "/users/{id}/changes"),
    ]:
        assert (method, API + path) in listed, f"{method} {path} is not in /openapi.json"


def test_every_operation_but_the_log_in_names_its_roles(operations):
    for method, path, operation in operations:
        roles = operation.get("x-roles") or []
        assert set(roles) <= set(ROLES), f"{method} {path}: {roles}"
        assert bool(roles) != ((method, path) in OPEN_TO_ALL), f"{method} {path}: {roles}"


# Personal data is shown to who needs it for the work, not to auditors.
PERSONAL = {API + "/beneficiaries/{id}", API + "/members", API + "/members/{id}"}
# What a centre's staff may ask.
OF_CENTRES = {API + path for path in ("/context", "/sessions/current", "/beneficiaries/search")}
CENTRE_READS = {API + "/categories", API + "/terminals"}
MEALS = tuple(API + start for start in ("/centres", "/enrolments", "/meals/", "/meal-accounts"))
NOT_OF_CENTRES = {("post", API + "/centres"), ("post", API + "/meal-accounts/{id}/top-ups")}


def test_roles_are_as_the_contract_says(operations):
    for method, path, operation in operations:
        if (method, path) in OPEN_TO_ALL:
            continue
        roles = set(operation["x-roles"])
        assert "manager" in roles, f"{method} {path}: {roles}"
        assert method != "get" or ("auditor" in roles) == (path not in PERSONAL), f"{method} {path}: {roles}"
        of_meals = path.startswith(MEALS) and (method, path) not in NOT_OF_CENTRES
        own = of_meals or path in OF_CENTRES or method == "get" and path in CENTRE_READS
        assert ("centre" in roles) == own, f"{method} {path}: {roles}"


def test_no_token_opens_nothing(demo, operations):
    client = Client(demo)
    for method, path, _ in operations:
        if (method, path) not in OPEN_TO_ALL:
            assert_refusal(knock(client, method, path), 401)


def test_a_broken_token_opens_nothing(demo, cashier, operations):
    token = cashier.token
    other = ("A" if token[-1] != "A" else "B") + token[:-1]
    broken = [
        "Bearer", "Bearer ", "Bearer x", f"Bearer {token[:-1]}", f"Bearer {other}", f"Bearer {token}x",
        f"Basic {token}", token, f"Bearer {token},{token}", "Bearer " + "a" * 4000,
    ]
    client = Client(demo)
    for method, path, _ in operations:
        if (method, path) in OPEN_TO_ALL:
            continue
        for value in broken:
            assert_refusal(knock(client, method, path, {"Authorization": value}), 401)


@pytest.mark.parametrize("role", ROLES)
def test_a_wrong_role_is_refused_before_anything_else(staff, operations, role):
    for method, path, operation in operations:
        if (method, path) not in OPEN_TO_ALL and role not in operation["x-roles"]:
            assert_refusal(knock(staff[role], method, path), 403)


def test_a_right_role_gets_past_the_door(staff, operations):
    for method, path, operation in operations:
        if method == "get":
            for role in operation["x-roles"]:
                answer = knock(staff[role], method, path)
                assert answer.status not in (401, 403), f"{role} {method} {path}: {answer!r}"


def test_every_error_code_is_documented_and_made_somewhere(operations):
    named = set()
    for method, path, operation in operations:
        codes = operation.get("x-error-codes")
        assert codes, f"{method} {path} names no error codes"
        named |= set(codes)
    documented = documented_codes()
    assert documented, "docs/ERRORS.md lists no codes"
    assert sorted(named - documented) == [], "not in docs/ERRORS.md"
    of_no_operation = {"method_not_allowed"}
    assert sorted(documented - named - of_no_operation) == [], "in docs/ERRORS.md, but of no operation"


def test_a_log_out_ends_the_token(demo):
    client = Client(demo).log_in_as("centre")
    client.get("/context").expect(200)

    assert client.delete("/sessions/current").status == 204
    assert_refusal(client.get("/context"), 401)


def test_a_pin_is_enough_to_take_over_from_a_colleague(demo):
    colleague = Client(demo).log_in_as("cashier")
    name, _, pin = demo.logins["manager"]
    body = {"user": name, "pin": pin}

    session = colleague.post("/sessions", body).expect(201)

    assert session["user"]["role"] == "manager"
    assert_refusal(Client(demo).fetch("POST", API + "/sessions", body), 401)


def test_a_wrong_password_and_an_unknown_name_look_the_same(demo):
    client = Client(demo)
    name, password, _ = demo.logins["auditor"]

    wrong = client.post("/sessions", {"user": name, "password": password + "x"})
    unknown = client.post("/sessions", {"user": "nobody-here", "password": password})

    assert_refusal(wrong, 401, "login_failed")
    assert_refusal(unknown, 401, "login_failed")
    assert {**wrong.json, "values": None} == {**unknown.json, "values": None}


@pytest.fixture(scope="module")
def stranger(demo):
    """A manager of a second station on the same daemon."""
    pin = "".join(random.choices("123456789", k=len(demo.logins["manager"][2])))
    added = run(
        "user", "add", "--data", demo.folder, "--name", "far-manager", "--role", "manager",
        "--display", "远方", "--station", "second-station",
        lines=["a long enough pass phrase 58", pin],
    )
    assert added.returncode == 0, said(added)
    return Client(demo).log_in("far-manager", "a long enough pass phrase 58")


@pytest.fixture(scope="module")
def ours(till, cashier):
    """Objects of the first station."""
    sale = till.sell(worked_sale())
    basket = new_id()
    cashier.put(f"/baskets/{basket}", {"label": "3号", "items": worked_sale()}).expect(200)
    return {"sale": sale, "basket": basket, "session": till.session_id, "till": till.till_id}


def test_a_stranger_finds_none_of_our_objects(stranger, ours):
    sale, number = ours["sale"]["id"], ours["sale"]["number"]
    assert stranger.user["stationID"] != ours["sale"]["stationID"]

    for path in (
        f"/sales/{sale}", f"/sales/by-number/{number}", f"/sales/{sale}/receipt.txt", f"/sales/{sale}/receipt.svg",
        f"/sales/{sale}/receipt.escpos", f"/baskets/{ours['basket']}", f"/till-sessions/{ours['session']}",
        f"/till-sessions/current?tillID={ours['till']}",
    ):
        assert_refusal(stranger.get(path), 404)
    for path in ("/sales", "/baskets", "/print-jobs?limit=50", "/unlisted-goods"):
        assert stranger.get(path).expect(200)["items"] == [], path
    users = stranger.get("/users")
    assert users.status == 200 and "demo-cashier" not in users.text


def test_a_stranger_changes_none_of_our_objects(stranger, ours, till, cashier):
    sale = ours["sale"]["id"]
    one = [{"line": 0, "units": 1}]
    back = {"id": new_id(), "tillSessionID": ours["session"], "items": one, "reason": "quality", "refundFen": 136}
    water = [{"barcode": WATER, "units": 1}]
    sold = {"id": new_id(), "tillSessionID": ours["session"], "items": water, "tenders": [cash(120)], "dueFen": 120}

    for path, body in (
        (f"/sales/{sale}/return-quotes", {"items": one}),
        (f"/sales/{sale}/returns", back),
        (f"/sales/{sale}/reprints", {"id": new_id()}),
        ("/sales", sold),
        ("/voids", {"id": new_id(), "tillSessionID": ours["session"], "items": water, "reason": "cashierMistake"}),
        ("/till-sessions", {"id": new_id(), "tillID": ours["till"], "floatFen": 0}),
    ):
        assert_refusal(stranger.post(path, body), 404)
    assert_refusal(stranger.delete(f"/baskets/{ours['basket']}"), 404)
    assert stranger.put(f"/baskets/{ours['basket']}", {"label": "x", "items": water}).status in (404, 409, 422)

    assert cashier.get(f"/sales/{sale}").expect(200)["returns"] == []
    assert cashier.get(f"/baskets/{ours['basket']}").expect(200)["label"] == "3号"
    assert cashier.get(f"/sales/{sold['id']}").status == 404


def repeated_until_locked(attempt):
    """Repeats a failing attempt until it is told to wait."""
    for _ in range(ATTEMPTS):
        answer = attempt()
        if answer.status == 429:
            assert_refusal(answer, 429, "too_many_attempts")
            return
        assert answer.status in (401, 403, 422), repr(answer)
    raise AssertionError(f"{ATTEMPTS} failures were not enough to be told to wait")


def test_guessing_a_password_ends_in_waiting_and_the_right_one_waits_too(own_demo):
    client = Client(own_demo)
    name, password, _ = own_demo.logins["centre"]

    repeated_until_locked(lambda: client.post("/sessions", {"user": name, "password": "wrong"}))

    right = client.post("/sessions", {"user": name, "password": password})
    assert_refusal(right, 429, "too_many_attempts")


def test_guessing_a_pin_ends_in_waiting_and_the_right_one_waits_too(own_demo):
    client = Client(own_demo).log_in_as("cashier")
    name, _, pin = own_demo.logins["manager"]
    guess = "1" * len(pin) if pin != "1" * len(pin) else "2" * len(pin)

    repeated_until_locked(lambda: client.post("/sessions", {"user": name, "pin": guess}))

    assert_refusal(client.post("/sessions", {"user": name, "pin": pin}), 429, "too_many_attempts")


def test_guessing_a_pin_for_an_approval_ends_in_waiting(own_demo):
    till = Till(Client(own_demo).log_in_as("cashier"))
    name, _, pin = own_demo.logins["manager"]
    guess = "1" * len(pin) if pin != "1" * len(pin) else "2" * len(pin)
    asked = {"manager": name, "act": "priceOverride", "subjectID": new_id(), "amountFen": 100}

    repeated_until_locked(lambda: till.client.post("/approvals", {**asked, "id": new_id(), "pin": guess}))

    right = till.client.post("/approvals", {**asked, "id": new_id(), "pin": pin})
    assert_refusal(right, 429, "too_many_attempts")
