"""Policies by the command line: shown, taken in for a day to come, and followed from that day on."""

import datetime
import json

import pytest

from closing import DAY_MS, Station
from daemon import Daemon, new_folder, run, said
from goods import WATER

WATERS = [{"barcode": WATER, "units": 10}]  # list 1.50


@pytest.fixture
def station():
    made = Station()
    yield made
    assert made.daemon.stop() == 0
    verified = made.daemon.verify()
    assert verified.returncode == 0, said(verified)


def policy(folder, command, *arguments):
    return run("policy", command, "--data", folder, *arguments)


def written(content):
    path = new_folder() / "policy.json"
    path.write_text(json.dumps(content))
    return path


def test_a_policy_holds_from_its_day_on_and_a_return_follows_that_of_its_sale(station):
    data = station.daemon.folder
    shown = json.loads(policy(data, "show").stdout)
    assert (shown["id"], shown["concessionBasisPoints"], shown["meals"]["periods"][0]["priceFen"]) == \
        ("erqi-default", 2000, 1000)
    session = station.open_till()
    till = station.at(session)
    before = till.sell(WATERS)
    assert (before["totals"]["dueFen"], before["totals"]["pledgeMicroYuan"]) == (1200, 240_000)

    shown |= {"id": "half", "effectiveFrom": "2026-11-03", "concessionBasisPoints": 5000, "pledgeBasisPoints": 1000}
    added = policy(data, "add", written(shown))
    assert added.returncode == 0, said(added)
    assert json.loads(added.stdout) == shown
    assert till.sell(WATERS)["totals"]["dueFen"] == 1200
    listed = policy(data, "list").stdout.decode().splitlines()
    assert [line.split() for line in listed] == \
        [["erqi-default", "1970-01-01", "in", "force"], ["half", "2026-11-03"]]

    station.close(session)
    station.pass_ms(DAY_MS)
    till = station.at(station.open_till())
    after = till.sell(WATERS)
    assert (after["totals"]["dueFen"], after["totals"]["pledgeMicroYuan"]) == (750, 750_000)
    quote, _ = till.give_back(before["id"], [{"line": 0, "units": 10}])
    assert quote["refundFen"] == 1200
    assert "half  2026-11-03  in force" in policy(data, "list").stdout.decode()


def test_what_cannot_be_is_refused_with_the_member(station):
    data = station.daemon.folder
    good = {"id": "next", "effectiveFrom": "2026-12-01"}
    assert policy(data, "add", written(good)).returncode == 0
    for content, wanted in [
        (good, '"member": "id"'),
        (good | {"id": "other"}, '"effectiveFrom"'),
        ({"id": "today", "effectiveFrom": "2026-11-02"}, "a day after today"),
        ({"id": "x", "effectiveFrom": "2026-13-01"}, "a date as"),
        ({"effectiveFrom": "2027-01-01"}, "a name of"),
        ({"id": "x", "effectiveFrom": "2027-01-01", "pledgeBasisPoints": 10001}, "pledgeBasisPoints"),
        ({"id": "x", "effectiveFrom": "2027-01-01", "pledge": 1}, "no such member"),
        ({"id": "x", "effectiveFrom": "2027-01-01", "meals": {}}, "meals"),
    ]:
        finished = policy(data, "add", written(content))
        assert finished.returncode != 0
        assert wanted.strip('"').split('"')[-1] in said(finished), said(finished)
    assert len(policy(data, "list").stdout.splitlines()) == 2
    assert policy(data, "show", "none").returncode != 0
    assert b"is not JSON" in policy(data, "add", __file__).stderr


def test_without_a_daemon_the_command_does_it_itself():
    daemon = Daemon().start()
    assert daemon.stop() == 0
    # Days after today by any clock.
    day = (datetime.date.today() + datetime.timedelta(days=3)).isoformat()
    added = policy(daemon.folder, "add", written({"id": "next", "effectiveFrom": day, "refundLimitFen": 0}))
    assert added.returncode == 0, said(added)
    assert json.loads(policy(daemon.folder, "show", "next").stdout)["refundLimitFen"] == 0
    verified = daemon.verify()
    assert verified.returncode == 0, said(verified)
    daemon.start()
    assert policy(daemon.folder, "list").stdout.decode().splitlines()[1].startswith("next")
