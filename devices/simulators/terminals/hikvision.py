"""Hikvision terminals that push: JSON, XML, or either with pictures in a multipart body, one event a request."""

import base64
import json
import random
import time

from faults import NONE
from line import Line, NoAnswer

BOUNDARY = "MIME_boundary"


class Terminal:
    family = "hikvision"

    def __init__(self, address, host, port, secrets, faults=NONE, seed=0, password=None, path="/isapi/event"):
        self.address, self.line, self.secrets, self.faults = address, Line(host, port), secrets, faults
        self.serial = address.replace(":", "")
        self.chance = random.Random(f"{seed}/{address}")
        self.password, self.path = password, path
        # Without, events are sent later, and say so.
        self.is_online = True
        self.number = 1000
        self.waiting = []
        self.memory = []
        self.requests = 0

    def recognise(self, number, moment):
        self.memory.append((number, moment))
        self.waiting.append((self.event(number, moment, 75, self.is_online), True))

    def event(self, number, moment, minor, is_current=True):
        front, self.number = self.number, self.number + 1
        inner = {"majorEventType": 5, "subEventType": minor, "name": self.secrets.name(),
                 "employeeNoString": number, "serialNo": self.number, "currentVerifyMode": "cardOrFaceOrFp",
                 "currentEvent": is_current, "frontSerialNo": front, "attendanceStatus": "undefined", "mask": "no",
                 "purePwdVerifyEnable": True, "picturesNumber": 1}
        return {"ipAddress": "192.168.10.20", "macAddress": self.address,
                "dateTime": moment.strftime("%Y-%m-%dT%H:%M:%S") + "+08:00", "activePostCount": 1,
                "eventType": "AccessControllerEvent", "eventState": "active", "AccessControllerEvent": inner}

    def body(self, event):
        """(content type, bytes) in one of the forms firmwares use."""
        form = self.chance.choice(("json", "wrapped", "xml", "multipart", "multipart-typed"))
        if form == "xml":
            return "application/xml", xml(event).encode()
        document = json.dumps(event, ensure_ascii=False, indent="\t").encode()
        if form == "wrapped":
            return "application/json", b'{"EventNotificationAlert":' + document + b"}"
        if form == "json" or self.chance.random() > max(self.faults.pictures, 0.02) * 4:
            return "application/json", document
        return f"multipart/form-data; boundary={BOUNDARY}", self.multipart(document, form == "multipart-typed")

    def multipart(self, document, is_typed):
        head = (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="AccessControllerEvent"\r\n'
                f"Content-Type: application/json\r\nContent-Length: {len(document)}\r\n\r\n" if is_typed
                else f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="event_log"\r\n\r\n')
        picture = self.secrets.picture()
        part = (f'\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name="Picture"; filename="Picture.jpg"\r\n'
                f"Content-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\nContent-ID: pictureImage\r\n\r\n")
        return head.encode() + document + part.encode() + picture + f"\r\n--{BOUNDARY}--\r\n".encode()

    def push(self, event, fate="answered"):
        self.requests += 1
        kind, body = self.body(event)
        headers = [f"Content-Type: {kind}"]
        if self.password:
            word = base64.b64encode(f"admin:{self.password}".encode()).decode()
            headers.append(f"Authorization: Basic {word}")
        return self.line.ask("POST", self.path, body, headers, fate)

    def deliver(self, patience=60, pause=0.05):
        """Pushes everything that waits, each with the events that come along with it."""
        end = time.monotonic() + patience
        while self.waiting:
            if time.monotonic() > end:
                raise TimeoutError(f"{self.serial} still has {len(self.waiting)} events")
            if self.chance.random() < self.faults.shuffle * 0.2 and len(self.waiting) > 1:
                self.waiting[0], self.waiting[1] = self.waiting[1], self.waiting[0]
            event, _ = self.waiting[0]
            try:
                answer = self.push(event, self.faults.fate(self.chance))
            except NoAnswer:
                time.sleep(pause)
                continue
            if answer.status != 200:
                time.sleep(pause)
                continue
            self.waiting.pop(0)
            self.follow(event)

    def follow(self, event):
        """What comes with an event: a refusal of someone, a repeat, a door."""
        extras = []
        if self.chance.random() < self.faults.refusals:
            refused = json.loads(json.dumps(event))
            refused["AccessControllerEvent"]["subEventType"] = self.chance.choice((8, 76, 6, 7))
            extras.append(refused)
        if self.chance.random() < self.faults.repeat:
            again = json.loads(json.dumps(event))
            again["AccessControllerEvent"]["currentEvent"] = False
            extras.append(again)
        for one in extras:
            try:
                self.push(one)
            except NoAnswer:
                pass


def xml(event):
    inner = "".join(f"<{name}>{str(value).lower() if isinstance(value, bool) else value}</{name}>"
                    for name, value in event["AccessControllerEvent"].items())
    outer = "".join(f"<{name}>{value}</{name}>" for name, value in event.items() if name != "AccessControllerEvent")
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<EventNotificationAlert version="2.0">{outer}'
            f"<AccessControllerEvent>{inner}</AccessControllerEvent></EventNotificationAlert>")
