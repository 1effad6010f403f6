"""Where an http(s) address leads, looked at before anything is sent there.

A name is resolved once, and each of its addresses must be public. What connects takes these very addresses, so that no second
answer of a name server leads elsewhere (DNS rebinding). It does not matter how a host is spelt (``2130706433``, ``0x7f.1``).
"""

import base64
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from ontology.errors import IrkgError, UnreachableError, UsageError

PRIVATE_SETTING = "IRKG_PRIVATE_ADDRESSES"
_HOST = re.compile(r"[A-Za-z0-9._~-]+|[0-9A-Fa-f:.]+(?:%[\w.-]+)?")
_LONGEST_HOST = 260  # a name of 253 characters, and a port
_ENDING_IN_IPV4 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("::/96"))  # NAT64, and IPv4-compatible


@dataclass(frozen=True, slots=True)
class Proxy:
    """The proxy that the environment names; it is the one that connects, and so what it lets through is its own affair."""

    host: str
    port: int
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a connection goes: the parts of an address, the IP addresses that were looked at, and the proxy, if any."""

    parts: SplitResult
    host: str
    port: int
    ips: tuple[str, ...]
    proxy: Proxy | None


def spot_of(address: str, *, private: bool) -> Spot:
    """Resolves an address.

    Raises:
        UsageError: it is not well formed.
        IrkgError: it is no public one, unless ``private``.
        UnreachableError: nobody knows its host.
    """
    parts = split(address)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    proxy = _proxy(parts.scheme, host)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise UsageError(f"{address}: is no well-formed address (no host has such a name); check it") from None
    except OSError as error:
        if proxy:  # a machine behind a proxy need not know the names of the world
            return Spot(parts, host, port, (), proxy)
        raise UnreachableError(f"{address}: can't be reached ({error.strerror or error}); check it, or save its text to a file") from None
    ips = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    inward = next((ip for ip in ips if not is_public(ip)), None)
    if inward is not None and not private:
        raise IrkgError(f"{address}: is at {inward}, which is no public address; set {PRIVATE_SETTING}=1 to allow it")
    return Spot(parts, host, port, ips, proxy)


def split(address: str) -> SplitResult:
    """The parts of an http(s) address.

    Raises:
        UsageError: it is of another kind, is not well formed, or holds a user's name.
    """
    try:
        parts = urlsplit(address)
        problem = _problem(address, parts)
    except ValueError as error:
        raise _malformed(address, str(error)) from None
    if problem:
        raise _malformed(address, problem)
    if "@" in parts.netloc:
        shown = parts._replace(netloc="…@" + parts.netloc.rpartition("@")[2]).geturl()  # no message holds a password
        raise UsageError(f"{shown}: an address with a user's name or password is not fetched; save its text to a file and name that")
    return parts


def is_public(ip: str) -> bool:
    """Is it an address of the open internet, and so is any that it carries within?"""
    address = ip_address(ip.partition("%")[0])
    return all(each.is_global and not each.is_multicast for each in (address, *_within(address)))


def _malformed(address: str, problem: str) -> UsageError:
    return UsageError(f"{address}: is no well-formed address ({problem}); write a blank as %20, and letters beyond ASCII likewise")


def _problem(address: str, parts: SplitResult) -> str:
    strange = next((sign for sign in address if not "!" <= sign <= "~"), None)
    if strange is not None:
        return f"it holds {strange!r}"
    if parts.scheme not in ("http", "https"):
        return "it is not http or https"
    if parts.port == 0 or len(parts.netloc) > _LONGEST_HOST or not _HOST.fullmatch(parts.hostname or ""):
        return "it names no host, or none that can be"
    return ""


def _within(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that an IPv6 one leads to by translation or through a tunnel."""
    if isinstance(address, IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in network for network in _ENDING_IN_IPV4):
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [each for each in found if each is not None]


def _proxy(scheme: str, host: str) -> Proxy | None:
    named = getproxies().get(scheme)
    if not named or proxy_bypass(host):
        return None
    parts = urlsplit(named if "://" in named else f"http://{named}")
    known = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else ""
    headers = {"Proxy-Authorization": f"Basic {base64.b64encode(known.encode()).decode()}"} if known else {}
    return Proxy(parts.hostname or "", parts.port or 80, headers)
