"""Acts that start at one moment, each in a thread and on a connection of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

from django.db import connection

from didaskaleio.kernel.clock import ATHENS
from didaskaleio.kernel.errors import Refusal

# when the officer and the call of the fixtures begin; the call is open for a day
NOW = datetime(2023, 1, 18, 10, tzinfo=ATHENS)


def at_once(acts):
    """Run all the acts from one barrier: what each returned or, where it was refused, the refusal.

    Anything else that is raised is raised here too.
    """
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(timeout=60)
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refusals(outcomes):
    """Those of the outcomes that are refusals, in the order of the acts."""
    return [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
