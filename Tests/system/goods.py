"""The goods of the demonstration, and the plainest model of what they cost."""

WATER = "6921168509256"  # 550ml农夫山泉天然水(普通型), list 1.50
CAKE = "6938382500518"  # 蛋糕, list 1.70
COFFEE = "6903473100014"  # 雀巢咖啡, list 18.30
RICE_CODE = "00017"  # 大米, list 7.99 a kilogram, sold by weight labels

# The two rows of products.csv whose barcodes are not 8 or 13 digits: line of the file → barcode.
BAD_ROWS = {80: "692168282348", 125: "84501202316"}
GOOD_ROWS = 127


def with_check_digit(digits):
    """An EAN with its check digit put behind it."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return digits + str(-total % 10)


def rice_label(grams):
    """The label that the scales of the shop print for so much rice."""
    return with_check_digit(f"21{RICE_CODE}{grams:05d}")


def station_price(list_price_fen):
    """20 % off, halves up, in whole fen."""
    return (list_price_fen * 80 + 50) // 100


def open_good(name, list_price_fen, category="零食", **quantity):
    """Goods without a barcode, as a basket item."""
    item = {"open": {"name": name, "category": category, "listPriceFen": list_price_fen}}
    return {**item, **(quantity or {"units": 1})}


def open_worked_sale():
    """The worked sale of the business rules, priced by hand."""
    return [
        open_good("蛋糕", 170, "饼干糕点", units=2),
        open_good("雀巢咖啡", 1830, "冲调", units=1),
        open_good("大米", 799, "粮油", grams=1235),
    ]


def worked_sale():
    """The same sale, scanned."""
    return [
        {"barcode": CAKE, "units": 2},
        {"barcode": COFFEE, "units": 1},
        {"barcode": rice_label(1235)},
    ]
