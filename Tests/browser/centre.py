"""A meal centre with people of nobody, for the pages' tests, made over the API."""

import time
import uuid

from test_manager_people import add_person
from till import API, LogIn

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def new_id():
    return str(uuid.uuid4())


def past_noon():
    """The last noon in China that is over since an hour at least."""
    now = int(time.time() * 1000)
    noon = (now + 8 * HOUR) // DAY * DAY + 4 * HOUR
    return noon if noon + HOUR <= now else noon - DAY


class Centre:
    """A centre and one of its staff; whoever is logged was seen by the cashier of the demonstration."""

    def __init__(self, server, manager, name):
        self.server, self.manager, self.name, self.count = server, manager, name, 0
        self.id = manager.post("/centres", {"id": new_id(), "name": name, "nameEn": "Canteen"})["id"]
        self.log_in = LogIn(f"c{uuid.uuid4().hex[:8]}", "long enough 9", "246813")
        manager.post("/users", {
            "id": new_id(), "name": self.log_in.user, "displayName": "小赵", "role": "centre", "centreID": self.id,
            "password": self.log_in.password, "pin": self.log_in.pin})
        self.api = API(server.url, self.log_in)

    def enter(self, name, serial, number=None):
        """A person of the centre."""
        self.count += 1
        person = add_person(self.manager, serial, name)
        self.api.post(f"/centres/{self.id}/enrolments", {
            "id": new_id(), "number": number or f"{serial:07}", "personID": person["personID"], "from": "2026-01-01"})
        return person

    def log(self, person, at_ms=None):
        body = {"id": new_id(), "personID": person["personID"], "means": "name",
                "witness": self.server.cashier.user, "pin": self.server.cashier.pin}
        return self.api.post(f"/centres/{self.id}/meals", body if at_ms is None else {**body, "atMs": at_ms})

    def waiting(self):
        return self.api.get(f"/centres/{self.id}/exceptions")["items"]
