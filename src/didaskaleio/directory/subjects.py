"""Subjects (θέματα αναφορών) of room directory: terms of office."""

from __future__ import annotations

from didaskaleio.directory.enums import EndedBy, OfficeKind, TermState
from didaskaleio.directory.models import Term
from didaskaleio.kernel.subjects import Field, Subject, declare, person

TERMS = declare(
    Subject(
        name="directory.terms",
        title="Θητείες σε δομές",
        model=Term,
        permission="term.page",
        fields=(
            Field("person", "Πρόσωπο", made=person("person")),
            Field("structure", "Δομή", "office__structure__name"),
            Field("type", "Τύπος δομής", "office__structure__type__abbreviation"),
            Field("prefecture", "Νομός", "office__structure__prefecture__name"),
            Field("office", "Θέση", "office__kind", "choice", choices=tuple(OfficeKind.choices)),
            Field("state", "Κατάσταση", kind="choice", choices=tuple(TermState.choices)),
            Field("begins_at", "Έναρξη", kind="moment"),
            Field("ends_at", "Λήξη", kind="moment"),
            Field("ended_by", "Πώς έληξε", kind="choice", choices=tuple(EndedBy.choices)),
        ),
        order=("-begins_at", "pk"),
    )
)
