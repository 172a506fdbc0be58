"""Μηνύματα (messages) to the next page: in a cookie, named like the other cookies of this place."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class _Cookie(CookieStorage):
    cookie_name = f"messages{settings.COOKIE_MARK}"


class Storage(FallbackStorage):
    """Short messages in a cookie, long ones in the session."""

    storage_classes = (_Cookie, SessionStorage)
