"""A printer that breaks in every way a printer does, at random, and the people around it."""

import time
from collections import Counter

from client import cash, wechat
from goods import WATER, worked_sale
from station_printer import ENDS, missing_on

# What takes ten seconds in a shop takes one here.
PATIENT = {"POSD_PRINTER_PATIENCE": "1"}
GOOD = ["faults off", "nak off", "paper ok", "cover closed", "cutter ok", "rate 0", "inblock 0", "busy off", "perm on"]


def bytes_away(chance):
    """A place in the slips to come; one slip has about 1,500 bytes, and questions stand around it."""
    return chance.choice([chance.randrange(60), chance.randrange(1_700), chance.randrange(6_000)])


def short_or_long(chance):
    """Shorter than posd waits for, or longer."""
    return chance.choice([chance.uniform(0.1, 0.8), chance.uniform(0.1, 0.8), chance.uniform(1.3, 2.0)])


# How each trouble begins, and how long it stays; then everything is good again.
TROUBLES = {
    "none": lambda chance: ([], 0),
    "busy": lambda chance: (["unplug", "busy on", "plug"], chance.uniform(0.2, 1.5)),
    "no permission": lambda chance: (["unplug", "perm off", "plug"], chance.uniform(0.2, 1.5)),
    "absent": lambda chance: (["unplug"], chance.uniform(0.2, 1.5)),
    "partial timeout": lambda chance: ([f"fault nak@+{bytes_away(chance)}"], short_or_long(chance)),
    "paper out": lambda chance: (["paper out"], chance.uniform(0.2, 1.5)),
    "paper out within": lambda chance: ([f"fault paperout@+{bytes_away(chance)}"], chance.uniform(0.3, 2.5)),
    "cover within": lambda chance: ([f"fault cover@+{bytes_away(chance)}"], chance.uniform(0.3, 2.5)),
    "stall": lambda chance: ([f"fault stall@+{bytes_away(chance)}"], 0.3),
    "stall twice": lambda chance: ([f"fault stall@+{bytes_away(chance)}", f"fault stall@+{bytes_away(chance)}"], 0.5),
    "unplug within": lambda chance: ([f"fault unplug@+{bytes_away(chance)}"], chance.uniform(0.3, 1.5)),
    "broken transfer": lambda chance: ([f"fault eproto@+{bytes_away(chance)}"], 0.3),
    "jam": lambda chance: ([f"fault cutter@+{bytes_away(chance)}"], short_or_long(chance)),
    "unread status": lambda chance: (["inblock 8"] + ["cover open", "cover closed"] * 20, chance.uniform(0.1, 0.5)),
    "slow": lambda chance: (["rate 1000"], chance.uniform(1.0, 4.0)),
}


class Troubles:
    """Sells at a station while its printer breaks again and again, and decides about what is in doubt."""

    def __init__(self, station, chance, jobs):
        self.station, self.chance, self.wanted = station, chance, jobs
        self.times, self.met, self.decided = [], Counter(), Counter()
        self.begin = time.monotonic()

    def run(self):
        """Until there are as many jobs as wanted; each trouble at least once in fifteen rounds."""
        sold, has_udev = 0, True
        while sold < self.wanted:
            for name in self.chance.sample(sorted(TROUBLES), len(TROUBLES)):
                if sold >= self.wanted:
                    break
                sold += self.round(name, min(self.chance.choice([1, 1, 2, 3]), self.wanted - sold))
                if has_udev and sold > self.wanted / 2:
                    self.station.lose_udev()
                    has_udev = False
        self.settled()
        self.decide()
        self.settled()

    def round(self, name, count):
        commands, seconds = TROUBLES[name](self.chance)
        self.met[name] += 1
        for command in commands:
            self.station.tell(command)
        for _ in range(count):
            self.sell()
        time.sleep(seconds)
        self.mend()
        # Sometimes the next trouble finds slips still waiting.
        if self.chance.random() < 0.6:
            self.settled()
            self.decide()
        return count

    def mend(self):
        for command in GOOD:
            self.station.tell(command)
        if self.station.stat("gone"):
            self.station.tell("plug")

    def sell(self):
        items = worked_sale() if self.chance.random() < 0.5 else [{"barcode": WATER, "units": self.chance.randrange(1, 9)}]
        request = self.station.till.sale_request(items)
        if self.chance.random() < 0.5:
            request["tenders"] = [wechat(request["dueFen"])]
        begin = time.monotonic()
        self.station.client.post("/sales", request).expect(201)
        self.times.append(time.monotonic() - begin)

    def settled(self, seconds=90):
        """Every slip has come to an end; whatever was armed is mended meanwhile."""
        end = time.monotonic() + seconds
        while [job for job in self.station.jobs() if job["state"] not in ENDS]:
            assert time.monotonic() < end, f"slips do not end: {self.station.printer()}"
            self.mend()
            time.sleep(0.05)

    def decide(self):
        """A person looks at the paper, or does not."""
        for job in self.station.jobs():
            if job["state"] != "possiblyPrinted" or job["decision"] is not None or self.chance.random() < 0.3:
                continue
            is_whole = job["copy"] == 0 and self.station.expected(job) in self.station.paper.read_bytes()
            decision = "cameOut" if is_whole else self.chance.choice(["printAgain", "printAgain", "giveUp"])
            self.station.decide(job, decision)
            self.decided[decision] += 1

    def audit(self):
        """What the printer took and what came out of it, against what the jobs say."""
        expectations = self.station.expectations()
        self.station.stop()
        seen = self.station.audit(expectations)
        lost = missing_on(self.station.paper.read_bytes(), expectations)
        states = Counter(job["state"] for job, _ in expectations)
        reasons = Counter(job["reason"] for job, _ in expectations if job["reason"])
        times = sorted(self.times)
        whole = sum(count for count, _ in seen.values())
        doubtful = [seen[job["id"]] for job, _ in expectations if job["state"] == "possiblyPrinted"]
        print(f"{len(expectations)} jobs in {time.monotonic() - self.begin:.0f} s: {dict(states)}; reasons {dict(reasons)}")
        print(f"decided {dict(self.decided)}; troubles {dict(self.met)}")
        print(f"slips taken whole {whole}, in part {sum(count for _, count in seen.values())}; "
              f"of the doubtful {sum(count for count, _ in doubtful)} whole, {sum(count for _, count in doubtful)} in part")
        print(f"sales: p50 {times[len(times) // 2] * 1000:.1f} ms, p99 {times[len(times) * 99 // 100] * 1000:.1f} ms, most {times[-1] * 1000:.1f} ms")
        print(f"accepted, and lost in the printer's memory: {sum(job['state'] == 'accepted' for job in lost)}")
        lies = [job for job in lost if job["state"] == "printed"]
        assert lies == [], f"called printed and not on paper: {lies}"
        return states
