"""People leave, come back, and forget their passwords: what they may do ends at once, what they did stays."""

import pytest

from client import Client, Till, assert_refusal, new_id
from daemon import run, said
from goods import WATER

NEW = ["another long pass phrase 91", "730164"]


@pytest.fixture
def staffed(own_demo):
    return own_demo, Client(own_demo).log_in_as("manager"), Till(Client(own_demo).log_in_as("cashier"))


def change(manager, user_id, **change):
    return manager.post(f"/users/{user_id}/changes", {"id": new_id(), **change})


def test_who_left_is_out_at_once_and_may_come_back(staffed):
    daemon, manager, till = staffed
    till.sell([{"barcode": WATER, "units": 1}])
    user = till.client.user

    request = {"id": new_id(), "isActive": False}
    for _ in range(2):
        manager.post(f"/users/{user['id']}/changes", request).expect(204)

    assert_refusal(till.client.get("/context"), 401, "not_logged_in")
    name, password, _ = daemon.logins["cashier"]
    assert_refusal(Client(daemon).post("/sessions", {"user": name, "password": password}), 401, "login_failed")
    listed = {person["name"]: person["isActive"] for person in manager.get("/users").expect(200)["items"]}
    assert not listed[name] and listed["demo-manager"]
    change(manager, user["id"], isActive=True).expect(204)
    assert_refusal(till.client.get("/context"), 401, "not_logged_in")
    Client(daemon).log_in_as("cashier")
    assert daemon.stop() == 0 and daemon.verify().returncode == 0


def test_new_secrets_end_the_log_ins_of_the_old_ones(staffed):
    daemon, manager, till = staffed
    user = till.client.user

    change(manager, user["id"], password=NEW[0], pin=NEW[1]).expect(204)

    assert_refusal(till.client.get("/context"), 401, "not_logged_in")
    name, password, _ = daemon.logins["cashier"]
    assert_refusal(Client(daemon).post("/sessions", {"user": name, "password": password}), 401, "login_failed")
    Client(daemon).log_in(name, NEW[0])
    assert_refusal(change(manager, user["id"], password="short", pin=NEW[1]), 400, "bad_value")
    assert_refusal(change(manager, new_id(), isActive=False), 404, "not_found")


def test_a_station_keeps_a_manager(staffed):
    _, manager, _ = staffed
    assert_refusal(change(manager, manager.user["id"], isActive=False), 409, "last_manager")
    other = {"name": "second", "displayName": "副站长", "role": "manager", "password": NEW[0], "pin": NEW[1]}
    manager.post("/users", other).expect(201)
    change(manager, manager.user["id"], isActive=False).expect(204)
    assert_refusal(manager.get("/users"), 401, "not_logged_in")


def test_the_command_line_does_it_beside_the_daemon_and_without(staffed):
    daemon, _, till = staffed

    def user(*arguments, lines=()):
        return run("user", *arguments, "--data", daemon.folder, lines=lines)

    assert user("disable", "--name", "demo-cashier").returncode == 0
    assert_refusal(till.client.get("/context"), 401, "not_logged_in")
    assert "demo-cashier  cashier" in said(user("list")) and "may not log in" in said(user("list"))
    refused = user("disable", "--name", "demo-manager")
    assert refused.returncode == 1 and "last manager" in said(refused), said(refused)
    assert user("disable", "--name", "nobody").returncode == 1
    assert daemon.stop() == 0
    assert user("enable", "--name", "demo-cashier").returncode == 0
    assert user("secrets", "--name", "demo-cashier", lines=NEW).returncode == 0
    daemon.start()
    Client(daemon).log_in("demo-cashier", NEW[0])
    assert daemon.stop() == 0 and daemon.verify().returncode == 0
