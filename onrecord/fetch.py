"""Fetching from another host: only where the operator allows it, never further than they mean.

Of each address the name is looked up once, what it leads to is checked, and the connection is
made to exactly that, so that no second look-up can lead elsewhere.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from onrecord.errors import Forbidden, Unreachable
from onrecord.unsigned import unsigned

_PORTS: Final = {"http": 80, "https": 443}
_REDIRECTS: Final = 3
_CHUNK: Final = 65_536  # bytes
# how a server says that it packs, and how the name of a file ends that is packed like that
_PACKED: Final = {
    "br": ".br", "compress": ".z", "deflate": ".zz", "gzip": ".gz", "x-gzip": ".gz",
    "zstd": ".zst",
}  # fmt: skip
_EMBEDDING: Final = ipaddress.ip_network("64:ff9b::/96")  # NAT64 (RFC 6052)
# what Python 3.11 takes for public: protocol assignments, old relays and site-local addresses,
# local NAT64, documentation (IANA's registries of special-purpose addresses)
_SPECIAL: Final = tuple(
    map(
        ipaddress.ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "fec0::/10", "64:ff9b:1::/48", "3fff::/20"),
    )
)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: its bytes, their media type, and the address after redirects."""

    body: bytes
    media_type: str
    url: str


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches what begins with one of the allowed addresses, within limits."""

    allowed: Sequence[str] = ()
    seconds: float = 20
    most: int = 50_000_000  # bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    def fetch(
        self, url: str, accept: str, form: bytes | None = None, until: float | None = None
    ) -> Fetched:
        """Return what is at an address; with a form, what is answered to it.

        `until` is when to give up (`time.monotonic`), if before what the fetcher itself allows.
        Raises Forbidden where it may not go, Unreachable where nothing comes of it.
        """
        until = self.deadline() if until is None else min(until, self.deadline())
        first = url
        for _ in range(_REDIRECTS + 1):
            try:
                response = self._asked(url, accept, form, until)
            except Forbidden as error:
                led = "" if url == first else f"; {unsigned(first)} led there"
                raise Forbidden(f"{error}{led}") from error
            if isinstance(response, Fetched):
                return response
            try:
                url = urljoin(url, response)
            except ValueError as error:
                reason = f"redirects to {unsigned(response)!r}: {error}"
                raise Unreachable(about(url, reason)) from error
        raise Unreachable(about(url, f"more than {_REDIRECTS} redirects"))

    def deadline(self) -> float:
        """Return when what begins now has to be done."""
        return time.monotonic() + self.seconds

    def _asked(self, url: str, accept: str, form: bytes | None, until: float) -> Fetched | str:
        """Return the answer, or the address to which it redirects."""
        parts = _parts(url)
        address = _checked(parts, self._entry(url, parts))
        connection = _Pinned(parts, address, self._left(url, until))
        try:
            target = _target(parts)
            headers = {"Accept": accept, "User-Agent": "onrecord", **self.headers}
            if form is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("GET" if form is None else "POST", target, form, headers)
            plug = connection.sock  # which the connection lets go of when the other side does
            response = connection.getresponse()
            further = response.headers.get("Location")
            if further and response.status in (301, 302, 303, 307, 308):
                return further
            if response.status != 200:
                raise Unreachable(about(url, f"answered {response.status} {response.reason}"))
            packed = response.headers.get("Content-Encoding", "")
            if _is_packed(packed, parts.path):
                reason = f"answers packed ({packed}), which was not asked for"
                raise Unreachable(about(url, reason))
            return Fetched(
                self._read(url, response, plug, until),
                response.headers.get_content_type(),
                url,
            )
        except TimeoutError as error:
            raise Unreachable(self._late(url)) from error
        except http.client.IncompleteRead as error:
            raise Unreachable(about(url, "the answer ended too early")) from error
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(about(url, error or type(error).__name__)) from error
        finally:
            connection.close()

    def _read(
        self,
        url: str,
        response: http.client.HTTPResponse,
        plug: socket.socket,
        until: float,
    ) -> bytes:
        pieces, size = [], 0
        while chunk := response.read1(_CHUNK):
            size += len(chunk)
            if size > self.most:
                most = f"{self.most:,} bytes (ONRECORD_FETCH_BYTES)"
                raise Unreachable(about(url, f"answers more than {most}"))
            pieces.append(chunk)
            plug.settimeout(self._left(url, until))
        if response.length:
            reason = f"the answer ended {response.length:,} bytes too early"
            raise Unreachable(about(url, reason))
        return b"".join(pieces)

    def _left(self, url: str, until: float) -> float:
        left = until - time.monotonic()
        if left <= 0:
            raise Unreachable(self._late(url))
        return left

    def _late(self, url: str) -> str:
        return about(url, f"took longer than {self.seconds:g} s (ONRECORD_FETCH_SECONDS)")

    def _entry(self, url: str, parts: SplitResult) -> SplitResult:
        """Return the entry of the allow-list under which an address falls; raises Forbidden."""
        for entry in self.allowed:
            known = urlsplit(entry)
            same = (known.scheme, known.hostname, _port(known)) == (
                parts.scheme,
                parts.hostname,
                _port(parts),
            )
            if same and _is_below(parts.path or "/", known.path or "/"):
                return known
        reason = "not on the list of addresses that may be fetched (ONRECORD_ALLOW)"
        raise Forbidden(about(url, reason))


def about(url: str, reason: object) -> str:
    """Return what is said of an address, without what is secret in it."""
    return f"{unsigned(url)}: {reason}"


def _parts(url: str) -> SplitResult:
    """Return the parts of an address of the web; raises Forbidden for any other."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise Forbidden(about(url, error)) from error
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        reason = "only http and https are fetched, and no user in the address"
        raise Forbidden(about(url, reason))
    if any(sign <= " " or sign == "\\" for sign in url) or _leads_up(parts.path):
        reason = "an address has no blanks, backslashes or steps upwards"
        raise Forbidden(about(url, reason))
    return parts


