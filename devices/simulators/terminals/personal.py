"""Things about people that terminals send and that must never be found on a disk. All of it is made up."""

import base64
import random

# Of two characters, so that no name is found by chance.
SURNAMES = ("欧阳", "司马", "司徒", "诸葛", "尉迟", "皇甫", "端木", "宇文")
GIVEN = "秀英桂兰玉珍凤淑华建国志明海燕春梅德福永康"


def identity_number(chance):
    """An 18-digit number with a right check character (GB 11643), of a district that does not exist."""
    digits = f"99{chance.randrange(10**4):04d}19{chance.randrange(30, 60)}{chance.randrange(1, 13):02d}" \
             f"{chance.randrange(1, 29):02d}{chance.randrange(1000):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


def name(chance):
    return chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(2))


def picture(chance, size=2048):
    """Bytes that begin and end as a JPEG, with a boundary and braces inside to mislead whoever scans."""
    inside = bytes(chance.randrange(256) for _ in range(size - 60))
    return b"\xff\xd8\xff\xe0" + b"\r\n--MIME_boundary\r\n{\"a\":1}" + inside + b"\xff\xd9"


def template(chance, size=400):
    return base64.b64encode(bytes(chance.randrange(256) for _ in range(size))).decode()


class Secrets:
    """What was sent, to be looked for afterwards: texts and bytes, by what they are."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.sent = {"identity": set(), "name": set(), "password": set(), "picture": set(), "template": set()}

    def identity_number(self):
        return self._sent("identity", identity_number(self.chance))

    def name(self):
        return self._sent("name", name(self.chance))

    def password(self):
        return self._sent("password", f"pw{self.chance.randrange(10**12):012d}")

    def picture(self):
        made = picture(self.chance)
        self.sent["picture"].add(made[200:240])
        return made

    def template(self):
        """Base64, as it is sent."""
        made = template(self.chance)
        self.sent["template"].add(base64.b64decode(made)[75:105])
        return made

    def _sent(self, kind, text):
        self.sent[kind].add(text)
        return text
