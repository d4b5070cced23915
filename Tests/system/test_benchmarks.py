"""Benchmarks that nothing else would keep alive, in their smallest form: they run, and count what they sent."""

import re
import subprocess
import sys

from daemon import BINARY, ROOT


def test_the_benchmark_of_meal_terminals_runs():
    command = [sys.executable, str(ROOT / "Benchmarks" / "terminals.py"), "--posd", str(BINARY), "--rounds", "1",
               "--seconds", "0.05", "--batches", "10", "--people", "4"]

    finished = subprocess.run(command, capture_output=True, text=True, timeout=300)

    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert len(re.findall(r"^(C|posd|sale), ", finished.stdout, re.M)) == 9, finished.stdout
