"""The worker (εργάτης): runs the jobs and fires what is due by the clock."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.jobs import DeleteJobCondition

from didaskaleio.kernel import clock, lifecycle, outage

log = logging.getLogger(__name__)
AGAIN = 3.0  # seconds between two attempts to reach the database
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Command(BaseCommand):
    help = "Run background jobs and timed steps until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2)
        parser.add_argument("--tick", type=float, default=5.0, help="seconds between timed steps")

    def handle(self, **options: Any) -> None:
        stop = threading.Event()
        ticker = threading.Thread(target=tick, args=(stop, options["tick"]), daemon=True)
        ticker.start()
        try:
            connector: Any = app.connector
            worker = app.with_connector(connector.get_worker_connector())
            asyncio.run(serve(worker, options["concurrency"]))
        finally:
            stop.set()
            ticker.join(timeout=10)


async def serve(worker: App, concurrency: int) -> None:
    """Run jobs until a signal asks for the end; a database that went away is waited for."""
    asked, loop = asyncio.Event(), asyncio.get_running_loop()

    def ask() -> None:
        asked.set()
        for number in SIGNALS:  # a second signal ends us at once
            loop.remove_signal_handler(number)

    for number in SIGNALS:
        loop.add_signal_handler(number, ask)
    while not asked.is_set():
        running = asyncio.create_task(_run(worker, concurrency))
        asking = asyncio.create_task(asked.wait())
        await asyncio.wait({running, asking}, return_when=asyncio.FIRST_COMPLETED)
        await _ended(running, asked)
        with suppress(TimeoutError):
            await asyncio.wait_for(asking, AGAIN)


async def _run(worker: App, concurrency: int) -> None:
    async with worker.open_async():
        await worker.run_worker_async(
            concurrency=concurrency,
            fetch_job_polling_interval=2,
            install_signal_handlers=False,
            delete_jobs=DeleteJobCondition.SUCCESSFUL,  # failed ones stay for whoever looks
        )


async def _ended(running: asyncio.Task[None], asked: asyncio.Event) -> None:
    """Let the running jobs come to their end; a fault that is no outage is raised."""
    if asked.is_set():
        running.cancel()
    with suppress(asyncio.CancelledError):
        try:
            await running
        except Exception as error:
            if not _lost(error):
                raise
            log.warning("the database went away; trying again in %s s: %s", AGAIN, error)


def _lost(error: BaseException | None) -> bool:
    while error is not None:
        if outage.database_away(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def tick(stop: threading.Event, seconds: float) -> None:
    """Fire what is due, again and again; a fault is logged and the next round tries anew."""
    while not stop.wait(seconds):
        close_old_connections()
        try:
            lifecycle.pass_time(clock.now())
        except Exception as error:
            if outage.database_away(error):
                log.warning("the database is away; timed steps wait %s s", seconds)
            else:
                log.exception("timed steps failed; trying again in %s s", seconds)
