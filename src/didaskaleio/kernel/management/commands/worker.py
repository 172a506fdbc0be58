"""The worker (εργάτης): runs the jobs and fires what is due by the clock."""

from __future__ import annotations

import logging
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from procrastinate.contrib.django import app

from didaskaleio.kernel import clock, lifecycle

log = logging.getLogger(__name__)


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
            worker.run_worker(concurrency=options["concurrency"], fetch_job_polling_interval=2)
        finally:
            stop.set()
            ticker.join(timeout=10)


def tick(stop: threading.Event, seconds: float) -> None:
    """Fire what is due, again and again; a fault is logged and the next round tries anew."""
    while not stop.wait(seconds):
        close_old_connections()
        try:
            lifecycle.pass_time(clock.now())
        except Exception:
            log.exception("timed steps failed; trying again in %s s", seconds)
