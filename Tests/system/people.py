"""People in need who do not exist: the region of their numbers is 000000, which no place has."""

import random
import sys

from client import new_id
from daemon import ROOT, run, said

sys.path.insert(0, str(ROOT / "Examples"))

from make_beneficiaries import Person, department_files, identity_number  # noqa: E402

__all__ = ["HEADER", "Person", "canary", "department_files", "entry", "identity_number", "import_list", "search"]

HEADER = "姓名,身份证号,社区,类别,户籍,电话\n"


class Canary:
    """Somebody whose name, number and phone must be found nowhere."""

    def __init__(self, seed=7):
        self.chance = random.Random(seed)
        self.name = "龚鸑鷟"
        self.number = identity_number("19370419", self.chance.randrange(100, 1000))
        self.phone = f"100{self.chance.randrange(10**8):08d}"
        self.mobile = f"199{self.chance.randrange(10**8):08d}"

    @property
    def last4(self):
        return self.number[-4:]

    @property
    def row(self):
        return f"{self.name},{self.number},示例001社区,低保,二七区示例路1号,{self.phone}\n"


def canary(seed=7):
    return Canary(seed)


def entry(person, **more):
    """What `POST /beneficiaries` takes."""
    return {"id": new_id(), "identityNumber": person.number, "name": person.name, **more}


def search(client, last4, name):
    return client.post("/beneficiaries/search", {"last4": last4, "name": name}).expect(200)["items"]


def import_list(folder, workplace, text, source="民政局", name="list.csv", encoding="utf-8"):
    """`posd import beneficiaries` of one list; what it printed."""
    path = workplace / name
    path.write_bytes(text.encode(encoding))
    finished = run("import", "beneficiaries", path, "--source", source, "--data", folder)
    path.unlink()
    assert finished.returncode == 0, said(finished)
    return said(finished)
