"""Messages go to public addresses alone: real sockets, and servers of this machine that must not be reached."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from models.webhook_target import check_url, may_be_reached
from worker.outgoing import NoAnswer, Refused, post

pytestmark = pytest.mark.reliability(22)

CERTIFICATE = Path(__file__).with_name("localhost.pem")


class Receiver(ThreadingHTTPServer):
    """A server that notes what it gets; `status` and `location` are its answer."""

    def __init__(self, address: str = "127.0.0.1", port: int = 0, *, tls: bool = False) -> None:
        super().__init__((address, port), Handler)
        self.got: list[tuple[str, str | None, bytes]] = []
        self.status = 204
        self.location: str | None = None
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request: object, client_address: object) -> None:
        """A refused handshake is what some tests want."""


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, self.headers["Host"], body))
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(server: Receiver) -> Iterator[Receiver]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with serving(Receiver()) as server:
        yield server


def send(url: str, *, local: bool = True, timeout: float = 10, **options: Callable[[str, int], list[str]]) -> int:
    return post(url, b"{}", {"Content-Type": "application/json"}, timeout=timeout, local=local, **options)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "ftp://example.com/",
        "https://",
        "https:///path",
        "https://user@example.com/",
        "https://user:secret@example.com/",
        "https://example.com/#part",
        "https://example.com:22/",
        "https://example.com:80/",
        "https://example.com:99999/",
        "https://example.com/a b",
        "https://example.com\\@127.0.0.1/",
        "https://exämple.com/",
        "https://[::1/",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:a9fe:a9fe]/",
        "https://0.0.0.0/",
        "https://example.com/" + "a" * 2000,
    ],
)
def test_urls_that_are_refused_at_once(url: str) -> None:
    with pytest.raises(ValueError, match=r"^(must|may|is) "):
        check_url(url, local=False)
    with pytest.raises(Refused):
        send(url, local=False)


@pytest.mark.parametrize(
    "url", ["https://example.com", "https://example.com:8443/hook?a=b", "https://1.1.1.1/", "https://[2606:4700::1]/"]
)
def test_urls_that_are_fine(url: str) -> None:
    check_url(url, local=False)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1"),
        *("240.0.0.1", "255.255.255.255", "192.88.99.1", "::", "::1", "fe80::1", "fe80::1%lo", "fc00::1", "fd12::1"),
        *("ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b:1::1"),
        *("2001::1", "2001:db8::1", "2002:7f00:1::", "fec0::1"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not may_be_reached(address, local=False)
    assert may_be_reached(address, local=True) == (address.startswith("127.") or address == "::1")


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "2606:4700:4700::1111"])
def test_addresses_that_are_public(address: str) -> None:
    assert may_be_reached(address, local=False)


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.1", "0177.0.0.1"])
def test_names_of_this_machine_are_not_reached(receiver: Receiver, host: str) -> None:
    """Also in the spellings that only the resolver of the system knows."""
    with pytest.raises(Refused, match="not at a public address"):
        send(f"https://{host}:{receiver.server_port}/", local=False)
    assert receiver.got == []


def test_one_address_inside_is_enough_to_refuse(receiver: Receiver) -> None:
    with pytest.raises(Refused, match="not at a public address"):
        send("https://example.com/", local=False, resolve=lambda *_: ["1.1.1.1", "127.0.0.1"])


def test_rebinding_changes_nothing() -> None:
    """The name is looked up once, and the connection goes to the address that was checked then."""
    answers = [["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2"]]
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[len(asked) - 1]

    with serving(Receiver()) as checked, serving(Receiver("127.0.0.2", checked.server_port)) as other:
        url = f"http://rebinding.example:{checked.server_port}/hook"
        assert send(url, resolve=resolve) == 204
        assert asked == ["rebinding.example"]
        assert checked.got == [("/hook", f"rebinding.example:{checked.server_port}", b"{}")]
        assert other.got == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(receiver: Receiver, status: int) -> None:
    with serving(Receiver()) as inside:
        receiver.status, receiver.location = status, f"http://127.0.0.1:{inside.server_port}/"
        assert send(f"http://127.0.0.1:{receiver.server_port}/") == status
        assert inside.got == []


def test_proxies_of_the_environment_are_not_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(Receiver()) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.server_port}")
        assert send(f"http://127.0.0.1:{receiver.server_port}/") == 204
        assert proxy.got == []


def test_local_does_not_mean_the_network_around() -> None:
    with pytest.raises(Refused):
        send("http://169.254.169.254/")
    with pytest.raises(Refused, match="this machine alone"):
        send("http://example.com/", resolve=lambda *_: ["1.1.1.1"])


def test_a_trusted_certificate_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(Receiver(tls=True)) as server:
        url = f"https://localhost:{server.server_port}/"
        with pytest.raises(NoAnswer, match="TLS failed"):
            send(url, resolve=lambda *_: ["127.0.0.1"])
        assert server.got == []
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        assert send(url, resolve=lambda *_: ["127.0.0.1"]) == 204
        with pytest.raises(NoAnswer, match="TLS failed"):
            send(url.replace("localhost", "other.example"), resolve=lambda *_: ["127.0.0.1"])
        assert len(server.got) == 1


def test_nobody_listens() -> None:
    with Receiver() as free:
        port = free.server_port
    with pytest.raises(NoAnswer, match="no connection"):
        send(f"http://127.0.0.1:{port}/")


def test_a_name_without_address() -> None:
    with pytest.raises(NoAnswer, match="no address"):
        send("https://tally.invalid/", local=False)


def test_a_trickle_does_not_hold_the_sender() -> None:
    """A header every moment keeps each single wait short, but not the whole."""

    class Trickle(Handler):
        def do_POST(self) -> None:
            try:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                for number in range(600):
                    self.wfile.write(b"X-%d: a\r\n" % number)
                    time.sleep(0.1)
            except OSError:
                return

    server = Receiver()
    server.RequestHandlerClass = Trickle
    with serving(server):
        began = time.monotonic()
        with pytest.raises(NoAnswer, match="within 1 s"):
            send(f"http://127.0.0.1:{server.server_port}/", timeout=1)
        assert time.monotonic() - began < 8