def _leads_up(path: str) -> bool:
    """Return whether a host may take a step of a path, however spelled, for one upwards."""
    steps = unquote(path).replace("\\", "/").split("/")
    return any(step.partition(";")[0] == ".." for step in steps)


def _is_packed(encoding: str, path: str) -> bool:
    """Return whether an answer is packed that is to be something else when unpacked.

    A packed file goes under its packing with many servers, and others misuse the field for a
    character set.
    """
    endings = (_PACKED.get(code.strip().lower()) for code in encoding.split(","))
    return any(ending and not path.lower().endswith(ending) for ending in endings)


def _target(parts: SplitResult) -> str:
    """Return what is asked of a host: path and query as a URI spells them (RFC 3987, 3.1)."""
    spelled = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    return quote(spelled, safe="!#$%&'()*+,/:;=?@[]~")


def _port(parts: SplitResult) -> int:
    return parts.port or _PORTS.get(parts.scheme, 0)


def _is_below(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(prefix if prefix.endswith("/") else f"{prefix}/")


def _checked(parts: SplitResult, entry: SplitResult) -> Address:
    """Return the address that a host's name leads to; raises Forbidden for one not public.

    An address that the operator wrote down as digits, or as localhost, they mean.
    """
    host = parts.hostname or ""
    try:
        found = socket.getaddrinfo(host, _port(parts), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{host}: {error}") from error
    addresses = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    is_meant = entry.hostname == "localhost" or _is_address(entry.hostname or "")
    for address in addresses:
        if not is_meant and not _is_public(address):
            raise Forbidden(f"{host}: leads to {address}, which is not a public address")
    return addresses[0]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(address: Address) -> bool:
    """Return whether an address, and one that it carries inside, is of the public internet."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _EMBEDDING:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if address.teredo or (inner and not _is_public(inner)):
            return False
        if inner and address.ipv4_mapped:
            return True
    is_special = any(address in network for network in _SPECIAL)
    return not (is_special or address.is_multicast or address.is_reserved) and address.is_global


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, under the name of a host."""

    def __init__(self, parts: SplitResult, address: Address, seconds: float) -> None:
        self.default_port = _PORTS[parts.scheme]
        super().__init__(parts.hostname or "", _port(parts), timeout=seconds)
        self._address = str(address)
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None

    def connect(self) -> None:
        """Connect to the address, and to no other that the name may lead to by now."""
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = (
            self._tls.wrap_socket(plain, server_hostname=self.host) if self._tls else plain
        )
