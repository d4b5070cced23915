"""A folder in which every kind of record was made, for what must hold of all of them."""

import datetime
import random
import time

import meals
import people
from client import Client, Till, cash, new_id, wechat
from closing import notes
from daemon import run, said
from goods import CAKE, COFFEE, WATER, open_good, rice_label, worked_sale
from relief import code_of, coupon, issue, programme, sell_relief
from terminals import add_centre, enrol, zk

CSV = f"""barcode,name,category,unit,list_price_yuan
{WATER},农夫山泉天然水,饮用水,瓶,1.60
,散装鸡蛋,生鲜,个,0.80
"""


def approved(daemon, client, act, subject, **amount):
    name, _, pin = daemon.logins["manager"]
    body = {"id": new_id(), "manager": name, "pin": pin, "act": act, "subjectID": subject, **amount}
    return client.post("/approvals", body).expect(201)["id"]


def sell_all_ways(till, daemon):
    """Sales of each way of paying, held, changed in price, with gifts; the sales that have returns."""
    for _ in range(3):
        till.sell(worked_sale())
    split = till.sell([{"barcode": COFFEE, "units": 2}], [wechat(2000), cash(1000)])
    gift = till.sell([{"barcode": CAKE, "units": 5}], gift={"amountFen": 100, "campaign": "winter"})
    till.sell([open_good("糖", 250), {"barcode": rice_label(2345)}], gift={"roundUp": True, "campaign": "general"})
    cheaper = till.sale_request([{"barcode": WATER, "units": 1, "override": {"priceFen": 100, "reason": "nearExpiry"}}])
    cheaper["approvalID"] = approved(daemon, till.client, "priceOverride", cheaper["id"], amountFen=cheaper["dueFen"])
    till.client.post("/sales", cheaper).expect(201)
    return split, gift


def give_back(till, daemon, split, gift):
    till.give_back(split["id"], [{"line": 0, "units": 1}])
    _, body = till.return_request(gift["id"], [{"line": 0, "units": 2}], refundGift=True)
    body["approvalID"] = approved(daemon, till.client, "giftRefund", body["id"], amountFen=body["refundFen"])
    till.client.post(f"/sales/{gift['id']}/returns", body).expect(201)


def correct_tenders(till, manager):
    """A wrong tender put right, twice, and goods of the sale back."""
    sale = till.sell([{"barcode": CAKE, "units": 2}], [cash(1000)])
    for kind in ("wechat", "alipay"):
        change = {"id": new_id(), "tender": 0, "kind": kind, "reference": f"{kind}-1", "reason": "wrongKey"}
        manager.post(f"/sales/{sale['id']}/tender-corrections", change).expect(201)
    till.give_back(sale["id"], [{"line": 0, "units": 1}])


def void_and_reprint(till, daemon, split):
    void = {"id": new_id(), "tillSessionID": till.session_id, "items": [{"barcode": WATER, "units": 1}],
            "reason": "changedMind"}
    void["approvalID"] = approved(daemon, till.client, "voidBasket", void["id"])
    till.client.post("/voids", void).expect(201)
    till.client.post(f"/sales/{split['id']}/reprints", {"id": new_id()}).expect(201)


def decide_about_slip(manager, sale):
    """Another copy of a slip that is out; it is printed within a moment."""
    end = time.monotonic() + 20
    while True:
        job = next(job for job in manager.all_items("/print-jobs") if job["saleID"] == sale["id"] and job["copy"] == 0)
        if job["state"] == "accepted" or time.monotonic() > end:
            break
        time.sleep(0.02)
    decision = {"id": new_id(), "decision": "printAgain"}
    manager.post(f"/print-jobs/{job['id']}/decisions", decision).expect(201)


def move_stock(manager):
    """Deliveries, goods sent back, waste, a stocktake, and products that a manager adds and changes."""
    for kind, name in (("supplier", "河南粮油"), ("donor", "爱心企业")):
        partner = manager.post("/partners", {"id": new_id(), "kind": kind, "name": name}).expect(201)["id"]
        cost = {"costFen": 1000} if kind == "supplier" else {}
        lines = [{**product_line(manager, barcode, 12), **cost, "bestBefore": "2027-03-01"} for barcode in (WATER, CAKE)]
        manager.post("/stock/deliveries", {"id": new_id(), "partnerID": partner, "lines": lines}).expect(201)
        if kind == "supplier":
            back = [{**product_line(manager, WATER, 2), "costFen": 160}]
            manager.post("/stock/sent-back", {"id": new_id(), "partnerID": partner, "lines": back}).expect(201)
    off = {"id": new_id(), "reason": "expired", "lines": [product_line(manager, CAKE, 1)]}
    manager.post("/stock/write-offs", off).expect(201)
    manager.post("/stock/counts", {"id": new_id(), "lines": [product_line(manager, WATER, 9)]}).expect(201)
    product = {"id": new_id(), "name": "豆沙包", "category": "主食", "unit": "个", "pricing": "counted",
               "listPriceFen": 150}
    manager.post("/products", product).expect(201)
    change = {**product, "id": new_id(), "listPriceFen": 180}
    manager.post(f"/products/{product['id']}/changes", change).expect(201)
    manager.put(f"/products/{product['id']}/reorder-level", {"orderAt": 5, "orderUpTo": 20})


