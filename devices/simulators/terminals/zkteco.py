"""ZKTeco terminals (PUSH, `/iclock/…`): attendance, ID-card and security firmware.

Written from the wire facts in the project's reference: a terminal greets first, sends what it has in batches of 100
rows, and keeps a batch until it hears `OK: n` with the count of its rows.
"""

import datetime
import email.utils
import hashlib
import random
import time

from faults import NONE
from line import Line, NoAnswer

BATCH = 100
JUNK = (b"???", b"1002\t2026-13-40 99:99:99\t0\t15\t0\t0\t0", b"\x00\xff\xfe garbage", b"1002", b"\t\t\t\t",
        "张三\t2026-09-01 11:30:14\t0\t15".encode("gb18030"))


def text(moment):
    return moment.strftime("%Y-%m-%d %H:%M:%S")


class Terminal:
    """Attendance firmware; the others change how a row looks and how it is asked for."""

    kind = "att"
    family = "zktecoAttendance"

    def __init__(self, serial, host, port, secrets, faults=NONE, seed=0, key=None, prefix="/iclock", suffix=""):
        self.serial, self.line, self.secrets, self.faults = serial, Line(host, port), secrets, faults
        self.chance = random.Random(f"{seed}/{serial}")
        self.key, self.prefix, self.suffix = key, prefix, suffix
        self.memory = []  # (number, moment, row) of everything it ever saw
        self.waiting = []  # rows that the server has not confirmed
        self.is_greeted = False
        self.server_time = None  # of the last answer, in UTC: the terminal's clock is set by it and the zone
        self.people = {}
        self.options = {}
        self.requests = 0
        self.commands = []  # as they came

    # What happens at the counter.

    def recognise(self, number, moment):
        row = self.row(number, moment)
        self.memory.append((number, moment, row))
        self.waiting.append(row)

    def row(self, number, moment):
        tail = self.chance.choice(("\t0\t0\t0", "\t0\t0\t0\t255\t0\t0", "\t0\t0\t0\t1\t36.2\t36.2\t"))
        return f"{number}\t{text(moment)}\t0\t15{tail}".encode()

    # What goes over the wire.

    def path(self, name, query=""):
        return f"{self.prefix}/{name}{self.suffix}?SN={self.serial}{query}"

    def ask(self, method, name, query="", body=None, fate="answered"):
        self.requests += 1
        answer = self.line.ask(method, self.path(name, query), body, self.headers(), fate)
        if answer.status == 200 and "date" in answer.headers:
            self.server_time = email.utils.parsedate_to_datetime(answer.headers["date"])
        return answer

    def headers(self):
        return ()

    def greet(self):
        query = f"&options=all&pushver=2.4.1&language=83&DeviceType={self.kind}"
        if self.key:
            query += f"&pushcommkey={self.key}"
        answer = self.ask("GET", "cdata", query)
        self.is_greeted = answer.status == 200 and answer.text.startswith(f"GET OPTION FROM: {self.serial}\n")
        if self.is_greeted:
            lines = answer.text.splitlines()[1:]
            self.options = dict(line.split("=", 1) for line in lines)
        return answer

    def send_batch(self):
        """Sends the first rows that wait; whether the server has them now, as far as the terminal knows."""
        batch = self.waiting[:BATCH]
        rows = list(batch)
        if self.chance.random() < self.faults.shuffle:
            self.chance.shuffle(rows)
        if self.chance.random() < self.faults.junk * 5:
            rows.insert(self.chance.randrange(len(rows) + 1), self.junk_row())
        body = self.chance.choice((b"\n", b"\r\n")).join(rows) + self.chance.choice((b"", b"\n"))
        times = 2 if self.chance.random() < self.faults.repeat else 1
        for _ in range(times):
            answer = self.ask("POST", *self.upload, body=body, fate=self.faults.fate(self.chance))
            if not self.is_taken(answer, rows):
                return False
        del self.waiting[: len(batch)]
        return True

    upload = ("cdata", "&table=ATTLOG&Stamp=9999")

    def is_taken(self, answer, rows):
        return answer.status == 200 and answer.text.replace(" ", "") == f"OK:{len(rows)}"

    def junk_row(self):
        if self.chance.random() < 0.3:
            # A centre has entered identity numbers as numbers of people.
            return f"{self.secrets.identity_number()}\t2026-09-01 11:30:14\t0\t15\t0\t0\t0".encode()
        return self.chance.choice(JUNK)

    def somebody(self):
        """Who is refused: somebody known here, at a time when it would be a meal."""
        number, moment, _ = self.chance.choice(self.memory)
        return number, moment + datetime.timedelta(minutes=11)

    def send_extras(self):
        """What terminals send besides: pictures, people with names and templates, operations."""
        if self.chance.random() < self.faults.pictures:
            self.send_picture()
        if self.chance.random() < self.faults.operations:
            self.send_operations()
        if self.chance.random() < self.faults.no_length:
            self.ask("POST", *self.upload)

    def send_picture(self):
        picture = self.secrets.picture()
        head = f"PIN=20260902112256-0001000.jpg\nSN={self.serial}\nsize={len(picture)}\nCMD=uploadphoto\0"
        return self.ask("POST", "fdata", "&table=ATTPHOTO", head.encode() + picture)

    def send_operations(self, moment="2026-09-02 08:00:00"):
        name = self.secrets.name().encode("gb18030")
        rows = [
            f"OPLOG 21\t0\t{moment}\t0\t0\t0\t0".encode(),
            f"OPLOG 101\t0\t{moment}\t1002\t0\t0\t0".encode(),
            b"USER PIN=1002\tName=" + name + f"\tPri=14\tPasswd={self.secrets.password()}\tCard=\tGrp=1".encode(),
            f"FACE PIN=1002\tFID=0\tSIZE=400\tVALID=1\tTMP={self.secrets.template()}".encode(),
            f"BIOPHOTO PIN=1002\tFileName=1002.jpg\tType=9\tSize=9\tContent={self.secrets.template()}".encode(),
        ]
        answer = self.ask("POST", "cdata", "&table=OPERLOG&Stamp=1", b"\n".join(rows))
        bio = f"BIODATA Pin=1002\tNo=0\tIndex=0\tValid=1\tType=9\tMajorVer=5\tTmp={self.secrets.template()}"
        self.ask("POST", "cdata", "&table=BIODATA", bio.encode())
        return answer

    def poll(self):
        """Asks for commands and does them; how many there were."""
        answer = self.ask("GET", "getrequest")
        if answer.status != 200 or answer.text == "OK":
            return 0
        lines = [line for line in answer.body.split(b"\n") if line.startswith(b"C:")]
        for line in lines:
            _, key, command = line.split(b":", 2)
            self.commands.append(command.decode("gb18030"))
            result = self.obey(command)
            self.ask("POST", "devicecmd", body=f"ID={key.decode()}&{result}\n".encode())
        return len(lines)

    def obey(self, command):
        words = command.split(b" ", 3)
        span = dict(part.split(b"=", 1) for part in words[-1].split(b"\t") if b"=" in part)
        start, end = span.get(b"StartTime", b"").decode(), span.get(b"EndTime", b"").decode()
        if command.startswith(b"DATA QUERY ATTLOG"):
            self.waiting += [row for _, moment, row in self.memory if start <= text(moment) <= end]
            return "Return=0&CMD=DATA"
        if command.startswith(b"VERIFY SUM ATTLOG"):
            count = sum(start <= text(moment) <= end for _, moment, _ in self.memory)
            return f"Return=0&CMD=VERIFY SUM&StartTime={start}&EndTime={end}&AttlogSum={count}"
        if command.startswith(b"DATA UPDATE USERINFO"):
            fields = dict(part.split(b"=", 1) for part in command[len(b"DATA UPDATE USERINFO "):].split(b"\t"))
            self.people[fields[b"PIN"].decode()] = fields[b"Name"].decode("gb18030")
            return "Return=0&CMD=DATA"
        if command.startswith(b"DATA DELETE USERINFO"):
            known = self.people.pop(command.split(b"PIN=")[1].decode(), None)
            return f"Return={0 if known else -10}&CMD=DATA"
        if command == b"CHECK":
            self.is_greeted = False
            return "Return=0&CMD=CHECK"
        return "Return=0&CMD=" + words[0].decode()

    @property
    def clock(self):
        """The wall clock, as terminals set it: by the server's `Date` and the zone it was told."""
        zone = int(self.options["TimeZone"])
        return self.server_time.replace(tzinfo=None) + datetime.timedelta(minutes=zone if abs(zone) > 60 else zone * 60)

    # A day.

    def deliver(self, patience=60, pause=0.05):
        """Sends everything that waits, whatever goes wrong; raises when it takes longer than `patience` seconds."""
        end = time.monotonic() + patience
        while self.waiting or not self.is_greeted:
            if time.monotonic() > end:
                raise TimeoutError(f"{self.serial} still has {len(self.waiting)} rows")
            try:
                if not self.is_greeted:
                    self.greet()
                    is_done = self.is_greeted
                else:
                    self.send_extras()
                    is_done = not self.waiting or self.send_batch()
            except NoAnswer:
                is_done = False
            if not is_done:
                time.sleep(pause)


