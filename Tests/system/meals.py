"""A meal centre with people of example data, for tests."""

import itertools
import random
import time

import people
from client import Client, new_id

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
ENTERED = itertools.count()


def local_noon(now_ms, days_ago=0):
    """Twelve o'clock in China on the day of a moment, or so many days before."""
    return (now_ms + 8 * HOUR) // DAY * DAY - 8 * HOUR + 12 * HOUR - days_ago * DAY


def past_noon(now_ms=None):
    """The last noon that is over since half an hour at least."""
    now_ms = now_ms or int(time.time() * 1000)
    noon = local_noon(now_ms)
    return noon if noon + 30 * MINUTE <= now_ms else noon - DAY


class Centre:
    """A centre, one of its staff, and people enrolled there."""

    def __init__(self, daemon, manager, name="二七助餐点"):
        self.daemon, self.manager = daemon, manager
        self.id = manager.post("/centres", {"id": new_id(), "name": name, "nameEn": "Canteen"}).expect(201)["id"]
        self.login = ("c" + new_id()[:8], "long enough 9", "246813")
        user = {"id": new_id(), "name": self.login[0], "displayName": "小赵", "role": "centre", "centreID": self.id,
                "password": self.login[1], "pin": self.login[2]}
        manager.post("/users", user).expect(201)
        self.staff = Client(daemon).log_in(*self.login[:2])
        self.count = 0

    def enter(self, number=None, seed=None, start="2026-01-01", born="1940", **more):
        """A person of example data, enrolled: the id."""
        self.count += 1
        chance = random.Random(seed if seed is not None else new_id())
        person = people.Person(chance, chance.randrange(10**6))
        identity = people.identity_number(*Centre.birth(born, chance, seed))
        body = {"id": new_id(), "identityNumber": identity, "name": person.name, "isResident": True, **more}
        person_id = self.manager.post("/beneficiaries", body).expect(201)["personID"]
        self.enrol(person_id, number or f"{self.count:07d}", start)
        return person_id

    @staticmethod
    def birth(born, chance, seed):
        """Birth date and serial number of nobody else; the same for the same seed."""
        if seed is not None:
            return f"{born}0607", chance.randrange(100, 1000)
        count = next(ENTERED)
        return f"{born}01{1 + count // 900:02d}", 100 + count % 900

    def enrol(self, person_id, number, start="2026-01-01", **more):
        body = {"id": new_id(), "number": number, "personID": person_id, "from": start, **more}
        return self.staff.post(f"/centres/{self.id}/enrolments", body).expect(201)

    def log(self, person_id=None, at_ms=None, means="name", **more):
        """A meal without a face; the cashier saw it."""
        witness, _, pin = self.daemon.logins["cashier"]
        body = {"id": new_id(), "means": means, "witness": witness, "pin": pin, **more}
        if person_id:
            body["personID"] = person_id
        if at_ms:
            body["atMs"] = at_ms
        return self.staff.post(f"/centres/{self.id}/meals", body)

    def rule(self, meal_id, word, client=None):
        return (client or self.staff).post(f"/meals/{meal_id}/{word}", {"id": new_id()})


def top_up(till, person_id, amount_fen, purpose="topUp", tender=None, **more):
    body = {"id": new_id(), "tillSessionID": till.session_id, "purpose": purpose, "amountFen": amount_fen,
            "tender": tender or {"kind": "cash", "givenFen": amount_fen}, **more}
    return till.client.post(f"/meal-accounts/{person_id}/top-ups", body)
