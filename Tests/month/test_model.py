"""The model itself, on the worked numbers of the rules."""

import pytest

from month.model import Station, local_date
from month.money import Goods, Sale, largest_remainder


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [(500, [1290, 850], [301, 199]), (1, [1, 1, 1], [1, 0, 0]), (700, [1050, 320, 1990], [219, 67, 414])],
)
def test_amounts_are_shared_by_the_largest_remainder(amount, weights, shares):
    assert largest_remainder(amount, weights) == shares


def worked_sale(**more):
    goods = [Goods("蛋糕", 170, units=2), Goods("雀巢咖啡", 1830, units=1), Goods("大米", 799, grams=1235)]
    return Sale(**{"id": "s", "session": "t", "date": "2026-11-02", "goods": goods, "gift": 0, "campaign": None,
                   "codes": [], "cash_given": 3000, **more})  # fmt: skip


def test_the_worked_sale():
    sale = worked_sale()

    assert [line.net for line in sale.goods] == [272, 1464, 789]
    assert (sale.due, sale.change) == (2525, 475)
    assert sum(line.concession for line in sale.goods) == 632


def test_a_sale_and_its_full_return_leave_nothing():
    station = Station()
    noon = 1793592000000
    day = local_date(noon)
    station.open("t", "1", 20000, noon)
    station.sell(worked_sale(date=day, codes=[("wechat", 1000)], gift=100, campaign="general"), noon)
    before = station.sessions["t"].expected_cash

    for wanted in ([(0, 1)], [(0, 1), (2, 1000)], [(1, 1)]):
        station.give_back("s", "t", wanted, noon)
    station.give_back("s", "t", [(2, 235)], noon, is_gift=True)

    assert before == 20000 + 2525 + 100 - 1000
    assert station.sessions["t"].expected_cash == 20000
    assert {account for account, amount in station.balances.items() if amount} == {"assets:cash", "assets:safe"}
    assert station.day(day).pledge_micro == 0


def test_the_fund_gets_whole_fen_and_the_rest_is_carried():
    station = Station()
    station.day("2026-11-02").pledge_micro = 505_000 + 1
    station.day("2026-11-03").pledge_micro = -30_000
    station.day("2026-11-04").pledge_micro = 39_999

    first, second, third = (station.close_day(f"2026-11-0{day}").fund for day in (2, 3, 4))

    assert (first.transfer_fen, first.carried_out) == (50, 5_001)
    assert (second.carried_in, second.transfer_fen, second.carried_out) == (5_001, 0, -24_999)
    assert (third.transfer_fen, third.carried_out) == (1, 5_000)
