"""The request as our doors receive it, for the type checker."""

from __future__ import annotations

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
