"""The worked examples of the business rules, the same through every door of the daemon."""

import json

import pytest

from client import cash, wechat
from daemon import new_folder, run, said
from goods import CAKE, COFFEE, WATER, open_good, open_worked_sale, worked_sale

# name, list price, station price, list amount, concession, net, pledge in micro-yuan, pledge printed
WORKED_LINES = [
    ("蛋糕", 170, 136, 340, 68, 272, 54_400, "0.0544"),
    ("雀巢咖啡", 1830, 1464, 1830, 366, 1464, 292_800, "0.2928"),
    ("大米", 799, 639, 987, 198, 789, 157_800, "0.1578"),
]
WORKED_TOTALS = {
    "listFen": 3157,
    "concessionFen": 632,
    "adjustmentFen": 0,
    "netFen": 2525,
    "giftFen": 0,
    "dueFen": 2525,
    "pledgeMicroYuan": 505_000,
    "pledge": "0.5050",
}


def quoted_by_command(body):
    """What `posd quote` prints for a file."""
    path = new_folder("q") / "basket.json"
    path.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    finished = run("quote", path)
    assert finished.returncode == 0, said(finished)
    return json.loads(finished.stdout)


def assert_worked(priced):
    """The worked sale, in a quote or a sale."""
    assert len(priced["lines"]) == len(WORKED_LINES)
    for line, (name, price, station, amount, concession, net, pledge, printed) in zip(priced["lines"], WORKED_LINES):
        assert name in line["name"]
        assert (line["listPriceFen"], line["stationPriceFen"]) == (price, station)
        assert (line["listAmountFen"], line["concessionFen"], line["netFen"]) == (amount, concession, net)
        assert (line["pledgeMicroYuan"], line["pledge"]) == (pledge, printed)
        assert line["adjustments"] == []
    assert [line["index"] for line in priced["lines"]] == [0, 1, 2]
    assert priced["lines"][0]["units"] == 2
    assert priced["lines"][2]["grams"] == 1235
    assert {name: priced["totals"][name] for name in WORKED_TOTALS} == WORKED_TOTALS


def test_the_command_prices_the_worked_sale():
    assert_worked(quoted_by_command({"items": open_worked_sale()}))


def test_a_quote_prices_the_worked_sale_from_its_scans(till):
    assert_worked(till.quote(worked_sale()))


def test_a_quote_prices_the_worked_sale_without_barcodes(till):
    assert_worked(till.quote(open_worked_sale()))


def test_a_quote_by_product_equals_a_quote_by_scan(till, cashier):
    scans = {code: cashier.get(f"/products/by-barcode/{code}").expect(200) for code in (CAKE, COFFEE)}
    assert scans[CAKE]["item"] == {"barcode": CAKE, "units": 1} or "productID" in scans[CAKE]["item"]
    rice = cashier.get("/products/by-barcode/" + worked_sale()[2]["barcode"]).expect(200)

    items = [
        {"productID": scans[CAKE]["product"]["id"], "units": 2},
        {"productID": scans[COFFEE]["product"]["id"], "units": 1},
        {"productID": rice["product"]["id"], "grams": 1235},
    ]

    assert_worked(till.quote(items))
    assert till.quote([rice["item"]])["lines"][0]["grams"] == 1235


def test_a_sale_stores_the_worked_sale(till, cashier):
    sale = till.sell(worked_sale(), tenders=[cash(3000)])

    assert_worked(sale)
    assert sale["kind"] == "sale"
    assert sale["payment"]["changeFen"] == 475
    assert sum(cell["amountFen"] for row in sale["map"] for cell in row["cells"]) == 2525
    assert_worked(cashier.get(f"/sales/{sale['id']}").expect(200))
    assert_worked(cashier.get(f"/sales/by-number/{sale['number']}").expect(200))


def test_the_receipt_prints_the_worked_sale(till, cashier):
    sale = till.sell(worked_sale(), tenders=[cash(3000)])

    text = cashier.get(f"/sales/{sale['id']}/receipt.txt").text

    for name, *_, net, _, pledge in WORKED_LINES:
        assert name in text
        assert f"{net // 100}.{net % 100:02d}" in text
        assert pledge in text
    for printed in ("25.25", "6.32", "0.5050", "30.00", "4.75"):
        assert printed in text


def assert_one_bottle(priced):
    line = priced["lines"][0]
    assert (line["listPriceFen"], line["stationPriceFen"], line["netFen"]) == (150, 120, 120)
    assert (line["pledgeMicroYuan"], line["pledge"]) == (24_000, "0.0240")
    assert (priced["totals"]["dueFen"], priced["totals"]["pledge"]) == (120, "0.0240")


def test_one_bottle_of_water_pledges_0_0240_everywhere(till, cashier):
    scanned = [{"barcode": WATER, "units": 1}]

    sale = till.sell(scanned)

    assert_one_bottle(quoted_by_command({"items": [open_good("水", 150, "饮用水")]}))
    assert_one_bottle(till.quote(scanned))
    assert_one_bottle(sale)
    text = cashier.get(f"/sales/{sale['id']}/receipt.txt").text
    assert "1.20" in text and "0.0240" in text


