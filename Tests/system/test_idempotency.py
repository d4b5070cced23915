"""A sale sent twice is one sale, also when the power goes between the two."""

import http.client
import json
import queue
import threading
import time

from books import entry_sums
from client import Client, Till, assert_refusal, cash, encoded, new_id
from daemon import said
from goods import CAKE, COFFEE, WATER, rice_label, station_price, worked_sale

SALES = 1000
CLIENTS = 8
KILLS = 10
LOAD_SECONDS = 400

LIST_PRICES = {WATER: 150, CAKE: 170, COFFEE: 1830}


def planned_sales(till, chance):
    """Id → the bytes of one sale, priced here by the plainest model."""
    plan = {}
    for _ in range(SALES):
        goods = chance.sample(sorted(LIST_PRICES), chance.randint(1, 3))
        counts = {code: chance.randint(1, 4) for code in goods}
        items = [{"barcode": code, "units": units} for code, units in counts.items()]
        due = sum(station_price(LIST_PRICES[code]) * units for code, units in counts.items())
        if chance.random() < 0.3:
            grams = chance.randint(1, 9999)
            items.append({"barcode": rice_label(grams)})
            due += (639 * grams + 500) // 1000
        body = {"id": new_id(), "tillSessionID": till.session_id, "items": items}
        body.update({"tenders": [cash(due + chance.choice([0, 1, 500]))], "dueFen": due})
        plan[body["id"]] = encoded(body)
    return plan