class IdentityCardTerminal(Terminal):
    """ID-card firmware: the same table, columns 8 and 9 are an identity number and a type."""

    kind = "pid"
    family = "zktecoIdentityCard"

    def row(self, number, moment):
        card = self.secrets.identity_number() if self.chance.random() < 0.2 else ""
        return f"{number}\t{text(moment)}\t0\t15\t0\t0\t0\t{card}\t0".encode()

    def junk_row(self):
        if self.chance.random() < 0.5:
            # Compared with an identity card, and refused: no meal, although there is a number.
            number, moment = self.somebody()
            return f"{number}\t{text(moment)}\t1\t15\t0\t0\t0\t{self.secrets.identity_number()}\t1".encode()
        return super().junk_row()


class SecurityTerminal(Terminal):
    """Security firmware: registers, carries a token, and sends events of which only some are people let in."""

    kind = "acc"
    family = "zktecoSecurity"
    upload = ("cdata", "&table=rtlog")

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.index = 1000
        self.token = None

    def headers(self):
        return (f"Cookie: token={self.token}, timestamp=1",) if self.token else ()

    def row(self, number, moment, event=0):
        self.index += 1
        return (f"time={text(moment)}\tpin={number}\tcardno=0\tsitecode=0\tlinkid=0\teventaddr=1\tevent={event}"
                f"\tinoutstatus=0\tverifytype=15\tindex={self.index}\tmaskflag=255\ttemperature=255"
                f"\tconvtemperature=255").encode()

    def greet(self):
        self.token = None
        answer = self.ask("GET", "cdata", "&options=all&pushver=3.1.2&DeviceType=acc")
        if answer.status != 200:
            return answer
        if not answer.text.startswith("registry=ok"):
            registered = self.ask("POST", "registry", body=b"DeviceType=acc,~DeviceName=SpeedFace,FirmVer=1")
            if registered.status != 200:
                return registered
        lines = dict(line.split("=", 1) for line in answer.text.splitlines() if "=" in line)
        parameters = self.ask("POST", "push", body=b"x")
        lines.update(line.split("=", 1) for line in parameters.text.splitlines() if "=" in line)
        word = lines["RegistryCode"] + self.serial + lines["SessionID"]
        self.token = hashlib.md5(word.encode()).hexdigest()
        self.is_greeted = True
        return answer

    def is_taken(self, answer, rows):
        return answer.status == 200 and answer.text == "OK"

    def junk_row(self):
        return self.row(*self.somebody(), self.chance.choice((20, 21, 22, 23, 27, 29, 39, 61, 8, 208)))


FAMILIES = {"att": Terminal, "pid": IdentityCardTerminal, "acc": SecurityTerminal}
