"""Who asks, by address, and how often one address may do something."""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Container

from classroom import bounds
from classroom.refusals import RefusedError


def address_of(host: str, forwarded: str = "") -> str:
    """Address that counts as one person's: of IPv6 the half that names a network.

    Parameters
    ----------
    host : str
        Who has connected.
    forwarded : str
        For whom, where that is a proxy on this machine. Servers trust one that connects from
        ``127.0.0.1`` or ``::1``; a socket for both kinds of addresses shows it as neither.

    Examples
    --------
    >>> address_of("::ffff:127.0.0.1", "10.0.0.7, 10.0.0.8"), address_of("2001:db8::5")
    ('10.0.0.8', '2001:db8::')
    """
    try:
        found = ipaddress.ip_address(host)
        if isinstance(found, ipaddress.IPv6Address):
            found = found.ipv4_mapped or found
        if found.is_loopback and forwarded:
            return address_of(forwarded.rpartition(",")[2].strip())
    except ValueError:
        return host[:64]
    if isinstance(found, ipaddress.IPv4Address) or found.is_loopback:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False).network_address)


class Addresses:
    """Counts what addresses do, of as many as are remembered.

    Parameters
    ----------
    most : int
        How often an address may do it within `bounds.WINDOW`.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._done: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def count(self, address: str) -> None:
        """Count one more.

        Raises
        ------
        RefusedError
            If it was too often.

        Examples
        --------
        >>> Addresses(most=1).count("10.0.0.1")
        """
        now = time.monotonic()
        began, n = self._done.pop(address, (now, 0))
        if now - began > bounds.WINDOW:
            began, n = now, 0
        self._done[address] = began, n + 1
        while len(self._done) > bounds.ADDRESSES:
            self._done.popitem(last=False)
        if n >= self._most:
            raise RefusedError("too_often", 429)


class Held:
    """Open classes by the address that opened them.

    Parameters
    ----------
    most : int
        How many an address may have.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._opened: dict[str, str] = {}

    def check(self, address: str, still: Container[str]) -> None:
        """Forget classes that are not open any more.

        Raises
        ------
        RefusedError
            If an address has as many as it may have.
        """
        self._opened = {code: by for code, by in self._opened.items() if code in still}
        if list(self._opened.values()).count(address) >= self._most:
            raise RefusedError("too_often", 429)

    def add(self, address: str, code: str) -> None:
        """An address has opened a class.

        Examples
        --------
        >>> held = Held(most=1)
        >>> held.add("10.0.0.1", "ABC234")
        >>> held.check("10.0.0.1", still=())
        """
        self._opened[code] = address
