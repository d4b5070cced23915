"""The tables of bad requests: name → raw JSON text, so that nothing on the way can mend them."""

from client import new_id
from goods import CAKE, WATER, rice_label, with_check_digit

UNKNOWN = with_check_digit("690000000000")
BAD_LABEL = rice_label(1235)[:-1] + str((int(rice_label(1235)[-1]) + 1) % 10)
OPEN = '{"open":{"name":%s,"category":"零食","listPriceFen":%s},"units":1}'
OVERRIDE = '{"barcode":"' + WATER + '","units":1,"override":{%s}}'
LONG = '"' + "长" * 20_000 + '"'


def quantity(text):
    return '{"barcode":"%s","units":%s}' % (WATER, text)


ITEMS = {
    "unknown barcode": '{"barcode":"%s","units":1}' % UNKNOWN,
    "bad check digit": '{"barcode":"6921168509257","units":1}',
    "barcode of 12 digits": '{"barcode":"692168282348","units":1}',
    "barcode with letters": '{"barcode":"69211685092a6","units":1}',
    "barcode of full-width digits": '{"barcode":"６９２１１６８５０９２５６","units":1}',
    "barcode as a number": '{"barcode":%s,"units":1}' % WATER,
    "empty barcode": '{"barcode":"","units":1}',
    "very long barcode": '{"barcode":"%s","units":1}' % ("6" * 100_000),
    "label with a bad check digit": '{"barcode":"%s"}' % BAD_LABEL,
    "label of nothing": '{"barcode":"%s"}' % rice_label(0),
    "label of an unknown good": '{"barcode":"%s"}' % with_check_digit("219999901235"),
    "unknown product": '{"productID":"%s","units":1}' % new_id(),
    "product that is no id": '{"productID":"../../x","units":1}',
    "quantity zero": quantity("0"),
    "quantity minus zero": quantity("-0"),
    "negative quantity": quantity("-1"),
    "huge quantity": quantity("1000000000000"),
    "quantity past 64 bits": quantity("9223372036854775808"),
    "quantity of forty digits": quantity("9" * 40),
    "quantity 1.5": quantity("1.5"),
    "quantity 1e2": quantity("1e2"),
    "quantity 1.0": quantity("1.0"),
    "quantity 1E400": quantity("1E400"),
    "quantity with a leading zero": quantity("01"),
    "quantity with a plus": quantity("+1"),
    "quantity as a string": quantity('"1"'),
    "quantity true": quantity("true"),
    "quantity null": quantity("null"),
    "quantity as a list": quantity("[1]"),
    "quantity NaN": quantity("NaN"),
    "no quantity": '{"barcode":"%s"}' % WATER,
    "two quantities": '{"barcode":"%s","units":1,"grams":5}' % WATER,
    "grams of a counted good": '{"barcode":"%s","grams":100}' % WATER,
    "two goods in one item": '{"barcode":"%s",%s' % (CAKE, (OPEN % ('"糖"', "100"))[1:]),
    "no goods": '{"units":1}',
    "repeated member": '{"barcode":"%s","units":1,"units":2}' % WATER,
    "repeated member by escape": '{"barcode":"%s","units":1,"\\u0075nits":1}' % WATER,
    "unknown member": '{"barcode":"%s","units":1,"discount":5}' % WATER,
    "member of another case": '{"barcode":"%s","Units":1}' % WATER,
    "item null": "null",
    "item as text": '"%s"' % WATER,
    "price zero": OPEN % ('"糖"', "0"),
    "negative price": OPEN % ('"糖"', "-100"),
    "fractional price": OPEN % ('"糖"', "1.25"),
    "price as a string": OPEN % ('"糖"', '"100"'),
    "huge price": OPEN % ('"糖"', "9000000000000000000"),
    "empty name": OPEN % ('""', "100"),
    "very long name": OPEN % (LONG, "100"),
    "raw control character": OPEN % ('"a\x01b"', "100"),
    "raw line feed": OPEN % ('"a\nb"', "100"),
    "escaped NUL": OPEN % ('"a\\u0000b"', "100"),
    "escaped ESC": OPEN % ('"a\\u001b@b"', "100"),
    "lone surrogate": OPEN % ('"a\\ud800b"', "100"),
    "unknown escape": OPEN % ('"a\\xb"', "100"),
    "open without category": '{"open":{"name":"糖","listPriceFen":100},"units":1}',
    "override with free text": OVERRIDE % '"priceFen":1,"reason":"张三的朋友"',
    "override without reason": OVERRIDE % '"priceFen":1',
    "negative override": OVERRIDE % '"priceFen":-1,"reason":"damaged"',
}

GOOD_ITEM = '{"barcode":"%s","units":1}' % WATER


def quote_text(items=f"[{GOOD_ITEM}]", **more):
    members = {"items": items, **more}
    return "{" + ",".join(f'"{name}":{text}' for name, text in members.items()) + "}"


def sale_text(session_id, **replaced):
    """A sale of one bottle of water for 1.20; a member replaced by None is left out."""
    members = {
        "id": f'"{new_id()}"',
        "tillSessionID": f'"{session_id}"',
        "items": f"[{GOOD_ITEM}]",
        "tenders": '[{"kind":"cash","givenFen":120}]',
        "dueFen": "120",
    }
    members.update(replaced)
    return "{" + ",".join(f'"{name}":{text}' for name, text in members.items() if text is not None) + "}"