def keep_people(daemon, manager, cashier):
    """People of two departments and of the staff, looked for, changed, forgotten; a category; members."""
    some = [people.Person(random.Random(seed), seed) for seed in range(1, 5)]
    for source, listed in (("民政局", some[:3]), ("残联", some[1:3])):
        rows = "".join(",".join(one.row("低保")) + "\n" for one in listed)
        people.import_list(daemon.folder, daemon.workplace, "姓名,身份证号,出生日期,社区,类别,户籍,电话\n" + rows, source)
    manager.post("/categories", {"id": new_id(), "code": "flood", "name": "受灾", "nameEn": "flood"}).expect(201)
    entered = manager.post("/beneficiaries", people.entry(some[3], categories=["flood"])).expect(201)
    change = {"id": new_id(), "name": some[3].name, "community": "示例900社区"}
    manager.post(f"/beneficiaries/{entered['personID']}/changes", change).expect(201)
    [found] = people.search(manager, some[0].number[-4:], some[0].name)
    manager.post(f"/beneficiaries/{found['personID']}/forget", {"id": new_id()}).expect(201)
    members = [cashier.post("/members", {"id": new_id(), "phone": f"1990000010{place}"}).expect(201) for place in range(3)]
    manager.post(f"/members/{members[0]['id']}/forget", {"id": new_id()}).expect(201)
    return entered["personID"], members[1]["id"]


def give_out_meals(daemon, manager, till):
    """Meals of two centres: served, second, in conflict, dismissed, of nobody who is enrolled; money; an end."""
    noon = meals.past_noon()
    one, other = meals.Centre(daemon, manager), meals.Centre(daemon, manager, "五里堡助餐点")
    guests = [one.enter(seed=seed) for seed in (1, 2, 3)]
    enrolment = other.enrol(guests[0], "88")
    for guest in guests:
        one.log(guest, noon).expect(201)
    second = one.log(guests[1], noon + 15 * meals.MINUTE).expect(201)
    one.rule(second["id"], "confirm").expect(201)
    late = other.log(guests[0], noon - 15 * meals.MINUTE).expect(201)
    assert late["verdict"] == "served"
    wrong = one.log(guests[2], noon + 20 * meals.MINUTE).expect(201)
    one.rule(wrong["id"], "dismiss").expect(201)
    one.log(guests[2], noon - 3 * meals.HOUR).expect(201)
    meals.top_up(till, guests[1], 1700, "payment").expect(201)
    meals.top_up(till, guests[2], 2000, tender={"kind": "wechat", "reference": "meal-1"}).expect(201)
    mistaken = meals.top_up(till, guests[2], 500).expect(201)
    till.client.post(f"/meal-money/{mistaken['id']}/undo", {"id": new_id()}).expect(201)
    found = till.client.post("/meal-accounts/search", {"centreID": other.id, "number": "088"}).expect(200)["items"]
    assert [one["personID"] for one in found] == [guests[0]]
    end = {"id": new_id(), "until": "2100-12-31"}
    other.staff.post(f"/enrolments/{enrolment['id']}/end", end).expect(201)


def close_a_till(daemon, manager):
    """The second till, from its float to its Z."""
    opening = {"id": new_id(), "tillID": manager.get("/context").json["tills"][1]["id"], "floatFen": 10000}
    session = manager.post("/till-sessions", opening).expect(201)
    till = Till.__new__(Till)
    till.client, till.till_id, till.session_id = manager, session["tillID"], session["id"]

    def post(step, **body):
        return manager.post(f"/till-sessions/{session['id']}/{step}", {"id": new_id(), **body}).expect(201)

    sold = till.sell(worked_sale())
    till.give_back(sold["id"], [{"line": 0, "units": 1}])
    post("movements", kind="paidIn", amountFen=5000, reason="changeMoney")
    post("movements", kind="paidOut", amountFen=800, reason="purchase")
    post("drawer-openings", reason="changeMoney")
    post("x-reports")
    name, _, pin = daemon.logins["cashier"]
    post("handovers", toUser=name, pin=pin)
    expected = manager.get(f"/till-sessions/{session['id']}").expect(200)["expectedCashFen"]
    count = post("counts", counts=notes(expected + 5))
    post("close", countID=count["id"], reason="unknown")


