"""Lists of people in need who do not exist, for examples and measurements.

    python3 Examples/make_beneficiaries.py                      the example, to standard output
    python3 Examples/make_beneficiaries.py FOLDER [PEOPLE]      eleven departments' files, 5 % of the rows bad

Nobody in them can exist: the region of every identity number is 000000, which no place has, and phones begin with 100,
which no network has. Names are put together at random.
"""

import random
import sys
from pathlib import Path

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰梅国建文志永春海"
DEPARTMENTS = ("民政局", "残联", "妇联", "总工会", "退役军人局", "卫健委", "医保局", "教体局", "乡村振兴局", "团区委", "街道办")
CATEGORIES = ("低保", "残疾", "困难妇女", "困难职工", "优抚", "老人", "大病", "困难儿童", "低保边缘", "特困", "失独家庭")
COMMUNITIES = tuple(f"示例{number:03d}社区" for number in range(1, 176))
BAD = ("checkCharacter", "length", "name", "birth", "category", "phone")


def check_character(digits):
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS)) % 11]


def identity_number(birth, sequence):
    digits = f"000000{birth}{sequence:03d}"
    return digits + check_character(digits)


class Person:
    def __init__(self, chance, sequence):
        self.birth = f"{chance.randint(1930, 2020)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
        self.number = identity_number(self.birth, sequence % 1000)
        self.name = chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.randint(1, 2)))
        self.community = chance.choice(COMMUNITIES)
        self.residence = chance.choice(("二七区示例路1号", "二七区", "本区", "外区"))
        self.phone = f"100{chance.randrange(10**8):08d}"

    def row(self, category):
        birth = f"{self.birth[:4]}-{self.birth[4:6]}-{self.birth[6:]}"
        return [self.name, self.number, birth, self.community, category, self.residence, self.phone]


HEADER = ["姓名", "身份证号", "出生日期", "社区", "类别", "户籍", "联系电话"]


def people(chance, count):
    found = {}
    while len(found) < count:
        person = Person(chance, chance.randrange(1000))
        found.setdefault(person.number, person)
    return list(found.values())


def spoiled(row, kind):
    """The row with one thing wrong, as offices send them."""
    row = list(row)
    if kind == "checkCharacter":
        row[1] = row[1][:-1] + ("1" if row[1][-1] != "1" else "2")
    elif kind == "length":
        row[1] = row[1][:17]
    elif kind == "name":
        row[0] = ""
    elif kind == "birth":
        row[2] = "1931-02-30"
    elif kind == "category":
        row[4] = "不明类别"
    else:
        row[6] = "见备注"
    return row


def department_files(folder, count, seed=1):
    """Writes the files; for each its path and the numbers of its bad lines."""
    chance = random.Random(seed)
    everyone = people(chance, count)
    share = max(1, len(everyone) // len(DEPARTMENTS))
    written = []
    for place, department in enumerate(DEPARTMENTS):
        own = everyone[place * share:] if place == len(DEPARTMENTS) - 1 else everyone[place * share:(place + 1) * share]
        shared = chance.sample(everyone, min(len(everyone), share // 10))
        numbers = {person.number for person in own}
        rows, bad = [HEADER], []
        for person in own + [one for one in shared if one.number not in numbers]:
            row = person.row(CATEGORIES[place])
            rows.append(row)
            if chance.random() < 0.05 / 0.95:
                rows.append(spoiled(Person(chance, chance.randrange(1000)).row(CATEGORIES[place]), chance.choice(BAD)))
                bad.append(len(rows))
        path = Path(folder) / f"{place + 1:02d}.csv"
        text = "".join(",".join(row) + "\r\n" for row in rows)
        path.write_bytes(text.encode("gb18030" if place % 2 else "utf-8-sig"))
        written.append((path, department, bad, len(rows) - 1 - len(bad)))
    return written


def example():
    chance = random.Random(20261121)
    rows = [["合成数据：以下人员均不存在（区划代码000000，号段100） SYNTHETIC: none of these people exist"] + [""] * 6, HEADER]
    for number, person in enumerate(people(chance, 40)):
        rows.append(person.row(CATEGORIES[number % len(CATEGORIES)]))
    rows.append([*rows[2][:4], "残疾", *rows[2][5:]])
    return "".join(",".join(row) + "\n" for row in rows)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.stdout.write(example())
    else:
        for path, department, bad, good in department_files(sys.argv[1], int(sys.argv[2]) if sys.argv[2:] else 16_000):
            print(path, department, f"{good} good, {len(bad)} bad")
