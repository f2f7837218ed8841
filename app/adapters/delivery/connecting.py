"""Connections to the outside, to the very address that was looked at (P-h6).

A name is asked for once for each connection. If any of the addresses that it leads to is none of the public internet, it
isn't opened at all; else the connection goes to one of those that were looked at, in their order. So an answer that is
another one a moment later (rebinding) changes nothing. The certificate has to fit the name, as ever.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import httpcore

from app.domain.events.addresses import Addresses

Resolve = Callable[[str, int], Awaitable[list[str]]]


class AddressRefused(httpcore.ConnectError):
    """The name leads to where nothing is sent to."""


async def ask_names(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system's resolver has them; an address is its own."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections for the pool, and only such as may be."""

    def __init__(
        self,
        addresses: Addresses,
        resolve: Resolve = ask_names,
        inner: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._addresses, self._resolve = addresses, resolve
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 the pool's own signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """See `httpcore`. `AddressRefused` where any of the addresses isn't one that may be connected to."""
        try:
            async with asyncio.timeout(timeout):
                found = await self._resolve(host, port)
        except TimeoutError:
            raise httpcore.ConnectTimeout from None
        except OSError:
            raise httpcore.ConnectError from None
        if not found or not all(self._addresses.lets_through(each) for each in found):
            raise AddressRefused
        for last, address in enumerate(found, 1):
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout=timeout, local_address=local_address, socket_options=socket_options
                )
            except httpcore.ConnectError:
                if last == len(found):
                    raise
        raise AddressRefused

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 the pool's own signature
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never."""
        raise AddressRefused

    async def sleep(self, seconds: float) -> None:
        """See `httpcore`."""
        await asyncio.sleep(seconds)
