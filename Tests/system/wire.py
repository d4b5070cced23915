"""Bytes to a listener as they stand, for requests that a well-behaved client cannot make."""

import http.client
import io
import select
import socket
import time

from client import Answer

WIRE_SECONDS = 60


class _Received:
    def __init__(self, data):
        self.data = data

    def makefile(self, *_):
        return io.BytesIO(self.data)


def parsed(data):
    """The answer in these bytes, or None while it is not complete."""
    if b"\r\n\r\n" not in data:
        return None
    response = http.client.HTTPResponse(_Received(data))
    try:
        response.begin()
        body = response.read()
    except (http.client.HTTPException, ValueError):
        return None
    return Answer(response.status, response.getheaders(), body)


def exchange(port, head, chunks=(), seconds=WIRE_SECONDS):
    """Sends head and chunks until the listener answers; it may answer, and close, before everything is sent."""
    deadline = time.monotonic() + seconds
    received, waiting, chunks, can_send = b"", head, iter(chunks), True
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        connection.setblocking(False)
        while time.monotonic() < deadline:
            readable, writable, _ = select.select([connection], [connection] if can_send else [], [], 0.5)
            if readable:
                try:
                    data = connection.recv(65536)
                except ConnectionError:
                    data = b""
                received += data
                answer = parsed(received)
                if answer is not None or not data:
                    return answer
            if writable and can_send:
                try:
                    waiting = waiting[connection.send(waiting):] or next(chunks, b"")
                except BlockingIOError:
                    continue
                except ConnectionError:
                    can_send = False
                    continue
                can_send = bool(waiting)
    raise AssertionError(f"no answer within {seconds} s; received {received[:200]!r}")


def head(method, target, token=None, **headers):
    """The head of a request; `Content_Type='x'` becomes `Content-Type: x`."""
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close"]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def post(daemon, token, target, body, content_type="application/json"):
    """A body of exact bytes; `content_type=None` leaves the header out."""
    headers = {"Content_Length": len(body)}
    if content_type is not None:
        headers["Content_Type"] = content_type
    return exchange(daemon.port, head("POST", target, token, **headers), [body])
