"""One HTTP/1.1 request over a socket of its own, as terminals make them, and the ways it goes wrong."""

import socket


class NoAnswer(Exception):
    """The request went out, or part of it, and no answer came back."""


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")


class Line:
    """The way to a server: `lose` decides for each request what becomes of it."""

    def __init__(self, host, port, seconds=30):
        self.host, self.port, self.seconds = host, port, seconds

    def ask(self, method, path, body=None, headers=(), fate="answered"):
        """Sends a request. `fate`: `answered`; `unheard`, sent whole but the answer is not read;
        `cut`, the connection drops in the middle of the body."""
        head = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", "User-Agent: iClock Proxy/1.09",
                "Connection: close", "Accept: */*", *headers]
        if body is not None:
            head.append(f"Content-Length: {len(body)}")
        sent = ("\r\n".join(head) + "\r\n\r\n").encode("latin-1") + (body or b"")
        if fate == "cut":
            sent = sent[: len(sent) - len(body or b"") // 2 - 1]
        try:
            with socket.create_connection((self.host, self.port), self.seconds) as connection:
                return self._exchange(connection, sent, fate)
        except OSError as problem:
            raise NoAnswer(str(problem)) from None

    def _exchange(self, connection, sent, fate):
        connection.sendall(sent)
        if fate == "cut":
            raise NoAnswer("cut")
        if fate == "unheard":
            # The server has it all; what it says is lost on the way.
            connection.shutdown(socket.SHUT_WR)
            connection.recv(1)
            raise NoAnswer("unheard")
        received = b""
        while part := connection.recv(65536):
            received += part
        head, mark, rest = received.partition(b"\r\n\r\n")
        if not mark:
            raise NoAnswer("no header")
        first, *lines = head.decode("latin-1").split("\r\n")
        fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if len(rest) < int(fields.get("content-length", 0)):
            raise NoAnswer("cut answer")
        return Answer(int(first.split(" ")[1]), fields, rest)
