"""What the real binary sends to a printer, put on paper by an interpreter that knows only the printers' manuals."""

import unicodedata

import pytest

from escpos.items import Cut
from escpos.paper import printed
from escpos.profile import Profile
from escpos.reading import assert_same_text
from goods import open_good

NASTY_NAMES = [
    "￥¥100 礼品卡·限量 café ① № × ÷",
    "【特价】“老干妈”《家庭号》（香辣）２８０ｇ……—",
    "（（（（（（（（（（（（（（（（（（（（（（（（（（（（（（",
    "。，、；：！？）》”" * 5,
    "有机五常稻花香大米，真空包装（东北特产）：家庭装。" * 4,
    "W" * 100,
    "a b  c " * 14,
    "{|}~@[\\]^_`镕丂乗亐乊",
    "€ ° ± § ¤ α Ω Ж ㎡ ￡",
]
COMMANDS = ["\x1b@", "\x1bp\x00\x19\xfa", "\x1dV\x00", "\x10\x14\x01\x00\x01", "\n", "\x00", "\x7f", "\x85", "\x9b"]


def random_name(chance):
    """A name of any characters that a two-byte printer has, and signs that matter to printers and layouts."""
    signs = "（）《》“”‘’，。、；：！？·…—￥¥%&<>\"'\\{|}~@$ 　"
    alphabets = (signs, "0123456789abcXYZ", [chr(chance.randrange(0x4E00, 0x9FA6)) for _ in range(40)])
    return "".join(chance.choice(chance.choice(alphabets)) for _ in range(chance.randrange(1, 101)))


def visible(name):
    """A name as paper must show it, without blanks: no control characters, ¥ as ￥."""
    kept = (c for c in name.replace("¥", "￥") if not c.isspace() and unicodedata.category(c) != "Cc")
    return "".join(kept)


def assert_paper(stream, text, profile, names):
    """The paper of a stream says what the text says, and every name."""
    paper = printed(stream, profile)

    assert_same_text(paper, text)
    flat = visible(paper.text)
    for name in names:
        assert visible(name) in flat, f"{name!r} is not on paper:\n{paper.text}"
    assert [type(item) for item in paper.items].count(Cut) == 1 and isinstance(paper.items[-1], Cut)
    return paper


def receipt(client, sale, columns):
    answers = [client.get(f"/sales/{sale['id']}/receipt.{kind}?columns={columns}") for kind in ("escpos", "txt")]
    assert [answer.status for answer in answers] == [200, 200]
    return answers[0].body, answers[1].text


def plain(columns):
    return Profile(columns=columns, width_dots={32: 384, 42: 512, 48: 576}[columns])


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_every_name_comes_out_as_it_was_sold(till, cashier, chance, columns):
    names = NASTY_NAMES + [random_name(chance) for _ in range(20)]
    sale = till.sell([open_good(name, chance.randrange(1, 99999)) for name in names])

    assert_paper(*receipt(cashier, sale, columns), plain(columns), names)


@pytest.mark.parametrize("command", COMMANDS, ids=repr)
def test_no_name_with_a_command_is_sold(till, command):
    body = {**till.sale_request([open_good("糖", 100)]), "items": [open_good(f"糖{command}", 100)]}

    assert till.client.post("/sales", body).status == 400