def test_a_pledge_that_needs_six_decimals_has_six():
    quote = quoted_by_command(
        {"items": [open_good("水", 150)], "policy": {"pledgeBasisPoints": 333}}
    )

    assert quote["lines"][0]["pledgeMicroYuan"] == 120 * 333
    assert quote["lines"][0]["pledge"] == "0.039960"


def test_a_concession_owed_to_the_fund_leaves_the_list_price_to_pay():
    quote = quoted_by_command({"items": open_worked_sale(), "policy": {"concessionTo": "toReliefFund"}})

    totals = quote["totals"]
    assert (totals["netFen"], totals["dueFen"], totals["concessionFen"]) == (3157, 3157, 632)
    assert totals["pledgeMicroYuan"] == 3157 * 200
    assert [line["concessionFen"] for line in quote["lines"]] == [68, 366, 198]


@pytest.mark.parametrize(
    "rounding, kept",
    [("none", 2525), ("downToJiao", 2520), ("downToYuan", 2500), ("nearestJiao", 2530)],
)
def test_cash_rounding_follows_the_policy(rounding, kept):
    body = {"items": open_worked_sale(), "tenders": [cash(3000)], "policy": {"cashRounding": rounding}}

    quote = quoted_by_command(body)

    payment = quote["payment"]
    assert (payment["cashPartFen"], payment["cashKeptFen"]) == (2525, kept)
    assert (payment["cashGivenFen"], payment["changeFen"]) == (3000, 3000 - kept)
    assert abs(payment["roundingFen"]) == abs(kept - 2525)
    assert payment["remainingFen"] == 0
    assert quote["totals"]["pledgeMicroYuan"] == 505_000


def test_rounding_up_and_rounding_down_have_opposite_signs():
    body = {"items": open_worked_sale(), "tenders": [cash(3000)]}

    down = quoted_by_command({**body, "policy": {"cashRounding": "downToJiao"}})["payment"]["roundingFen"]
    up = quoted_by_command({**body, "policy": {"cashRounding": "nearestJiao"}})["payment"]["roundingFen"]

    assert down * up < 0


def test_only_the_cash_part_is_rounded():
    body = {"items": open_worked_sale(), "policy": {"cashRounding": "downToJiao"}}

    mixed = quoted_by_command({**body, "tenders": [wechat(1001), cash(2000)]})["payment"]
    by_code = quoted_by_command({**body, "tenders": [wechat(2525)]})["payment"]

    assert (mixed["nonCashFen"], mixed["cashPartFen"], mixed["cashKeptFen"]) == (1001, 1524, 1520)
    assert (by_code["roundingFen"], by_code["cashKeptFen"], by_code["remainingFen"]) == (0, 0, 0)


@pytest.mark.parametrize("rounding, list_price", [("downToJiao", 6), ("downToYuan", 100), ("nearestJiao", 5)])
def test_cash_is_never_rounded_to_zero(rounding, list_price):
    body = {"items": [open_good("糖", list_price)], "tenders": [cash(1000)]}

    payment = quoted_by_command({**body, "policy": {"cashRounding": rounding}})["payment"]

    assert payment["cashPartFen"] > 0
    assert payment["cashKeptFen"] > 0


def test_a_gift_is_added_outside_the_pledge(till):
    for quote in (
        quoted_by_command({"items": open_worked_sale(), "gift": {"amountFen": 100}}),
        till.quote(worked_sale(), gift={"amountFen": 100}),
    ):
        totals = quote["totals"]
        assert (totals["netFen"], totals["giftFen"], totals["dueFen"]) == (2525, 100, 2625)
        assert totals["pledgeMicroYuan"] == 505_000
        assert quote["gift"]["amountFen"] == 100


@pytest.mark.parametrize("list_price, gift, due", [(150, 80, 200), (125, 0, 100), (126, 99, 200)])
def test_rounding_up_gives_what_is_missing_to_the_yuan(list_price, gift, due):
    quote = quoted_by_command({"items": [open_good("糖", list_price)], "gift": {"roundUp": True}})

    assert (quote["totals"]["giftFen"], quote["totals"]["dueFen"]) == (gift, due)


def test_a_gift_names_its_campaign(till):
    campaign = till.context["campaigns"][0]["id"]

    sale = till.sell(worked_sale(), gift={"roundUp": True, "campaign": campaign})

    assert sale["gift"] == {"amountFen": 75, "campaign": campaign}
    assert [row["line"] for row in sale["map"]] == [0, 1, 2, "gift"]
    assert sum(cell["amountFen"] for cell in sale["map"][3]["cells"]) == 75


def test_other_tenders_take_their_share_of_every_line_and_cash_the_rest(till):
    sale = till.sell(
        [open_good("甲", 1000), open_good("乙", 1000), open_good("丙", 1000)],
        tenders=[wechat(1000), cash(1400)],
    )

    by_tender = {0: 0, 1: 0}
    for row in sale["map"]:
        assert sum(cell["amountFen"] for cell in row["cells"]) == 800
        for cell in row["cells"]:
            by_tender[cell["tender"]] += cell["amountFen"]
    assert by_tender == {0: 1000, 1: 1400}
    shares = [cell["amountFen"] for row in sale["map"] for cell in row["cells"] if cell["tender"] == 0]
    assert shares == [334, 333, 333]
