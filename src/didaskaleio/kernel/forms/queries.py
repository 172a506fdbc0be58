"""Questions about forms: lists with their newest version, the version that a page shows."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from didaskaleio.kernel.forms.models import Form, FormState, FormVersion


def listed(forms: QuerySet[Form]) -> QuerySet[Form]:
    """Forms by title, each with the numbers of its draft and of its published version."""
    versions = FormVersion.objects.filter(form=OuterRef("pk"))
    return forms.annotate(
        draft=Subquery(versions.filter(state=FormState.DRAFT).values("number")[:1]),
        published=Subquery(versions.filter(state=FormState.PUBLISHED).values("number")[:1]),
    ).order_by("sort_key", "pk")


def shown(form: Form, number: int | None = None) -> FormVersion | None:
    """The version asked for; else the draft, the published one, or the newest."""
    versions = list(form.versions.all())
    if number is not None:
        return next((one for one in versions if one.number == number), None)
    by_state = {one.state: one for one in reversed(versions)}
    return (
        by_state.get(FormState.DRAFT) or by_state.get(FormState.PUBLISHED) or versions[0]
        if versions
        else None
    )


def draft(form: Form) -> FormVersion | None:
    """The version that is being written."""
    return form.versions.filter(state=FormState.DRAFT).first()


def published(form: Form) -> FormVersion | None:
    """The version to which new answers are given."""
    return form.versions.filter(state=FormState.PUBLISHED).first()
