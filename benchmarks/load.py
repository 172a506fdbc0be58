"""A load generator that costs little: raw asyncio, one keep-alive connection a client."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass


@dataclass
class Answer:
    """What came back: who asked, status, target of the redirect, seconds that it took."""

    key: object
    status: int
    location: str
    took: float


@dataclass
class Ask:
    """One request, ready to be written."""

    key: object
    raw: bytes


def post(key: object, path: str, cookies: str, body: str, port: int) -> Ask:
    """A form posted to ``path``."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookies}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return Ask(key, (head + body).encode())


def get(key: object, path: str, cookies: str, port: int) -> Ask:
    """A page asked for."""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookies}\r\n\r\n"
    return Ask(key, head.encode())


def run(asks: list[Ask], clients: int, port: int) -> tuple[list[Answer], float]:
    """Send all of them, each client its share one by one; answers and seconds."""
    return asyncio.run(_run(asks, clients, port))


async def _run(asks: list[Ask], clients: int, port: int) -> tuple[list[Answer], float]:
    answers: list[Answer] = []
    start = time.perf_counter()
    shares = [asks[client::clients] for client in range(clients)]
    await asyncio.gather(*(_client(share, answers, port) for share in shares))
    return answers, time.perf_counter() - start


async def _client(asks: list[Ask], answers: list[Answer], port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for ask in asks:
        start = time.perf_counter()
        writer.write(ask.raw)
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        names = {}
        for line in lines[1:]:
            name, _, value = line.partition(": ")
            names[name.lower()] = value
        if "content-length" in names:
            await reader.readexactly(int(names["content-length"]))
        elif names.get("transfer-encoding") == "chunked":
            await _chunks(reader)
        took = time.perf_counter() - start
        answers.append(Answer(ask.key, int(lines[0].split()[1]), names.get("location", ""), took))
    writer.close()
    await writer.wait_closed()


async def _chunks(reader: asyncio.StreamReader) -> None:
    while size := int(await reader.readuntil(b"\r\n"), 16):
        await reader.readexactly(size + 2)
    await reader.readexactly(2)
