"""The exported ledger, judged and summed by two accounting programs that others wrote."""

import csv
import io
import re
import subprocess
from decimal import Decimal

from daemon import run, said


def exported(folder, format, path):
    finished = run("export", "ledger", "--format", format, "--data", folder)
    assert finished.returncode == 0, said(finished)
    path.write_bytes(finished.stdout)
    return path


def checked(*command):
    finished = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=120)
    assert finished.returncode == 0, finished.stdout[-2000:] + finished.stderr[-2000:]
    return finished.stdout


def plain(account):
    """An account's name as all three programs agree on it."""
    return re.sub(r"[^a-z0-9:]", "", account.lower())


def micro_yuan(amount):
    """`-12.345678 CNY`, `CNY12.34` or nothing → whole micro-yuan."""
    number = re.search(r"-?[\d,]+(\.\d+)?", amount)
    value = Decimal(number.group(0).replace(",", "")) * 1_000_000 if number else Decimal(0)
    assert value == int(value), amount
    return -int(value) if re.match(r"\s*-\s*\D", amount) else int(value)


def hledger_balances(path):
    """`hledger check --strict`, then balances by account."""
    checked("hledger", "-f", path, "check", "--strict")
    text = checked("hledger", "-f", path, "balance", "--flat", "--no-total", "-O", "csv")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    return {plain(account): micro_yuan(amount) for account, amount in rows if micro_yuan(amount)}


def beancount_balances(path):
    """`bean-check`, then balances by account."""
    checked("bean-check", path)
    text = checked("bean-query", "-f", "csv", path, "SELECT account, sum(position) GROUP BY account")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    return {plain(account): micro_yuan(amount) for account, amount in rows if micro_yuan(amount)}
