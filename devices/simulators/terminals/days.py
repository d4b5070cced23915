"""Days at the counters: who comes when, which is the truth that the books are held against."""

import datetime
import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    terminal: int
    number: str
    moment: datetime.datetime


def visits(people, terminals, count, first=datetime.date(2026, 9, 1), seed=7):
    """`count` recognitions of `people` at `terminals`: each person goes to one centre, at noon and in the evening,
    and now and then is seen twice; no two of one person within a second."""
    chance = random.Random(seed)
    seen, taken = [], set()
    day = 0
    while len(seen) < count:
        date = first + datetime.timedelta(days=day)
        day += 1
        for person in range(people):
            if chance.random() < 0.12:
                continue
            for hour in (11, 17):
                if hour == 17 and chance.random() < 0.8:
                    continue
                terminal = person % terminals if chance.random() > 0.02 else chance.randrange(terminals)
                start = datetime.datetime.combine(date, datetime.time(hour))
                moment = start + datetime.timedelta(seconds=chance.randrange(5400))
                for again in range(2 if chance.random() < 0.05 else 1):
                    at = moment + datetime.timedelta(seconds=again * chance.randrange(1, 600))
                    if (person, at) not in taken:
                        taken.add((person, at))
                        seen.append(Seen(terminal, f"{person + 1:07d}", at))
    return seen[:count]