# Bytes of a whole body, made from a good one.
BODIES = {
    "empty body": lambda good: b"",
    "only spaces": lambda good: b"   ",
    "null": lambda good: b"null",
    "a list": lambda good: b"[" + good + b"]",
    "a string": lambda good: b'"x"',
    "a number": lambda good: b"1",
    "cut short": lambda good: good[:-1],
    "text after the value": lambda good: good + b" x",
    "two values": lambda good: good + good,
    "a NUL after the value": lambda good: good + b"\x00",
    "a byte-order mark": lambda good: b"\xef\xbb\xbf" + good,
    "UTF-16 with mark": lambda good: good.decode().encode("utf-16"),
    "UTF-16 little end": lambda good: good.decode().encode("utf-16-le"),
    "UTF-16 big end": lambda good: good.decode().encode("utf-16-be"),
    "UTF-32": lambda good: good.decode().encode("utf-32"),
    "GB18030": lambda good: quote_text("[" + OPEN % ('"糖"', "100") + "]").encode("gb18030"),
    "byte FF in a string": lambda good: good.replace(WATER.encode(), b"\xff", 1),
    "overlong UTF-8": lambda good: good.replace(WATER.encode(), b"\xc0\xaf", 1),
    "surrogate in UTF-8": lambda good: good.replace(WATER.encode(), b"\xed\xa0\x80", 1),
    "single quotes": lambda good: good.replace(b'"', b"'"),
    "a comment": lambda good: b"/* x */" + good,
    "a comma at the end": lambda good: good[:-1] + b",}",
    "repeated items": lambda good: good[:-1] + b',"items":[]}',
    "an unknown member": lambda good: good[:-1] + b',"isAdmin":true}',
    "lists nested deeply": lambda good: b"[" * 100_000,
    "objects nested deeply": lambda good: b'{"items":' * 50_000,
    "items nested deeply": lambda good: b'{"items":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
    "items as an object": lambda good: good.replace(b"[", b'{"a":', 1).replace(b"]", b"}", 1),
    "too many items": lambda good: good.replace(GOOD_ITEM.encode(), b",".join([GOOD_ITEM.encode()] * 9000), 1),
}

GIFTS = {
    "negative gift": '{"amountFen":-1}',
    "fractional gift": '{"amountFen":0.5}',
    "huge gift": '{"amountFen":9000000000000000000}',
    "gift both ways": '{"amountFen":100,"roundUp":true}',
    "gift of nothing": "{}",
    "unknown campaign": '{"amountFen":100,"campaign":"no-such-campaign"}',
}

TENDERS = {
    "unknown tender": '[{"kind":"beans","amountFen":120}]',
    "negative cash": '[{"kind":"cash","givenFen":-120}]',
    "huge cash": '[{"kind":"cash","givenFen":9000000000000000000}]',
    "cash twice": '[{"kind":"cash","givenFen":60},{"kind":"cash","givenFen":60}]',
    "cash by amount": '[{"kind":"cash","amountFen":120}]',
    "negative WeChat": '[{"kind":"wechat","amountFen":-5,"reference":"a"},{"kind":"cash","givenFen":200}]',
    "WeChat of nothing": '[{"kind":"wechat","amountFen":0,"reference":"a"},{"kind":"cash","givenFen":200}]',
    "tender with a fraction": '[{"kind":"cash","givenFen":120.0}]',
    "tenders as an object": '{"kind":"cash","givenFen":120}',
    "very long reference": '[{"kind":"wechat","amountFen":120,"reference":%s}]' % LONG,
    "reference with ESC": '[{"kind":"wechat","amountFen":120,"reference":"\\u001b@"}]',
}

BAD_IDS = {
    "text": '"sale-1"',
    "empty": '""',
    "upper case": '"6F9619FF-8B86-4011-B42D-00C04FC964FF"',
    "version 1": '"6f9619ff-8b86-11d0-b42d-00c04fc964ff"',
    "bad variant": '"6f9619ff-8b86-4011-042d-00c04fc964ff"',
    "nil": '"00000000-0000-0000-0000-000000000000"',
    "in braces": '"{6f9619ff-8b86-4011-b42d-00c04fc964ff}"',
    "without hyphens": '"6f9619ff8b864011b42d00c04fc964ff"',
    "with a space": '"6f9619ff-8b86-4011-b42d-00c04fc964ff "',
    "not hexadecimal": '"6f9619fg-8b86-4011-b42d-00c04fc964ff"',
    "a number": "5",
    "null": "null",
    "a list": '["6f9619ff-8b86-4011-b42d-00c04fc964ff"]',
    "missing": None,
}

CHEAPER = OVERRIDE % '"priceFen":60,"reason":"damaged"'

# Only for sales: members replaced, and the code the contract names for it.
SALES = {
    "no items": ({"items": "[]"}, None),
    "price changed": ({"dueFen": "119"}, "price_changed"),
    "negative due": ({"dueFen": "-120"}, None),
    "fractional due": ({"dueFen": "120.0"}, None),
    "due as a string": ({"dueFen": '"120"'}, None),
    "no due": ({"dueFen": None}, None),
    "no tenders": ({"tenders": "[]"}, "underpaid"),
    "one fen too little": ({"tenders": '[{"kind":"cash","givenFen":119}]'}, "underpaid"),
    "too much by WeChat": ({"tenders": '[{"kind":"wechat","amountFen":121,"reference":"a"}]'}, "overpaid_without_cash"),
    "unknown till session": ({"tillSessionID": f'"{new_id()}"'}, None),
    "unknown approval": ({"items": f"[{CHEAPER}]", "dueFen": "60", "approvalID": f'"{new_id()}"'}, None),
    "no approval": ({"items": f"[{CHEAPER}]", "dueFen": "60"}, "approval_needed"),
    "unknown basket": ({"basketID": f'"{new_id()}"'}, "basket_gone"),
}
