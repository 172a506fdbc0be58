"""Deployment checks (έλεγχοι εγκατάστασης) of room connectors."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def myschool_is_secure(**_kwargs: Any) -> list[CheckMessage]:
    """Το MySchool μιλά https και μας γνωρίζει: teachers' records and our token go there."""
    if settings.DEMO or not settings.MYSCHOOL:
        return []
    found: list[CheckMessage] = []
    if urlsplit(settings.MYSCHOOL).scheme != "https":
        words = "Η διεύθυνση του MySchool δεν είναι https: στοιχεία και κλειδί περνούν ανοιχτά."
        hint = "Ορίστε DIDASKALEIO_MYSCHOOL=https://…"
        found.append(Error(words, hint=hint, id="connectors.E001"))
    if not settings.MYSCHOOL_TOKEN:
        words = "Δεν έχει οριστεί κλειδί για το MySchool: κάθε λήψη θα απορριφθεί."
        hint = "Ορίστε DIDASKALEIO_MYSCHOOL_TOKEN με το κλειδί που έδωσε η υπηρεσία."
        found.append(Error(words, hint=hint, id="connectors.E002"))
    return found
