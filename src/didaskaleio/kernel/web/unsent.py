"""Ανυπόβλητη φόρμα (unsent form): what was posted after the session ended, kept over the login.

Works without scripts. It is kept only for the person whose browser it is, known by a signed
cookie of the last login here, which a sign-out takes away; for an hour; without files.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.urls import reverse

from didaskaleio.kernel.web.http import Request
from didaskaleio.kernel.web.middleware import page_before

KEY = "unsent"
COOKIE = f"lately{settings.COOKIE_MARK}"
LATELY = timedelta(days=2)
KEPT = timedelta(hours=1)
MOST_FIELDS, MOST_TEXT = 2_000, 200_000
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
NEVER = ("csrfmiddlewaretoken",)


def remember(response: HttpResponseBase, person_id: int) -> None:
    """Note in the browser who signed in here last."""
    response.set_signed_cookie(
        COOKIE,
        str(person_id),
        salt=KEY,
        max_age=LATELY,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase) -> None:
    """The person signs out: nobody's forms are kept in this browser any more."""
    response.delete_cookie(COOKIE, samesite="Lax")


def keep(request: Request) -> str:
    """Keep the posted form; the address that offers it again, or "" when it is not kept."""
    who = request.get_signed_cookie(COOKIE, default="", salt=KEY, max_age=LATELY)
    by_script = "application/json" in request.headers.get("Accept", "")  # it keeps its own
    if not who or by_script or request.content_type not in FORMS:
        return ""
    fields = [(name, texts) for name, texts in request.POST.lists() if name not in NEVER]
    if _unfit(fields):
        return ""
    request.session[KEY] = {
        "who": int(who),
        "path": request.get_full_path(),
        "back": page_before(request),
        "fields": fields,
        "files": bool(request.FILES),
        "until": (request.at + KEPT).isoformat(),
    }
    return reverse("kernel:unsent")


def _unfit(fields: list[tuple[str, list[str]]]) -> bool:
    texts = [name + text for name, values in fields for text in values]
    secret = any("password" in name for name, _ in fields)
    return secret or len(texts) > MOST_FIELDS or sum(map(len, texts)) > MOST_TEXT


def kept(request: Request) -> dict[str, Any] | None:
    """The form that waits for this person, if any: path, back, fields, files."""
    found: dict[str, Any] | None = request.session.get(KEY)
    if found is None:
        return None
    mine = found["who"] == request.actor.user_id
    if not mine or datetime.fromisoformat(found["until"]) < request.at:
        drop(request)
        return None
    return found


def drop(request: Request) -> None:
    """Keep the form no longer."""
    request.session.pop(KEY, None)