class Load:
    """Every planned sale twice, in shuffled order, over several connections."""

    def __init__(self, daemon, plan, chance, token):
        self.daemon = daemon
        self.plan = plan
        self.token = token
        self.lock = threading.Lock()
        self.answers = {}
        self.answered = 0
        self.failures = []
        self.work = queue.Queue()
        twice = list(plan) * 2
        chance.shuffle(twice)
        for sale_id in twice:
            self.work.put(sale_id)
        self.threads = [threading.Thread(target=self._send, daemon=True) for _ in range(CLIENTS)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def finish(self):
        deadline = time.monotonic() + LOAD_SECONDS
        for thread in self.threads:
            thread.join(max(0.1, deadline - time.monotonic()))
        assert not self.failures, self.failures[:5]
        assert not any(thread.is_alive() for thread in self.threads), "clients still wait for answers"
        assert self.answered == 2 * len(self.plan)

    @property
    def is_over(self):
        return not any(thread.is_alive() for thread in self.threads)

    def _send(self):
        client = Client(self.daemon, self.token)
        try:
            while True:
                sale_id = self.work.get_nowait()
                answer = self._until_answered(client, self.plan[sale_id])
                with self.lock:
                    self.answers.setdefault(sale_id, []).append(answer)
                    self.answered += 1
        except queue.Empty:
            pass
        except Exception as failure:  # shown by finish(), in the test's own thread
            with self.lock:
                self.failures.append(repr(failure))
        finally:
            client.close()

    def _until_answered(self, client, body):
        """Tries again while the daemon is away; any answer ends the trying, but an expired log-in."""
        deadline = time.monotonic() + LOAD_SECONDS
        while time.monotonic() < deadline:
            try:
                client.token = self.token
                answer = client.post("/sales", body)
                if answer.status != 401:
                    return answer
                self._log_in_again(client.token)
            except (http.client.HTTPException, OSError):
                client.close()
                time.sleep(0.02)
        raise AssertionError("no answer in time")

    def _log_in_again(self, refused):
        with self.lock:
            if self.token == refused:
                self.token = Client(self.daemon).log_in_as("cashier").token


def assert_one_record_each(load, client):
    """Two equal answers a sale, and in the books each sale once, numbered without a gap."""
    numbers = {}
    for sale_id in load.plan:
        first, second = load.answers[sale_id]
        assert (first.status, second.status) == (201, 201), f"{first!r} {second!r}"
        assert first.body == second.body
        numbers[sale_id] = first.json["number"]
    assert sorted(numbers.values()) == list(range(1, len(load.plan) + 1))
    stored = client.all_items("/sales")
    assert len(stored) == len(load.plan)
    assert {sale["id"]: sale["number"] for sale in stored} == numbers


def test_a_thousand_sales_sent_twice_make_a_thousand_records(own_demo, chance):
    till = Till(Client(own_demo).log_in_as("cashier"))
    load = Load(own_demo, planned_sales(till, chance), chance, till.client.token)

    load.start()
    load.finish()

    assert_one_record_each(load, till.client)
    for answers in load.answers.values():
        replays = sorted(answer.headers.get("idempotency-replayed", "") for answer in answers)
        assert replays == ["", "true"]
    assert set(entry_sums(own_demo.database)) == {0}
    verified = own_demo.verify()
    assert verified.returncode == 0, said(verified)


def test_sales_sent_twice_survive_ten_kills_without_loss_gap_or_double(own_demo, chance):
    till = Till(Client(own_demo).log_in_as("cashier"))
    load = Load(own_demo, planned_sales(till, chance), chance, till.client.token)
    moments = sorted(chance.sample(range(20, 2 * len(load.plan) - 50), KILLS))

    load.start()
    for moment in moments:
        while load.answered < moment and not load.is_over:
            time.sleep(0.002)
        assert not load.is_over, load.failures[:5]
        time.sleep(chance.random() * 0.05)
        own_demo.kill()
        own_demo.start("serve")
    load.finish()

    client = Client(own_demo, load.token)
    assert_one_record_each(load, client)
    assert set(entry_sums(own_demo.database)) == {0}
    own_demo.stop()
    verified = own_demo.verify()
    assert verified.returncode == 0, said(verified)


def test_the_same_id_with_other_content_is_refused(till, cashier):
    request = till.sale_request(worked_sale())
    first = cashier.post("/sales", request)
    first.expect(201)

    others = [
        {**request, "tenders": [cash(5000)]},
        {**request, "items": request["items"][:1], "dueFen": 272},
        {**request, "gift": {"amountFen": 100}},
        {**request, "dueFen": request["dueFen"] + 1},
    ]

    for other in others:
        assert_refusal(cashier.post("/sales", other), 422, "id_reused")
    assert cashier.post("/sales", request).body == first.body


def test_the_same_content_in_another_order_of_members_is_the_same_sale(till, cashier):
    request = till.sale_request(worked_sale())
    first = cashier.post("/sales", request)
    first.expect(201)

    turned = json.dumps(dict(reversed(request.items())), indent=2).encode()

    second = cashier.post("/sales", turned)
    assert (second.status, second.body) == (201, first.body)
    assert second.headers["idempotency-replayed"] == "true"


def test_a_sale_is_answered_again_as_at_first_after_a_return(till, cashier):
    request = till.sale_request(worked_sale())
    first = cashier.post("/sales", request)
    till.give_back(first.expect(201)["id"], [{"line": 0, "units": 1}])

    again = cashier.post("/sales", request)

    assert (again.status, again.body) == (201, first.body)


def test_a_return_sent_twice_pays_once(till, cashier):
    sale = till.sell(worked_sale())
    _, request = till.return_request(sale["id"], [{"line": 0, "units": 1}])

    first = cashier.post(f"/sales/{sale['id']}/returns", request)
    second = cashier.post(f"/sales/{sale['id']}/returns", request)

    first.expect(201)
    assert (second.status, second.body) == (201, first.body)
    assert second.headers["idempotency-replayed"] == "true"
    assert cashier.get(f"/sales/{sale['id']}").json["returns"] == [request["id"]]
    assert_refusal(
        cashier.post(f"/sales/{sale['id']}/returns", {**request, "reason": "other"}), 422, "id_reused"
    )


def test_an_idempotency_key_must_be_the_id(till, cashier):
    request = till.sale_request(worked_sale())

    assert_refusal(cashier.post("/sales", request, {"Idempotency-Key": new_id()}))
    assert cashier.get(f"/sales/{request['id']}").status == 404
    cashier.post("/sales", request, {"Idempotency-Key": request["id"]}).expect(201)
