"""Three tills, day after day: every Z, day close and month close equals the model's, and so does the exported ledger.

`MONTH_DAYS` sets the days (`make month`: a whole month); `SEED` repeats a run.
"""

import os
from datetime import datetime, timedelta

import pytest

from month.closings import Closings
from month.driver import Driver
from month.exports import beancount_balances, exported, hledger_balances, plain
from month.model import SHANGHAI
from month.script import Month

DAYS = int(os.environ.get("MONTH_DAYS", 3))
MONTH, AFTER = "2026-12", datetime(2027, 1, 1, tzinfo=SHANGHAI)


def midnight(day):
    """Date and time of the begin of a day; the last one played is the last of the month."""
    at = AFTER + timedelta(days=day - DAYS)
    return at.date().isoformat(), int(at.timestamp() * 1000)


@pytest.fixture(scope="module")
def played(shop, chance):
    """The shop after its days, all closed."""
    daemon, clock = shop(midnight(0)[1])
    driver = Driver(daemon, clock)
    tills = [till["id"] for till in driver.cashier.get("/context").expect(200)["tills"]]
    assert len(tills) == 3
    closings = Closings(driver)
    month = Month(driver, closings, tills, chance)
    for day in range(DAYS):
        month.play(*midnight(day))
    month.finish(*midnight(DAYS))
    print(summary(month))
    return daemon, closings


def summary(month):
    station = month.station
    sales, returns = (sum(getattr(day, kind)["count"] for day in station.days.values()) for kind in ("sales", "returns"))
    negative = sum(close.fund.carried_out < 0 for close in station.closes.values())
    return (
        f"{sales} sales, {returns} returns, {month.corrections} tenders corrected, {station.z_count} Z reports, "
        f"{len(station.closes)} day closes, {negative} of them carry less than nothing"
    )


def test_every_close_equalled_the_model(played):
    _, closings = played

    assert len(closings.days) >= DAYS
    assert [z["number"] for z in closings.zs] == list(range(1, len(closings.zs) + 1))


def test_remainders_are_carried_and_add_up(played):
    _, closings = played

    closings.carry_over()


def test_the_trial_balances_are_those_of_the_model(played):
    _, closings = played

    closings.trial_balances()


def test_the_month_is_the_sum_of_its_days(played):
    _, closings = played

    closings.month(MONTH)


@pytest.mark.parametrize(("format", "balances"), [("hledger", hledger_balances), ("beancount", beancount_balances)])
def test_other_accounting_programs_find_the_same_balances(played, tmp_path, format, balances):
    daemon, closings = played

    theirs = balances(exported(daemon.folder, format, tmp_path / f"ledger.{format}"))

    assert theirs == {plain(account): amount for account, amount in closings.station.balances.items() if amount}


def test_the_books_verify(played):
    daemon, _ = played

    finished = daemon.verify()

    assert finished.returncode == 0, finished.stdout + finished.stderr
