"""The request as our doors receive it, for the type checker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from didaskaleio.kernel.access import Actor


class Request(HttpRequest):
    """A request after the middleware: who acts, and at which moment."""

    actor: Actor
    at: datetime
    htmx: HtmxDetails


MOST_DIGITS = 18  # what the database keeps as a number


def number(text: str) -> int | None:
    """The number that a client sent; None where it is none, or longer than any number here."""
    known = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if known else None


def numbers(texts: Iterable[str]) -> list[int]:
    """The numbers among what a client sent."""
    return [found for text in texts if (found := number(text)) is not None]
