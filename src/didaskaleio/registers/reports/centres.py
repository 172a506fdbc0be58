"""Report of training centres (αναφορά Κ.Σ.Ε.)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.registers import places
from didaskaleio.registers.enums import CentreStanding
from didaskaleio.registers.reports.filters import prefectures, within
from didaskaleio.structures.models import TrainingCentre


def _standings(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(one.value), str(one.label)) for one in CentreStanding]


def _kinds(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(one.value), str(one.label)) for one in TrainingCentre.Kind]


def _centres(actor: Actor, at: datetime, values: dict[str, str]) -> QuerySet[TrainingCentre]:
    """The centres of the actor's rights; their standing depends on the day, so it narrows here."""
    mine = access.visible(actor, "centre.read", TrainingCentre.objects.all())
    state = values.get("state", "")
    state = state if state in CentreStanding.values else ""
    return places.asked(mine, day=localdate(at), state=state)


declare(
    Report(
        name="registers.centres",
        title="Μητρώο Κ.Σ.Ε.",
        permission="centre.desk",
        columns=(
            Column("code", "Κωδικός", order="code"),
            Column("name", "Κέντρο", order="sort_key"),
            Column("kind", "Νομική μορφή", lambda row: row.get_kind_display(), order="kind"),
            Column("prefecture", "Νομός", "prefecture.name", order="prefecture__sort_key"),
            Column("town", "Πόλη", order="town"),
            Column("body", "Φορέας", "body.short_name", order="body__short_name"),
            Column("from", "Έγκριση από", "approved_from", kind="date", order="approved_from"),
            Column("until", "Έγκριση έως", "approved_until", kind="date", order="approved_until"),
            Column("rooms", "Αίθουσες", "many_rooms", kind="number", order="many_rooms"),
            Column("labs", "Εργαστήρια", "labs", kind="number", order="labs", total=True),
            Column("seats", "Θέσεις", "seats", kind="number", order="seats", total=True),
        ),
        rows=_centres,
        filters=(
            Filter("prefecture", "Νομός", prefectures, within("prefecture_id")),
            Filter("kind", "Νομική μορφή", _kinds, within("kind")),
            Filter("state", "Έγκριση", _standings, lambda rows, _value: rows),
        ),
        search=places.named,
    )
)
