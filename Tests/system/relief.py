"""Programmes, vouchers and coupons as a manager makes them, and a till that takes them."""

from client import cash, new_id

YEAR = {"validFrom": "2020-01-01", "validUntil": "2099-12-31"}


def programme(manager, **rules):
    """A new programme; a balance that goes back on returns, if nothing else is said."""
    body = {"id": new_id(), "name": "爱心补贴", "nameEn": "Care allowance", "funder": "区慈善总会", "kind": "balance",
            "refundPolicy": "toBalance", **rules}
    return manager.post("/programmes", body).expect(201)


def issue(manager, programme_id, count=1, amount=1000, **more):
    body = {"id": new_id(), "bearerCount": count, "amountFen": amount, **YEAR, **more}
    return manager.post(f"/programmes/{programme_id}/issues", body).expect(201)


def code_of(manager, voucher_id):
    return manager.post(f"/vouchers/{voucher_id}/e-code", {"id": new_id()}).expect(201)["code"]


def codes(manager, amounts=(1000,), **rules):
    """Codes of new vouchers of one new programme, one for each amount."""
    made = programme(manager, **rules)
    vouchers = [issue(manager, made["id"], 1, amount)["vouchers"][0]["id"] for amount in amounts]
    return [code_of(manager, voucher) for voucher in vouchers]


def coupon(manager, **terms):
    body = {"id": new_id(), "code": f"C{new_id()[:8].upper()}", "name": "满减券", "nameEn": "Off", "kind": "amountOff",
            "amountFen": 100, "payer": "fund", **terms}
    return manager.post("/coupons", body).expect(201)


def left(client, code):
    return client.get(f"/vouchers/by-code/{code.replace(' ', '')}").expect(200)["leftFen"]


def relief_request(till, items, vouchers=(), coupons=(), tenders=None, memberID=None, **more):
    """What `POST /sales` takes for a basket with vouchers and coupons; the rest is paid in cash."""
    shown = {"vouchers": list(vouchers), "coupons": list(coupons), **({"memberID": memberID} if memberID else {})}
    quote = till.client.post("/quotes", {"items": items, **shown}).expect(200)
    paid = tenders if tenders is not None else [cash(quote["remainingFen"])] if quote["remainingFen"] else []
    body = {"id": new_id(), "tillSessionID": till.session_id, "items": items, **shown, "tenders": paid,
            "dueFen": quote["totals"]["dueFen"], "voucherFen": quote["voucherFen"],
            "forfeitFen": quote["forfeitFen"], **more}
    return quote, body


def sell_relief(till, items, vouchers=(), coupons=(), **more):
    quote, body = relief_request(till, items, vouchers, coupons, **more)
    return quote, till.client.post("/sales", body).expect(201)