def give_relief(till, manager, person, member):
    """A programme and its vouchers: issued, repeated, printed, used, given back, blocked, replaced; coupons; goods
    handed out; a wrong code."""
    made = programme(manager, goods={"denied": ["酒"]}, dailyCapFen=5000)
    rules = {"name": "爱心补贴", "funder": "区慈善总会", "kind": "balance", "refundPolicy": "toBalance"}
    manager.post(f"/programmes/{made['id']}/changes", {"id": new_id(), **rules}).expect(201)
    several = issue(manager, made["id"], 3, 2000)["vouchers"]
    issue(manager, made["id"], None, 2000, people=[person])
    goods = {"programmeID": made["id"], "personID": person, "tillID": till.till_id}
    manager.post("/hand-outs", {"id": new_id(), **goods, "lines": [product_line(manager, WATER, 1)]}).expect(201)
    repeated = issue(manager, made["id"], 2, 2000, repeatMonthly="2020-03", validUntil="2099-12-30")
    manager.post(f"/voucher-issues/{repeated['id']}/end", {"id": new_id()}).expect(201)
    first, lost, blocked = (voucher["id"] for voucher in several)
    print_at = {"id": new_id(), "tillID": till.till_id}
    manager.post(f"/vouchers/{first}/print", print_at).expect(201)
    code, single = code_of(manager, first), programme(manager, kind="singleUse", refundPolicy="toProgramme")
    visit = code_of(manager, issue(manager, single["id"], 1, 500)["vouchers"][0]["id"])
    off = coupon(manager, returnsOnFullReturn=True, usesInAll=5, holder="members", usesPerPerson=3)
    over = coupon(manager, payer="sponsor:dashang")
    manager.post(f"/coupons/{over['id']}/end", {"id": new_id()}).expect(201)
    _, sold = sell_relief(till, [{"barcode": CAKE, "units": 2}], [code, visit], [off["code"]], memberID=member)
    till.give_back(sold["id"], [{"line": 0, "units": 1}])
    till.give_back(sold["id"], [{"line": 0, "units": 1}])
    sell_relief(till, [{"barcode": COFFEE, "units": 1}], [code], [off["code"]], memberID=member)
    for step in ("block", "unblock", "block"):
        manager.post(f"/vouchers/{blocked}/{step}", {"id": new_id()}).expect(201)
    manager.post(f"/vouchers/{lost}/replace", {"id": new_id()}).expect(201)
    till.client.get("/vouchers/by-code/2222")
    return made


def hear_terminals(daemon, manager):
    """Terminals enrolled, replaced with other numbers, retired; what they send, and what happened to them."""
    centre = add_centre(manager)
    machines = [zk(daemon, f"EVERY{place}", kind) for place, kind in enumerate(("att", "pid", "acc"))]
    enrolled = [enrol(manager, terminal, centre, model="SpeedFace") for terminal in machines]
    for terminal in machines:
        for place in range(3):
            terminal.recognise(f"{place:07d}", datetime.datetime(2026, 9, 1, 11, 30, place))
        terminal.deliver()
    machines[0].send_operations()
    body = {"id": new_id(), "serial": "EVERY9", "family": machines[0].family,
            "numbers": [{"wireNumber": str(place + 1), "number": f"{place:07d}"} for place in range(3)]}
    manager.post(f"/terminals/{enrolled[0]['id']}/replace", body).expect(201)
    manager.post(f"/terminals/{enrolled[1]['id']}/retire", {"id": new_id()}).expect(201)


def product_line(client, barcode, units):
    product = client.get(f"/products/by-barcode/{barcode}").expect(200)
    return {"productID": product.get("product", product)["id"], "units": units}


def write(daemon, name, text):
    path = daemon.workplace / name
    path.write_text(text, encoding="utf-8")
    return path


def command(daemon, *arguments, lines=()):
    finished = run(*arguments, "--data", daemon.folder, lines=lines)
    assert finished.returncode == 0, said(finished)


def record_everything(daemon):
    """Every kind of record that a request can make."""
    cashier = Client(daemon).log_in_as("cashier")
    manager = Client(daemon).log_in_as("manager")
    Client(daemon).post("/sessions", {"user": "nobody", "password": "wrong password"})
    till = Till(cashier)
    split, gift = sell_all_ways(till, daemon)
    give_back(till, daemon, split, gift)
    void_and_reprint(till, daemon, split)
    correct_tenders(till, manager)
    user = manager.post("/users", {"id": new_id(), "name": "li", "displayName": "小李", "role": "cashier",
                            "password": "long enough 1", "pin": "135790"}).expect(201)["id"]
    manager.post(f"/users/{user}/changes", {"id": new_id(), "isActive": False}).expect(204)
    command(daemon, "import", "products", write(daemon, "prices.csv", CSV))
    command(daemon, "user", "add", "--name", "sun", "--role", "manager", "--display", "孙", "--station", "第二驿站",
            lines=("long enough 2", "246801"))
    command(daemon, "till", "add", "--name", "3号收银台", "--station", "慈善驿站")
    decide_about_slip(manager, split)
    move_stock(manager)
    give_out_meals(daemon, manager, till)
    statement = {"id": new_id(), "kind": "wechat", "businessDate": till.context["businessDate"],
                 "csv": "交易单号,金额\none,20.00\ntwo,5.00\n"}
    manager.post("/statements", statement).expect(201)
    person, member = keep_people(daemon, manager, cashier)
    hear_terminals(daemon, manager)
    close_a_till(daemon, manager)
    give_relief(till, manager, person, member)
    Client(daemon).log_in_as("auditor").delete("/sessions/current")
    for _ in range(3):
        till.sell(worked_sale())
