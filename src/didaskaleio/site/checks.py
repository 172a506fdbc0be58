"""Deployment checks (έλεγχοι εγκατάστασης) of the whole: secret, public address, demonstration."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.http.request import validate_host

SHORTEST, FEWEST = 40, 12
A_NEW_SECRET = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"  # noqa: S105


@register(Tags.security, deploy=True)
def demonstration_is_off(**_kwargs: Any) -> list[CheckMessage]:
    """Η λειτουργία επίδειξης είναι κλειστή: its clock moves and its passwords are known."""
    if not settings.DEMO:
        return []
    words = "Η λειτουργία επίδειξης είναι ανοιχτή: ρολόι που μετακινείται, γνωστοί κωδικοί."
    hint = "Αφαιρέστε τη μεταβλητή DIDASKALEIO_DEMO και ορίστε DATABASE_URL."
    return [Error(words, hint=hint, id="site.E001")]


@register(Tags.security, deploy=True)
def secret_is_strong(**_kwargs: Any) -> list[CheckMessage]:
    """Το μυστικό κλειδί δεν μαντεύεται: sessions and the secrets of draws rest on it."""
    secret = str(settings.SECRET_KEY)
    if settings.DEMO or (len(secret) >= SHORTEST and len(set(secret)) >= FEWEST):
        return []
    words = (
        "Το DIDASKALEIO_SECRET_KEY είναι αδύναμο: με αυτό φυλάσσονται οι συνεδρίες και τα "
        "μυστικά των κληρώσεων."
    )
    hint = f"Φτιάξτε άλλο, τυχαίο, με {SHORTEST} χαρακτήρες και πάνω: {A_NEW_SECRET}"
    return [Error(words, hint=hint, id="site.E002")]


@register(Tags.security, deploy=True)
def address_is_secure(**_kwargs: Any) -> list[CheckMessage]:
    """Η δημόσια διεύθυνση είναι https και απαντάται: links in mail and QR codes lead there."""
    if settings.DEMO:
        return []
    found: list[CheckMessage] = []
    address = urlsplit(settings.BASE_URL)
    if address.scheme != "https":
        words = (
            f"Η δημόσια διεύθυνση {settings.BASE_URL} δεν είναι https: κωδικοί και στοιχεία "
            "περνούν ανοιχτά από το δίκτυο."
        )
        hint = "Ορίστε DIDASKALEIO_BASE_URL=https://… και πιστοποιητικό στον διαμεσολαβητή."
        found.append(Error(words, hint=hint, id="site.E003"))
    if not validate_host(address.hostname or "", settings.ALLOWED_HOSTS):
        words = f"Ο διακομιστής δεν απαντά στο όνομα «{address.hostname}» της διεύθυνσής του."
        hint = "Προσθέστε το στο DIDASKALEIO_HOSTS."
        found.append(Error(words, hint=hint, id="site.E004"))
    return found
