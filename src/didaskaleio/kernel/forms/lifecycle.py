"""Life cycle of a version of a form (κύκλος ζωής έκδοσης φόρμας)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from didaskaleio.kernel.forms.models import FormState as S
from didaskaleio.kernel.forms.models import FormVersion
from didaskaleio.kernel.forms.soundness import problems
from didaskaleio.kernel.lifecycle import lifecycle, step


def _sound(version: Any, _at: datetime) -> str | None:
    found = problems(version.parsed())
    if not found:
        return None
    return f"Η φόρμα δεν είναι έτοιμη. {found[0].text}"


FORM_VERSION = lifecycle(
    "form_version",
    "Έκδοση φόρμας",
    S,
    step(
        "publish",
        S.DRAFT,
        S.PUBLISHED,
        needs="form_version.publish",
        label="Δημοσίευση",
        done="Δημοσιεύτηκε",
        guard=_sound,
    ),
    step(
        "retire",
        S.PUBLISHED,
        S.RETIRED,
        needs="form_version.publish",
        label="Απόσυρση",
        done="Αποσύρθηκε",
        reason=True,
        danger=True,
    ),
    kinds={S.DRAFT: "wait", S.PUBLISHED: "good"},
)
FORM_VERSION.model = FormVersion
