"""Staff and public pages by HTTPS: the real binary, a real certificate, the TLS of Python."""

import json
import os
import socket
import ssl
import statistics
import subprocess
import time
import urllib.request

import pytest

from daemon import Daemon, new_folder, run, said

LONGEST_CUT_OFF_SECONDS = 30
"""`firstHeader` of the limits is 10 s; the rest is for a busy machine."""


def make_certificate(folder, name="own", days=90):
    """A self-signed certificate for 127.0.0.1 and its key."""
    chain, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-subj", "/CN=posd", "-addext", "subjectAltName=IP:127.0.0.1", "-days", str(days),
         "-keyout", str(key), "-out", str(chain)],
        check=True, stderr=subprocess.DEVNULL, timeout=60)
    key.chmod(0o600)
    return chain, key


@pytest.fixture(scope="module")
def certificate():
    return make_certificate(new_folder())


@pytest.fixture(scope="module")
def station(certificate):
    chain, key = certificate
    daemon = Daemon()
    daemon.start("demo", "--tls-certificate", str(chain), "--tls-key", str(key), "--public-listen", "127.0.0.1:0")
    yield daemon
    daemon.stop()


def trusting(certificate):
    return ssl.create_default_context(cafile=str(certificate[0]))


def fetch(url, certificate, body=None, token=None):
    request = urllib.request.Request(url, data=None if body is None else json.dumps(body).encode())
    if body is not None:
        request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, context=trusting(certificate), timeout=30) as answer:
        return answer.read()


def log_in(station, certificate):
    user, password, _ = station.logins["manager"]
    answer = fetch(f"https://127.0.0.1:{station.port}/api/v1/sessions", certificate,
                   {"user": user, "password": password})
    return json.loads(answer)["token"]


def test_staff_and_public_pages_are_served_to_who_trusts_the_certificate(station, certificate):
    token = log_in(station, certificate)
    assert b"<html" in fetch(f"https://127.0.0.1:{station.port}/", certificate)
    metrics = fetch(f"https://127.0.0.1:{station.port}/metrics", certificate, token=token).decode()
    left = int(metrics.split("\nposd_certificate_expires_seconds ")[1].split()[0]) - time.time()
    assert 88 * 86400 < left < 91 * 86400
    with pytest.raises(urllib.error.HTTPError) as missing:
        fetch(f"https://127.0.0.1:{station.public_port}/r/none", certificate)
    assert missing.value.code == 404


def test_who_does_not_know_the_certificate_is_not_connected(station):
    with pytest.raises(urllib.error.URLError) as failed:
        urllib.request.urlopen(f"https://127.0.0.1:{station.port}/healthz", timeout=30)
    assert isinstance(failed.value.reason, ssl.SSLCertVerificationError)


def test_nothing_older_than_tls_1_2_is_spoken(station, certificate):
    old = trusting(certificate)
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    with socket.create_connection(("127.0.0.1", station.port), 30) as plain, pytest.raises(ssl.SSLError):
        old.wrap_socket(plain, server_hostname="127.0.0.1")


def test_plain_http_is_cut_off_without_a_word(station):
    with socket.create_connection(("127.0.0.1", station.port), 30) as plain:
        plain.settimeout(30)
        plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        heard = plain.recv(4096)
    assert b"HTTP" not in heard


def test_handshakes_that_never_end_hold_up_nobody_and_are_cut_off(station, certificate):
    url = f"https://127.0.0.1:{station.port}/healthz"

    def seconds():
        begin = time.monotonic()
        fetch(url, certificate)
        return time.monotonic() - begin

    usual = statistics.median(seconds() for _ in range(5))
    begin = time.monotonic()
    silent = [socket.create_connection(("127.0.0.1", station.port), 30) for _ in range(100)]
    for half in silent[:50]:
        half.sendall(b"\x16\x03\x01\x02\x00")
    assert max(seconds() for _ in range(10)) - usual < 1
    for one in silent:
        one.settimeout(max(0.1, begin + LONGEST_CUT_OFF_SECONDS - time.monotonic()))
        assert one.recv(1) == b""
        one.close()


def refused(*options):
    """What posd says as it refuses to start."""
    finished = run("serve", "--data", new_folder() / "data", *options)
    assert finished.returncode != 0
    return said(finished)


def test_files_that_cannot_be_used_are_refused_at_start(certificate):
    chain, key = certificate
    folder = new_folder()
    _, other = make_certificate(folder, "other")
    open_key = folder / "open.key"
    open_key.write_bytes(key.read_bytes())
    open_key.chmod(0o644)
    junk = folder / "junk"
    junk.write_text("nothing")
    os.chmod(junk, 0o600)
    for certificate_file, key_file, reason in [
        (chain, other, "does not belong"),
        (chain, open_key, "everybody may read"),
        (chain, junk, "no private key"),
        (junk, key, "no certificate"),
        (chain, folder / "missing", "cannot read"),
    ]:
        assert reason in refused("--tls-certificate", certificate_file, "--tls-key", key_file)
    assert "is needed with a certificate" in refused("--tls-certificate", chain)
    assert "is needed with a key" in refused("--tls-key", key)


def test_a_key_in_the_data_folder_is_refused(certificate):
    chain, _ = certificate
    data = new_folder() / "data"
    finished = run("serve", "--data", data, "--tls-certificate", chain, "--tls-key", data / "own.key")
    assert finished.returncode != 0
    assert "may not be in the data folder" in said(finished)


def test_beyond_this_machine_needs_a_certificate():
    assert "--tls-certificate" in refused("--listen", "0.0.0.0:0")
