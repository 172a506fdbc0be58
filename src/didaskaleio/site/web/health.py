"""Κατάσταση (health) for proxies and orchestrators: whether this process lives, and may serve."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from didaskaleio.kernel.web.guard import public
from didaskaleio.kernel.web.http import Request

PLAIN = "text/plain; charset=utf-8"


@public
@require_safe
@never_cache
def alive(_request: Request) -> HttpResponse:
    """This process answers; the database is not asked, so that its absence restarts nobody."""
    return HttpResponse("ok\n", content_type=PLAIN)


@public
@require_safe
@never_cache
def ready(_request: Request) -> HttpResponse:
    """This process reaches its database; 503 while it does not, so that nobody is sent here."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database\n", content_type=PLAIN, status=503)
    return HttpResponse("ok\n", content_type=PLAIN)


urlpatterns = [
    path("healthz", alive, name="healthz"),
    path("readyz", ready, name="readyz"),
]
