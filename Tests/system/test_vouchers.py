"""Vouchers at the till: placed, spent once, given back by policy, never guessed."""

import datetime
import os
import re
import sqlite3
import threading
import time

import pytest

from books import journal
from client import Client, Till, assert_refusal, cash, new_id
from goods import CAKE, COFFEE, WATER, open_good
from relief import code_of, codes, coupon, issue, left, programme, relief_request, sell_relief


@pytest.fixture(scope="module")
def manager_till(manager):
    return Till(manager)


def food(fen, category="粮油"):
    """Goods without a barcode whose station price is this."""
    good = open_good("测试商品", fen * 5 // 4)
    good["open"]["category"] = category
    return good


def test_the_worked_example_of_the_rules(manager, manager_till):
    a = programme(manager, goods={"allowed": ["粮油", "乳品"]})
    b = programme(manager, goods={"allowed": ["乳品"]})
    first, second = (code_of(manager, issue(manager, one["id"])["vouchers"][0]["id"]) for one in (a, b))
    items = [food(800), food(1000, "乳品")]

    answers = [sell_quote(manager, items, order) for order in ([first, second], [second, first])]

    for answer in answers:
        paid = {v["programme"]["id"]: [(line["line"], line["amountFen"]) for line in v["lines"]]
                for v in answer["vouchers"]}
        assert paid == {a["id"]: [(0, 800)], b["id"]: [(1, 1000)]}
        assert (answer["voucherFen"], answer["forfeitFen"], answer["remainingFen"]) == (1800, 0, 0)


def sell_quote(client, items, vouchers=(), coupons=()):
    return client.post("/quotes", {"items": items, "vouchers": list(vouchers), "coupons": list(coupons)}).expect(200)


def test_a_balance_is_spent_in_parts_and_what_comes_back_goes_back(manager, till):
    (code,) = codes(manager)

    quote, sale = sell_relief(till, [{"barcode": CAKE, "units": 2}], [code])
    after = left(till.client, code)
    receipt = till.client.get(f"/sales/{sale['id']}/receipt.txt").text
    _, back = till.give_back(sale["id"], [{"line": 0, "units": 1}])

    assert quote["vouchers"][0]["placedFen"] == 272 and after == 728
    assert quote["vouchers"][0]["codeEnd"] == code[-4:]
    assert "代金券 Voucher" in receipt and "7.28" in receipt and "爱心补贴" not in receipt
    assert sale["vouchers"][0]["paidFen"] == 272 and sale["payment"]["cashPartFen"] == 0
    assert back["refunds"] == [] and back["vouchers"][0]["to"] == "toBalance"
    assert left(till.client, code) == 728 + 136


def test_a_single_visit_forfeits_and_is_spent(manager, till):
    (code,) = codes(manager, kind="singleUse", refundPolicy="toProgramme")

    quote, sale = sell_relief(till, [{"barcode": CAKE, "units": 1}], [code])
    _, again = relief_request_after(till, code)

    assert (quote["forfeitFen"], sale["forfeitFen"]) == (864, 864)
    assert again["refusal"]["code"] == "spent"
    till.give_back(sale["id"], [{"line": 0, "units": 1}])
    assert left(till.client, code) == 0


def relief_request_after(till, code):
    quote = sell_quote(till.client, [{"barcode": CAKE, "units": 1}], [code])
    return quote, quote["vouchers"][0]


def test_a_refused_voucher_refuses_the_sale_with_its_first_reason(manager, till):
    (code,) = codes(manager, goods={"allowed": ["粮油"]})
    quote, body = relief_request(till, [{"barcode": WATER, "units": 1}], [code])

    refused = till.client.post("/sales", body)

    assert quote["vouchers"][0]["refusal"] == {"code": "no_eligible_goods", "values": {}}
    assert_refusal(refused, 409, "voucher_refused")
    assert refused.json["values"]["reason"] == "no_eligible_goods"
    taken_off = {**body, "vouchers": [], "tenders": [cash(120)]}
    till.client.post("/sales", taken_off).expect(201)


def test_what_the_cashier_saw_must_be_what_is_so(manager, till):
    (code,) = codes(manager)
    _, body = relief_request(till, [{"barcode": CAKE, "units": 1}], [code])
    sell_relief(till, [{"barcode": COFFEE, "units": 1}], [code])

    refused = till.client.post("/sales", {**body, "voucherFen": 135})

    assert_refusal(refused, 409)
    assert refused.code in ("vouchers_changed", "voucher_refused")


def test_a_code_twice_in_a_basket_counts_once(manager, till):
    (code,) = codes(manager)

    quote, sale = sell_relief(till, [{"barcode": CAKE, "units": 1}], [code, code.lower().replace(" ", "-")])

    assert len(quote["vouchers"]) == 1 and len(sale["vouchers"]) == 1
    assert left(till.client, code) == 1000 - 136


def test_the_cap_of_a_day_holds(manager, till):
    (code,) = codes(manager, dailyCapFen=200)

    quote, _ = sell_relief(till, [{"barcode": COFFEE, "units": 1}], [code])
    _, again = relief_request_after(till, code)

    assert quote["vouchers"][0]["placedFen"] == 200
    assert quote["vouchers"][0]["uncovered"] == [{"line": 0, "reason": "daily_cap_reached"}]
    assert again["refusal"] == {"code": "daily_cap_reached", "values": {"capFen": 200}}


def test_a_lost_voucher_is_replaced_and_the_old_code_is_dead(manager, till):
    made = programme(manager)
    old_id = issue(manager, made["id"])["vouchers"][0]["id"]
    old = code_of(manager, old_id)
    _, sale = sell_relief(till, [{"barcode": CAKE, "units": 1}], [old])
    manager.post(f"/vouchers/{old_id}/block", {"id": new_id()}).expect(201)
    blocked = sell_quote(till.client, [{"barcode": CAKE, "units": 1}], [old])["vouchers"][0]["refusal"]["code"]

    new = manager.post(f"/vouchers/{old_id}/replace", {"id": new_id()}).expect(201)
    code = code_of(manager, new["newVoucherID"])
    dead = sell_quote(till.client, [{"barcode": CAKE, "units": 1}], [old])["vouchers"][0]["refusal"]["code"]
    till.give_back(sale["id"], [{"line": 0, "units": 1}])

    assert (blocked, dead) == ("blocked", "spent")
    assert left(till.client, code) == 1000 and left(till.client, old) == 0
    assert_refusal(manager.post(f"/vouchers/{old_id}/replace", {"id": new_id()}), 409, "voucher_state")


def test_a_voucher_raced_by_twelve_is_spent_once(own_demo):
    manager = Client(own_demo).log_in_as("manager")
    till = Till(Client(own_demo).log_in_as("cashier"))
    (code,) = codes(manager, (136,))
    bodies = [relief_request(till, [{"barcode": CAKE, "units": 1}], [code])[1] for _ in range(6)]
    answers, lock, gate = [], threading.Lock(), threading.Barrier(4)

    def run(turns):
        client = Client(own_demo, till.client.token)
        gate.wait(30)
        for body in turns:
            answer = client.post("/sales", body)
            with lock:
                answers.append((body["id"], answer.status))

    # Each body is sent twice: six sales and their repetitions over four connections.
    threads = [threading.Thread(target=run, args=((bodies * 2)[index::4],)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    sold = {body_id for body_id, status in answers if status == 201}
    assert len(answers) == 12 and len(sold) == 1
    assert {status for _, status in answers} == {201, 409}
    assert left(till.client, code) == 0
    assert claimed(own_demo) == 136
    assert own_demo.stop() == 0
    assert own_demo.verify().returncode == 0


def claimed(daemon):
    """What the ledger has in all accounts of vouchers, in fen."""
    with sqlite3.connect(f"file:{daemon.database}?mode=ro", uri=True) as db:
        sql = "SELECT COALESCE(SUM(amountMicroYuan), 0) FROM posting WHERE account LIKE 'assets:voucher-claims:%'"
        return db.execute(sql).fetchone()[0] // 10000


def spent(daemon):
    with sqlite3.connect(f"file:{daemon.database}?mode=ro", uri=True) as db:
        return db.execute("SELECT COALESCE(SUM(worthFen - leftFen), 0) FROM voucher").fetchone()[0]


def test_a_kill_at_any_moment_spends_once(own_demo, chance):
    """A sale with a voucher is under way when the daemon is killed, and is repeated; `KILLS` says how often."""
    manager = Client(own_demo).log_in_as("manager")
    made = programme(manager)
    total = 0
    for _ in range(int(os.environ.get("KILLS", 4))):
        till = Till(Client(own_demo).log_in_as("cashier"))
        code = code_of(Client(own_demo).log_in_as("manager"), issue(
            Client(own_demo).log_in_as("manager"), made["id"], 1, 1360)["vouchers"][0]["id"])
        _, body = relief_request(till, [{"barcode": CAKE, "units": 1}], [code])
        sender = threading.Thread(target=send_quietly, args=(till.client, body))
        sender.start()
        time.sleep(chance.random() * 0.05)
        own_demo.kill()
        sender.join(60)
        own_demo.start()
        again = Client(own_demo).log_in_as("cashier").post("/sales", body)
        assert again.status == 201, again
        total += 136
        assert left(Client(own_demo).log_in_as("cashier"), code) == 1360 - 136

    assert claimed(own_demo) == spent(own_demo) == total
    assert own_demo.stop() == 0
    assert own_demo.verify().returncode == 0


def send_quietly(client, body):
    try:
        client.post("/sales", body)
    except OSError:
        pass
    except Exception as problem:  # a connection cut in the middle of an answer
        assert "http" in type(problem).__module__ or isinstance(problem, ValueError)


def test_ten_thousand_guesses_hit_nothing_are_slowed_and_journalled(own_demo, chance):
    manager = Client(own_demo).log_in_as("manager")
    (code,) = codes(manager)
    guesser = Client(own_demo).log_in_as("cashier")
    letters = "23456789ABCDEFGHJKMNPQRTVWXYZ"
    statuses = {}
    for _ in range(10_000):
        guess = with_check("".join(chance.choice(letters) for _ in range(18)))
        status = guesser.get(f"/vouchers/by-code/{guess}").status
        statuses[status] = statuses.get(status, 0) + 1

    assert set(statuses) == {404, 429} and statuses[404] < 40
    assert_refusal(guesser.get(f"/vouchers/by-code/{code.replace(' ', '')}"), 429, "too_many_attempts")
    assert manager.get(f"/vouchers/by-code/{code.replace(' ', '')}").expect(200)["leftFen"] == 1000
    assert own_demo.stop() == 0
    records = journal(own_demo.database, "voucherGuesses")
    assert 1 <= len(records) <= 10
    # The tries the test itself made while it had to wait are among them.
    assert sum(body["count"] for body in records) == statuses[404]
    assert sum(body["slowed"] for body in records) == statuses[429] + 1


def with_check(secret):
    """Check characters as docs/decisions/0032 says."""
    letters = "23456789ABCDEFGHJKMNPQRTVWXYZ"
    numbers = [letters.index(letter) for letter in secret]
    plain, weighted = sum(numbers), sum(place * number for place, number in enumerate(numbers, 1))
    last = (19 * plain - weighted) % 29
    return secret + letters[(-plain - last) % 29] + letters[last]


def test_no_code_stands_in_the_data_folder(own_demo):
    manager = Client(own_demo).log_in_as("manager")
    till = Till(Client(own_demo).log_in_as("cashier"))
    (code,) = codes(manager)
    sell_relief(till, [{"barcode": CAKE, "units": 1}], [code])
    own_demo.stop()

    text = code.replace(" ", "").encode()
    for path in own_demo.folder.rglob("*"):
        if path.is_file() and "receipts" not in path.parts and path.name != "demo-logins.txt":
            content = path.read_bytes()
            assert text not in content and code.encode() not in content, path
    assert text not in own_demo.log.read_bytes()


def test_monthly_vouchers_are_issued_once_also_after_days_off(daemons, tmp_path):
    clock = tmp_path / "clock"

    def set_clock(date):
        """Nine in the morning in Zhengzhou."""
        day = datetime.datetime.fromisoformat(f"{date}T09:00:00+08:00")
        clock.write_text(str(int(day.timestamp() * 1000)))

    set_clock("2027-01-20")
    daemon = daemons()
    daemon.settings["POSD_TEST_CLOCK"] = str(clock)
    daemon.start()
    manager = Client(daemon).log_in_as("manager")
    made = programme(manager)
    issue(manager, made["id"], 2, 5000, validFrom="2027-01-20", validUntil="2027-01-31", repeatMonthly="2027-04")
    daemon.stop()

    def months():
        daemon.start()
        client = Client(daemon).log_in_as("manager")
        end = time.monotonic() + 20
        found = []
        while time.monotonic() < end:
            found = [(one["month"], one["validFrom"], one["validUntil"], one["voucherCount"])
                     for one in client.all_items(f"/programmes/{made['id']}/issues")]
            if len(found) > 1:
                break
            time.sleep(0.05)
        daemon.stop()
        return found

    set_clock("2027-03-09")
    first = months()
    again = months()
    set_clock("2027-12-01")
    late = months()

    # Nobody could have used those of February any more.
    assert first == [("2027-03", "2027-03-01", "2027-03-31", 2), ("2027-01", "2027-01-20", "2027-01-31", 2)]
    assert again == first
    assert late == first
    assert daemon.verify().returncode == 0


def test_a_slip_has_the_code_and_its_print_names_the_voucher_alone(own_demo):
    manager = Client(own_demo).log_in_as("manager")
    till = manager.get("/context").expect(200)["tills"][0]["id"]
    made = programme(manager, goods={"allowed": ["粮油", "乳品"]})
    voucher = issue(manager, made["id"], 1, 5000)["vouchers"][0]["id"]
    for slip in ("voucher", "balance"):
        manager.post(f"/vouchers/{voucher}/print", {"id": new_id(), "tillID": till, "slip": slip}).expect(201)
    code = code_of(manager, voucher)

    text = printed(own_demo, "VOUCHER BALANCE")

    assert code in text and "50.00" in text and "代金券" in text
    assert not re.search("困难|救助|低保", text)
    jobs = manager.all_items("/print-jobs")
    assert {job["document"] for job in jobs[:2]} == {"voucher", "voucherBalance"}


def test_a_whole_issue_prints_each_voucher_once(own_demo):
    manager = Client(own_demo).log_in_as("manager")
    till = Till(manager)
    made = issue(manager, programme(manager)["id"], 120)["vouchers"]
    stopped, alone = made[0]["id"], made[5]["id"]
    manager.post(f"/vouchers/{stopped}/block", {"id": new_id()}).expect(201)
    manager.post(f"/vouchers/{alone}/print", {"id": new_id(), "tillID": till.till_id}).expect(201)
    path, body = f"/vouchers/{made[3]['id']}/issue/print", {"tillID": till.till_id}

    first = manager.post(path, body).expect(200)
    end, done = time.monotonic() + 60, first
    while done["left"]:
        assert time.monotonic() < end, done
        time.sleep(0.2)
        done = manager.post(path, body).expect(200)
    again = manager.post(path, body).expect(200)

    assert 99 <= first["queued"] <= 100 and first["before"] == 1
    assert again == {"queued": 0, "before": 119, "left": 0}
    shown = [body["voucherID"] for body in journal(own_demo.database, "voucherPrinted")]
    assert sorted(shown) == sorted(one["id"] for one in made if one["id"] != stopped)
    while manager.get("/print-jobs?limit=1&state=queued").expect(200)["items"]:
        assert time.monotonic() < end
        time.sleep(0.2)
    slips = [one for one in manager.all_items("/print-jobs") if one["document"] == "voucher"]
    assert len(slips) == 119 and {one["copy"] for one in slips} == {0}
    assert_refusal(manager.post(f"/vouchers/{new_id()}/issue/print", body), 404, "not_found")


def test_a_receipt_names_its_coupons_to_the_shopper(own_demo):
    manager = Client(own_demo).log_in_as("manager")
    till = Till(manager)
    off = coupon(manager, name="会员满减", nameEn="Members")
    _, sold = sell_relief(till, [{"barcode": CAKE, "units": 5}], [], [off["code"]])
    back = manager.post(f"/sales/{sold['id']}/returns", {
        "id": new_id(), "tillSessionID": till.session_id, "items": [{"line": 0, "units": 1}], "reason": "quality",
        "refundFen": manager.post(f"/sales/{sold['id']}/return-quotes", {"items": [{"line": 0, "units": 1}]}).expect(200)[
            "refundFen"]}).expect(201)

    for one in (sold, back):
        assert "会员满减 Members" in manager.get(f"/sales/{one['id']}/receipt.txt").text


def printed(daemon, wanted):
    """What the demonstration showed of its slips, once this is among it."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        text = daemon.log.read_text(encoding="utf-8")
        if wanted in text:
            return text
        time.sleep(0.05)
    raise AssertionError(daemon.tail())
