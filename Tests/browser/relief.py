"""Programmes, vouchers and coupons for the pages' tests, made over the API."""

import uuid


def new_id():
    return str(uuid.uuid4())


def add_programme(manager, name, kind="balance", refund="toBalance", **rules):
    return manager.post("/programmes", {
        "id": new_id(), "name": name, "funder": "测试基金", "kind": kind, "refundPolicy": refund, **rules})


def issue(manager, programme, amount_fen, count=1):
    """The codes of new vouchers for bearers."""
    today = manager.get("/context")["businessDate"]
    issued = manager.post(f"/programmes/{programme['id']}/issues", {
        "id": new_id(), "bearerCount": count, "amountFen": amount_fen, "validFrom": today, "validUntil": today})
    vouchers = manager.get(f"/programmes/{programme['id']}/vouchers?issueID={issued['id']}")["items"]
    assert len(vouchers) == count
    return [code_of(manager, voucher["voucherID"]) for voucher in vouchers]


def code_of(manager, voucher_id):
    return manager.post(f"/vouchers/{voucher_id}/e-code", {"id": new_id()})["code"].replace(" ", "")


def add_coupon(manager, code, **terms):
    return manager.post("/coupons", {
        "id": new_id(), "code": code, "name": f"测试券{code}", "kind": "amountOff", "amountFen": 200, "payer": "station", **terms})
