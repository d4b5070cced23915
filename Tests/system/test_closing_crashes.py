"""A close is whole or it is not: killed at any moment, or on a full disk, and finished by the second try."""

import os
import random
import threading
import time

from client import Client, Till, new_id
from closing import DAY_MS, MONDAY_MS, Station
from daemon import said
from goods import WATER
from test_durability import fill, small_disk, sold_until_refused  # noqa: F401

DAYS = 6
SEED = 20261121


def evening(station, session, date):
    """The steps from the last sale to the closed day, each made from the answers before it."""
    path = f"/till-sessions/{session['id']}"
    count = {"id": new_id(), "counts": [{"denominationFen": 10000, "count": 2}, {"denominationFen": 10, "count": 12}]}
    yield "end", f"{path}/end", {"id": new_id()}
    yield "count", f"{path}/counts", count
    yield "close", f"{path}/close", {"id": new_id(), "countID": count["id"], "reason": "other"}
    yield "day", f"/days/{date}/close", {"id": new_id()}


def killed_in_the_middle(station, path, body, delay):
    """Sends a request and kills the daemon a moment later; whether an answer came, and which."""
    answers = []

    def ask():
        try:
            answers.append(station.manager.post(path, body))
        except OSError:
            pass
        except Exception as error:  # http.client has errors of its own for a connection cut off
            assert "http.client" in type(error).__module__, error

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(delay)
    station.daemon.kill()
    thread.join()
    station.daemon.start("demo")
    for _, client in station.clients.values():
        client.close()
    station.clients.clear()
    return answers


def test_a_close_killed_at_any_moment_is_whole_or_not_there():
    station = Station()
    chance = random.Random(SEED)
    for number in range(DAYS):
        station.set_clock(MONDAY_MS + number * DAY_MS)
        date = station.manager.get("/context").expect(200)["businessDate"]
        session = station.open_till(client=station.manager)
        station.at(session, station.manager).sell([{"barcode": WATER, "units": 1}])
        doomed = chance.choice(["end", "count", "close", "close", "day", "day"])
        for step, path, body in evening(station, session, date):
            if step == doomed:
                answered = killed_in_the_middle(station, path, body, chance.uniform(0, 0.012))
                state = station.manager.get(f"/till-sessions/{session['id']}").expect(200)["state"]
                assert state in ("open", "ended", "closed")
                again = station.manager.post(path, body).expect(201)
                if answered and answered[0].status == 201:
                    assert again == answered[0].json, f"seed {SEED} day {number} {step}"
            else:
                station.manager.post(path, body).expect(201)

    zs = [z["number"] for z in station.manager.all_items("/z-reports")]
    days = station.manager.all_items("/day-closes")
    assert zs == list(range(DAYS, 0, -1)) and [day["number"] for day in days] == zs
    for later, earlier in zip(days, days[1:]):
        carried = earlier["fundTransfer"]["carriedOutMicroYuan"]
        assert later["fundTransfer"]["carriedInMicroYuan"] == carried
    assert station.daemon.stop() == 0
    verified = station.daemon.verify()
    assert verified.returncode == 0, said(verified)


def test_a_full_disk_leaves_the_day_open_and_the_second_try_closes_it(small_disk, daemons):  # noqa: F811
    daemon = daemons(small_disk / "data").start()
    manager = Client(daemon).log_in_as("manager")
    till = Till(manager)
    till.sell([{"barcode": WATER, "units": 1}])
    filler = small_disk / "filler"
    fill(filler)
    sold_until_refused(till, filler)
    date = till.context["businessDate"]
    path = f"/till-sessions/{till.session_id}"
    count = {"id": new_id(), "counts": [{"denominationFen": 10000, "count": 2}]}
    close = {"id": new_id(), "countID": count["id"], "reason": "other"}
    day = {"id": new_id()}

    def refused(path, body):
        answer = manager.post(path, body)
        assert answer.status in (404, 409, 503, 507), repr(answer)
        return answer

    assert refused(f"{path}/counts", count).json["code"] == "disk_full"
    assert manager.get(path).expect(200)["state"] == "open"
    os.unlink(filler)
    manager.post(f"{path}/counts", count).expect(201)
    fill(filler)
    filling = [manager.post("/stock/counts", {"id": new_id(), "lines": [{"productID": product_id(manager), "units": 1}]})
               for _ in range(40)]
    assert any(answer.status == 507 for answer in filling)
    assert refused(f"{path}/close", close).json["code"] == "disk_full"
    assert manager.get(path).expect(200)["state"] == "ended"
    assert manager.get("/z-reports").expect(200)["items"] == []
    os.unlink(filler)

    assert manager.post(f"{path}/close", close).expect(201)["number"] == 1
    assert manager.post(f"/days/{date}/close", day).expect(201)["number"] == 1
    assert manager.post(f"/days/{date}/close", {"id": new_id()}).expect(201)["number"] == 1
    assert daemon.stop() == 0
    verified = daemon.verify()
    assert verified.returncode == 0, said(verified)


def product_id(client):
    return client.get(f"/products/by-barcode/{WATER}").expect(200)["product"]["id"]
