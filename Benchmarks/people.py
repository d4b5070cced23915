"""Takes in 16,000 people who do not exist, from eleven files with 5 % bad rows, and looks for some of them.

    python3 Benchmarks/people.py [PEOPLE]

Uses .build/release/posd. Fails if a limit is missed: 10 s, 150 MB for each process, every bad row named, 5 ms a look-up.
"""

import http.client
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
POSD = ROOT / ".build" / "release" / "posd"
sys.path.insert(0, str(ROOT / "Examples"))

from make_beneficiaries import department_files  # noqa: E402

LOOK_UPS = 300


def peak_megabytes(pid):
    return int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def start(folder, log):
    process = subprocess.Popen(
        [POSD, "demo", "--data", folder, "--listen", "127.0.0.1:0"], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    while True:
        text = Path(log.name).read_text()
        ready = re.search(r"^ready http://127\.0\.0\.1:(\d+)", text, re.M)
        if ready:
            manager = re.search(r"^login manager (\S+) (\S+)", text, re.M)
            return process, int(ready[1]), manager[1], manager[2]
        assert process.poll() is None, text
        time.sleep(0.02)


class Client:
    def __init__(self, port, user, password):
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.headers = {"Content-Type": "application/json"}
        token = self.post("/sessions", {"user": user, "password": password})["token"]
        self.headers["Authorization"] = f"Bearer {token}"

    def post(self, path, body):
        self.connection.request("POST", "/api/v1" + path, json.dumps(body).encode(), self.headers)
        response = self.connection.getresponse()
        return json.loads(response.read())


def take_in(files, folder):
    """Seconds, peak megabytes of the commands, and whether each named its bad rows and no others."""
    seconds, megabytes, people = 0, 0, 0
    for path, department, bad, good in files:
        begin = time.monotonic()
        command = subprocess.Popen(
            [POSD, "import", "beneficiaries", path, "--source", department, "--data", folder], stdout=subprocess.PIPE)
        said = command.stdout.read().decode()
        _, status, usage = os.wait4(command.pid, 0)
        seconds += time.monotonic() - begin
        megabytes = max(megabytes, usage.ru_maxrss / 1024)
        lines = [int(line) for line in re.findall(r"^line (\d+): (?!loaded)", said, re.M)]
        assert status == 0 and lines == bad, f"{path.name}: named {lines[:5]}…, not {bad[:5]}…"
        people += int(re.search(r"^(\d+) added", said, re.M)[1])
    return seconds, megabytes, people


def look_up(client, files):
    """Milliseconds of look-ups by the last four and the name, over HTTP, each journalled."""
    rows = []
    for path, _, bad, _ in files[::2]:
        lines = path.read_text("utf-8-sig").splitlines()
        rows += [line.split(",") for number, line in enumerate(lines, 1) if number > 1 and number not in bad]
    rows = rows[:: max(1, len(rows) // LOOK_UPS)][:LOOK_UPS]
    times, found = [], 0
    for row in rows:
        begin = time.monotonic()
        items = client.post("/beneficiaries/search", {"last4": row[1][-4:], "name": row[0]})["items"]
        times.append((time.monotonic() - begin) * 1000)
        found += any(item["name"] == row[0] for item in items)
    return times, found


def main():
    count = int(sys.argv[1]) if sys.argv[1:] else 16_000
    with tempfile.TemporaryDirectory(prefix="posd-") as place:
        folder, lists = Path(place) / "data", Path(place) / "lists"
        lists.mkdir()
        files = department_files(lists, count)
        bad = sum(len(lines) for _, _, lines, _ in files)
        with open(Path(place) / "log", "w") as log:
            daemon, port, user, password = start(folder, log)
            try:
                before = peak_megabytes(daemon.pid)
                seconds, command_megabytes, people = take_in(files, folder)
                daemon_megabytes = peak_megabytes(daemon.pid)
                times, found = look_up(Client(port, user, password), files)
            finally:
                daemon.send_signal(signal.SIGTERM)
                daemon.wait(60)
        begin = time.monotonic()
        verified = subprocess.run([POSD, "verify", "--data", folder], stdout=subprocess.PIPE)
        verify_seconds = time.monotonic() - begin
        size = (folder / "posd.sqlite").stat().st_size / 2**20
    p99 = sorted(times)[len(times) * 99 // 100]
    print(f"{people} people of {len(files)} files, {bad} bad rows named: {seconds:.2f} s (limit 10)")
    print(f"memory: daemon {daemon_megabytes:.0f} MB (idle {before:.0f}), command {command_megabytes:.0f} MB (limit 150)")
    print(f"look-up over HTTP, journalled: median {statistics.median(times):.2f} ms, p99 {p99:.2f} ms (limit 5); "
          f"{found} of {len(times)} found")
    print(f"posd verify {verify_seconds:.2f} s, database {size:.1f} MB")
    assert verified.returncode == 0 and people >= count * 0.99 and found > len(times) * 0.9
    assert seconds <= 10 and max(daemon_megabytes, command_megabytes) <= 150 and p99 <= 5


if __name__ == "__main__":
    main()
