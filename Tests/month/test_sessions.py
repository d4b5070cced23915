"""Tills day after day: every count and Z report equals the model's. `MONTH_DAYS` sets the days, `SEED` repeats a run."""

import os
from datetime import datetime, timedelta

import pytest

from books import account_sums
from month.closings import Closings
from month.driver import Driver
from month.model import SHANGHAI
from month.script import Month

DAYS = int(os.environ.get("MONTH_DAYS", 3))
FIRST = datetime(2026, 12, 1, tzinfo=SHANGHAI)


def midnight(day):
    """Date and time of the begin of a day, counted from the first."""
    at = FIRST + timedelta(days=day)
    return at.date().isoformat(), int(at.timestamp() * 1000)


@pytest.fixture(scope="module")
def played(shop, chance):
    """The shop after its days, every drawer counted."""
    daemon, clock = shop(midnight(0)[1])
    driver = Driver(daemon, clock)
    closings = Closings(driver)
    tills = [till["id"] for till in driver.cashier.get("/context").expect(200)["tills"]]
    month = Month(driver, closings, tills, chance, closes_days=False)
    for day in range(DAYS):
        month.play(*midnight(day))
    month.finish(*midnight(DAYS))
    return daemon, closings


def test_every_z_equals_the_model_and_is_kept(played):
    _, closings = played

    kept = closings.driver.manager.all_items("/z-reports")

    assert len(closings.zs) == len(closings.station.sessions) >= 2
    assert sorted(kept, key=lambda z: z["number"]) == closings.zs
    assert [z["number"] for z in closings.zs] == list(range(1, len(closings.zs) + 1))


def test_the_books_verify_and_balance_as_the_model(played):
    daemon, closings = played

    finished = daemon.verify()

    assert finished.returncode == 0, finished.stdout + finished.stderr
    balances = {account: amount for account, amount in closings.station.balances.items() if amount}
    assert {account: amount for account, amount in account_sums(daemon.database).items() if amount} == balances
