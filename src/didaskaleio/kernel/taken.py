"""Μοναδικότητα: what the database refuses because somebody was first is told to the person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from didaskaleio.kernel.errors import Refusal


@contextmanager
def unless_taken(refusal: Refusal) -> Iterator[None]:
    """Do the body wholly, or nothing of it and raise ``refusal`` where a constraint stands against.

    Holds also when two people do it at the same moment, which no question asked before can.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise refusal from error
