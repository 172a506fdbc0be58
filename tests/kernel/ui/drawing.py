"""Components drawn as a template draws them, and what the tests of several of them share."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from django.db.models import TextChoices
from django.template import Context, Template

from tests.markup import squeezed

HOSTILE = "<script>alert('ο')</script>\"&"
AT = datetime(2023, 2, 15, 14, 52, tzinfo=UTC)
SOON = AT + timedelta(days=1, hours=22, minutes=8)


def drawn(source, **context):
    return squeezed(Template("{% load ui %}" + source).render(Context(context)))


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class Colour(TextChoices):
    DRAFT = "draft", "Πρόχειρο"
    SENT = "sent", "Υποβλήθηκε"


class ToyCycle:
    states = Colour

    def kind(self, state):
        return {"sent": "info"}.get(state, "")
