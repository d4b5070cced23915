"""The command line: help, import with and without the daemon, users."""

import csv
import re

import pytest

from books import row_counts
from client import Client, Till, cash
from daemon import PRODUCTS, new_folder, run, said
from goods import BAD_ROWS, GOOD_ROWS, WATER, with_check_digit

COMMANDS = [
    [], ["serve"], ["demo"], ["quote"], ["verify"], ["import"], ["import", "products"], ["user"], ["user", "add"],
    ["printers"], ["print-test"], ["close-day"],
]
PASS_PHRASE, PIN = "a long enough pass phrase 73", "482915"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command) or "posd")
def test_every_command_explains_itself(command):
    finished = run(*command, "--help")

    assert finished.returncode == 0, said(finished)
    text = finished.stdout.decode()
    assert "USAGE" in text.upper()
    if command in (["serve"], ["demo"], ["verify"], ["import", "products"], ["user", "add"]):
        assert "--data" in text


def test_an_unknown_command_or_option_is_refused():
    for arguments in (["sell"], ["serve", "--no-such-option"], ["import", "clouds", "x.csv"]):
        finished = run(*arguments)
        assert finished.returncode > 0, said(finished)
        assert finished.stderr.strip()


def test_a_quote_of_a_missing_or_broken_file_is_refused():
    broken = new_folder("q") / "broken.json"
    broken.write_text('{"items":[{"open":{"name":"糖"}}]}', encoding="utf-8")

    for path in (broken, broken.parent / "missing.json"):
        finished = run("quote", path)
        assert finished.returncode > 0, said(finished)
        assert finished.stderr.strip() and not finished.stdout.strip()


def assert_bad_rows_reported(finished):
    """Exit 0; each bad row by its line number, with a reason, and no other row."""
    assert finished.returncode == 0, said(finished)
    report = said(finished)
    for line in BAD_ROWS:
        told = [row for row in report.splitlines() if re.search(rf"(?<!\d){line}(?!\d)", row)]
        assert told, f"line {line} is not reported:\n{report}"
        assert len(told[0].strip()) > 12, f"no reason for line {line}: {told[0]!r}"


def test_goods_load_into_a_new_folder_without_the_daemon(daemons):
    daemon = daemons()
    added = run(
        "user", "add", "--data", daemon.folder, "--name", "wang", "--role", "manager", "--display", "王经理",
        lines=[PASS_PHRASE, PIN],
    )
    assert added.returncode == 0, said(added)

    assert_bad_rows_reported(run("import", "products", PRODUCTS, "--data", daemon.folder))

    daemon.start("serve")
    client = Client(daemon).log_in("wang", PASS_PHRASE)
    assert client.user["displayName"] == "王经理"
    products = client.all_items("/products")
    assert len(products) == GOOD_ROWS
    assert not set(BAD_ROWS.values()) & {product["barcode"] for product in products}
    water = client.get(f"/products/by-barcode/{WATER}").expect(200)["product"]
    assert (water["listPriceFen"], water["stationPriceFen"], water["pricing"]) == (150, 120, "counted")


def catalogue(client):
    return {product["id"]: {**product, "stock": None} for product in client.all_items("/products")}


def test_loading_the_goods_again_changes_nothing(own_demo):
    client = Client(own_demo).log_in_as("manager")
    goods, counts = catalogue(client), row_counts(own_demo.database)

    for _ in range(2):
        assert_bad_rows_reported(run("import", "products", PRODUCTS, "--data", own_demo.folder))
        assert catalogue(client) == goods
    products = {name: count for name, count in counts.items() if "product" in name.lower()}
    after = row_counts(own_demo.database)
    assert {name: after[name] for name in products} == products

    assert own_demo.stop() == 0
    assert_bad_rows_reported(run("import", "products", PRODUCTS, "--data", own_demo.folder))
    own_demo.start("serve")
    client.close()
    client.log_in_as("manager")
    assert catalogue(client) == goods
    verified = own_demo.verify()
    assert verified.returncode == 0, said(verified)


