"""Things about people that terminals send and that must never be found on a disk. All of it is made up."""

import base64
import random
import re

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
IDENTITY = re.compile(rb"(?=(99[0-9]{15}[0-9X]))")
PASSWORD = re.compile(rb"pw[0-9]{12}")
SAMPLE = 200
GIVEN = "秀英桂兰玉珍凤淑华建国志明海燕春梅德福永康"


def identity_number(chance):
    """An 18-digit number with a right check character (GB 11643), of a district that does not exist."""
    digits = f"99{chance.randrange(10**4):04d}19{chance.randrange(30, 60)}{chance.randrange(1, 13):02d}" \
             f"{chance.randrange(1, 29):02d}{chance.randrange(1000):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


def name(chance):
    return chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.randrange(1, 3)))


def picture(chance, size=2048):
    """Bytes that begin and end as a JPEG, with a boundary and braces inside to mislead whoever scans."""
    inside = bytes(chance.randrange(256) for _ in range(size - 60))
    return b"\xff\xd8\xff\xe0" + b"\r\n--MIME_boundary\r\n{\"a\":1}" + inside + b"\xff\xd9"


def template(chance, size=400):
    return base64.b64encode(bytes(chance.randrange(256) for _ in range(size))).decode()


class Secrets:
    """What was sent, to be looked for afterwards: byte strings, by what they are."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.sent = {"identity": set(), "name": set(), "password": set(), "picture": set(), "template": set()}

    def identity_number(self):
        number = identity_number(self.chance)
        self.sent["identity"].add(number.encode())
        return number

    def name(self):
        made = name(self.chance)
        self.sent["name"].add(made.encode("gb18030"))
        self.sent["name"].add(made.encode())
        return made

    def password(self):
        made = f"pw{self.chance.randrange(10**12):012d}"
        self.sent["password"].add(made.encode())
        return made

    def picture(self):
        made = picture(self.chance)
        self.sent["picture"].add(made[200:240])
        self.sent["picture"].add(base64.b64encode(made)[300:340])
        return made

    def template(self):
        made = template(self.chance)
        self.sent["template"].add(made[100:140].encode())
        self.sent["template"].add(base64.b64decode(made)[75:105])
        return made

    def found_in(self, content):
        """(what, bytes) of what stands in `content`: every number and password, and of pictures, templates and names
        those of a sample where there are very many."""
        found = [("identity", one) for one in set(IDENTITY.findall(content)) & self.sent["identity"]]
        found += [("password", one) for one in set(PASSWORD.findall(content)) & self.sent["password"]]
        for kind in ("picture", "template", "name"):
            needles = [one for one in self.sent[kind] if len(one) > 6]
            chosen = needles if len(needles) <= SAMPLE else random.Random(1).sample(needles, SAMPLE)
            found += [(kind, one) for one in chosen if one in content]
        return found
