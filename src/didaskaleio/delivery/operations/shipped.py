"""Shipped forms (φόρμες της πλατφόρμας): each body begins with ours and may publish its own."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.forms.definition import Definition
from didaskaleio.kernel.forms.models import FormState, FormVersion
from didaskaleio.people.enums import Scope
from didaskaleio.structures.models import ImplementingBody


def current(body: ImplementingBody, code: str, shipped: Definition) -> Definition:
    """What would be asked now: of the body's published form, or of the shipped one."""
    found = _versions(body, code).filter(state=FormState.PUBLISHED).first()
    return found.parsed() if found else shipped


def _versions(body: ImplementingBody, code: str) -> QuerySet[FormVersion]:
    return FormVersion.objects.filter(
        form__scope=Scope.BODY, form__scope_id=body.pk, form__code=code
    )


def published(
    body: ImplementingBody, code: str, shipped: Definition, missing: Refusal, *, at: datetime
) -> FormVersion:
    """The body's published form of this code; the shipped one where the body never had any."""
    rows = _versions(body, code)
    found = rows.filter(state=FormState.PUBLISHED).first()
    if found is not None:
        return found
    if rows.exists():
        raise missing
    owner = forms.Owner(Scope.BODY, body.pk, body.short_name)
    draft = forms.begin(owner, code=code, definition=shipped, actor=SYSTEM, at=at)
    forms.publish(draft, actor=SYSTEM, at=at)
    return draft
