"""Έτοιμα ερωτηματολόγια (shipped questionnaires): one for each kind of person who is asked."""

from __future__ import annotations

import json
from pathlib import Path

from didaskaleio.kernel.forms import exchange
from didaskaleio.kernel.forms.definition import Definition, Kind
from didaskaleio.surveys.enums import Audience

DATA = Path(__file__).parent / "data"
# a file, a table or a date would tell who answers
ALLOWED = frozenset({Kind.SCALE, Kind.MATRIX, Kind.CHOICE, Kind.CHOICES, Kind.TEXT, Kind.LONG_TEXT})


def definition(audience: Audience) -> Definition:
    """The questionnaire that the platform brings for this audience."""
    text = (DATA / f"{audience.value}.json").read_text(encoding="utf-8")
    return exchange.read(json.loads(text))


def telling(asked: Definition) -> list[str]:
    """The questions that would tell who answers: of another kind, or filled in beforehand."""
    return [q.label for q in asked.questions() if q.kind not in ALLOWED or q.prefill]