def goods_file(rows, encoding="utf-8", line_end="\n"):
    """A file in the shape of products.csv."""
    path = new_folder("f") / "goods.csv"
    with open(path, "w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator=line_end)
        writer.writerow(["barcode", "name", "category", "unit", "list_price_yuan", "origin"])
        writer.writerows(rows)
    return path


def test_goods_loaded_while_the_daemon_serves_can_be_sold_at_once(demo, manager, till):
    barcode = with_check_digit("690123400001")
    path = goods_file([[barcode, '新货, "大"', "零食", "包", "12.50", "杭州"]])
    assert manager.get(f"/products/by-barcode/{barcode}").status == 404

    finished = run("import", "products", path, "--data", demo.folder)

    assert finished.returncode == 0, said(finished)
    product = manager.get(f"/products/by-barcode/{barcode}").expect(200)["product"]
    assert (product["name"], product["listPriceFen"]) == ('新货, "大"', 1250)
    assert till.sell([{"barcode": barcode, "units": 1}], tenders=[cash(1000)])["totals"]["dueFen"] == 1000


def test_a_file_saved_by_a_spreadsheet_loads(demo, manager):
    barcode = with_check_digit("690123400002")
    path = goods_file([[barcode, "表格货", "零食", "包", "1", "杭州"]], encoding="utf-8-sig", line_end="\r\n")

    finished = run("import", "products", path, "--data", demo.folder)

    assert finished.returncode == 0, said(finished)
    assert manager.get(f"/products/by-barcode/{barcode}").expect(200)["product"]["listPriceFen"] == 100


def test_bad_rows_are_told_one_by_one_and_the_good_one_loads(demo, manager):
    good, other = with_check_digit("690123400003"), with_check_digit("690123400004")
    rows = [
        [other, "价格不对", "零食", "包", "1.234", "杭州"],
        [other, "负价", "零食", "包", "-1.00", "杭州"],
        [other, "", "零食", "包", "1.00", "杭州"],
        [good, "好货", "零食", "包", "2.00", "杭州"],
        [other[:-1] + str((int(other[-1]) + 1) % 10), "校验位不对", "零食", "包", "1.00", "杭州"],
        [other, "没有价格", "零食", "包", "", "杭州"],
        [other, "列不够"],
    ]

    finished = run("import", "products", goods_file(rows), "--data", demo.folder)

    assert finished.returncode == 0, said(finished)
    for line in (2, 3, 4, 6, 7, 8):
        assert re.search(rf"(?<!\d){line}(?!\d)", said(finished)), f"line {line}:\n{said(finished)}"
    assert manager.get(f"/products/by-barcode/{good}").status == 200
    assert manager.get(f"/products/by-barcode/{other}").status == 404


def test_an_import_that_loads_nothing_fails_and_says_so(demo, manager):
    before = len(manager.all_items("/products"))
    bad = goods_file([["123", "坏", "零食", "包", "1.00", "杭州"]])
    missing = bad.parent / "missing.csv"
    picture = bad.parent / "picture.csv"
    picture.write_bytes(bytes(range(256)) * 40)

    for path in (bad, missing, picture):
        finished = run("import", "products", path, "--data", demo.folder)
        assert finished.returncode > 0, said(finished)
        assert said(finished).strip()
    assert len(manager.all_items("/products")) == before


def test_the_socket_of_the_daemon_is_for_its_owner_only(demo):
    socket = demo.folder / "posd.sock"

    assert socket.is_socket()
    assert socket.stat().st_mode & 0o777 == 0o600


def test_a_user_added_while_the_daemon_serves_can_log_in_at_once(demo):
    added = run(
        "user", "add", "--data", demo.folder, "--name", "new-cashier", "--role", "cashier", "--display", "新人",
        lines=[PASS_PHRASE, PIN],
    )
    assert added.returncode == 0, said(added)

    client = Client(demo).log_in("new-cashier", PASS_PHRASE)

    assert (client.user["role"], client.user["displayName"]) == ("cashier", "新人")
    Till(client)
    twice = run(
        "user", "add", "--data", demo.folder, "--name", "new-cashier", "--role", "manager", "--display", "x",
        lines=[PASS_PHRASE, PIN],
    )
    assert twice.returncode > 0, said(twice)


def test_a_user_with_an_unknown_role_or_no_password_is_refused(demo):
    for role, lines in (("king", [PASS_PHRASE, PIN]), ("cashier", []), ("cashier", ["", ""])):
        finished = run(
            "user", "add", "--data", demo.folder, "--name", "refused", "--role", role, "--display", "x", lines=lines
        )
        assert finished.returncode > 0, said(finished)


def test_no_password_is_in_the_database(demo):
    for path in demo.folder.glob("posd.sqlite*"):
        content = path.read_bytes()
        for name, password, _ in demo.logins.values():
            assert password.encode() not in content, f"the password of {name} is in {path.name}"
