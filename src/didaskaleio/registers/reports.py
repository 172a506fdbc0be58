"""Reports (αναφορές) of room registers: candidacies received, centres, teachers, members."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.utils.timezone import localdate

from didaskaleio.kernel import access
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.fields import GreekKeyOf
from didaskaleio.kernel.forms import points
from didaskaleio.kernel.forms.definition import Question
from didaskaleio.kernel.reports import Choice, Column, Filter, Report, declare
from didaskaleio.people.models import Person
from didaskaleio.registers import judging, places, queries, teachers
from didaskaleio.registers.enums import (
    PASSED,
    RECEIVED,
    AssessmentState,
    CentreStanding,
    MemberState,
    ObjectionState,
)
from didaskaleio.registers.models import Assessment, Call, Candidacy, Membership, Objection
from didaskaleio.registers.wording import said
from didaskaleio.structures.models import Cluster, Prefecture, TrainingCentre

LATEST = 100


def _calls(actor: Actor, _at: datetime) -> list[Choice]:
    rows = access.visible(actor, "call.manage", Call.objects.filter(state__in=PASSED))
    return [(str(row.pk), f"{row} ({row.number})") for row in rows.order_by("-pk")[:LATEST]]


def _states(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(state.value), str(state.label)) for state in RECEIVED]


def _received(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Candidacy]:
    rows = access.visible(actor, "candidacy.read", Candidacy.objects.filter(state__in=RECEIVED))
    rows = rows.exclude(person_id=actor.user_id or 0)  # one's own are no business of the desk
    rows = rows.select_related("call", "person", "submission")
    return rows.order_by("-call_id", "person__sort_key", "pk")


def _in(column: str) -> Any:
    return lambda rows, value: rows.filter(**{column: value})


def _named(rows: QuerySet[Candidacy], text: str) -> QuerySet[Candidacy]:
    return rows.filter(person__sort_key__contains=GreekKeyOf(Value(text.strip()[:60])))


declare(
    Report(
        name="registers.candidacies",
        title="Υποψηφιότητες που παρέλαβε ο φορέας",
        permission="call.desk",
        columns=(
            Column("call", "Πρόσκληση", "call.title", order="call_id"),
            Column("code", "Κωδικός", order="code"),
            Column("person", "Πρόσωπο", lambda row: str(row.person), order="person__sort_key"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("version", "Έκδοση", "submission.version", kind="number"),
            Column("at", "Υποβλήθηκε", "submission.at", kind="moment", order="submission__at"),
            Column("points", "Μόρια που δηλώθηκαν", "submission.total", kind="points"),
            Column("verdict", "Αιτιολογία"),
        ),
        rows=_received,
        filters=(
            Filter("call", "Πρόσκληση", _calls, _in("call_id")),
            Filter("state", "Κατάσταση", _states, _in("state")),
        ),
        search=_named,
    )
)


def _standings(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(one.value), str(one.label)) for one in CentreStanding]


def _kinds(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(one.value), str(one.label)) for one in TrainingCentre.Kind]


def _prefectures(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(row.pk), row.name) for row in Prefecture.objects.order_by("sort_key")]


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
            Filter("prefecture", "Νομός", _prefectures, _in("prefecture_id")),
            Filter("kind", "Νομική μορφή", _kinds, _in("kind")),
            Filter("state", "Έγκριση", _standings, lambda rows, _value: rows),
        ),
        search=places.named,
    )
)


def _teachers(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Any]:
    seen = access.visible(actor, "teacher_record.read", Person.objects.all())
    return teachers.with_figures(teachers.trained(seen), actor).order_by("sort_key", "pk")


def _held(actor: Actor, _at: datetime) -> list[Choice]:
    return list(teachers.held_kinds(actor))


def _named_person(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(sort_key__contains=GreekKeyOf(Value(text.strip()[:60])))


declare(
    Report(
        name="registers.teachers",
        title="Μητρώο επιμορφωμένων και πιστοποιημένων εκπαιδευτικών",
        permission="teacher_record.desk",
        columns=(
            Column("person", "Εκπαιδευτικός", str, order="sort_key"),
            Column("specialty", "Ειδικότητα", "teacher.specialty.code", order="teacher__specialty"),
            Column("attested", "Βεβαιώσεις", kind="number", order="attested", total=True),
            Column("latest", "Τελευταία", kind="moment", order="latest"),
            Column("held", "Κατέχει", teachers.held_words),
        ),
        rows=_teachers,
        filters=(Filter("holds", "Κατέχει", _held, teachers.narrowed),),
        search=_named_person,
        note="Ο φορέας βλέπει μόνο τις βεβαιώσεις που εξέδωσε ο ίδιος.",
    )
)


def _objections(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Objection]:
    rows = access.visible(actor, "objection.read", Objection.objects.all())
    return rows.select_related("call", "candidacy").order_by("-call_id", "at", "pk")


# Assessments --------------------------------------------------------------------------------------


def _assessed(actor: Actor, _at: datetime, _values: dict[str, str]) -> QuerySet[Assessment]:
    rows = access.visible(actor, "assessment.release", Assessment.objects.all())
    rows = rows.exclude(candidacy__person_id=actor.user_id or 0)
    rows = rows.select_related("call__form", "candidacy__submission", "person")
    return rows.order_by("-call_id", "person__sort_key", "candidacy__code", "pk")


def _allowed(row: Assessment) -> Decimal | None:
    """The points after the judgement; none before it is submitted."""
    submission, form = row.candidacy.submission, row.call.form
    if row.submitted_at is None or submission is None or form is None:
        return None
    ceilings = judging.ceilings(row.verdicts)
    return points.score(form.parsed(), submission.values, ceilings).points


def _assessment_states(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(value), str(label)) for value, label in AssessmentState.choices]


def _assessor(rows: QuerySet[Assessment], text: str) -> QuerySet[Assessment]:
    return rows.filter(person__sort_key__contains=GreekKeyOf(Value(text.strip()[:60])))


declare(
    Report(
        name="registers.objections",
        title="Ενστάσεις",
        permission="objection.desk",
        columns=(
            Column("call", "Πρόσκληση", "call.title", order="call_id"),
            Column("number", "Ένσταση", "receipt_number", order="receipt_number"),
            Column("code", "Κωδικός", "candidacy.code", order="candidacy__code"),
            Column("at", "Υποβλήθηκε", kind="moment", order="at"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("effect", "Αποτέλεσμα", lambda row: row.get_effect_display(), order="effect"),
            Column("decided_at", "Κρίθηκε", kind="moment", order="decided_at"),
        ),
        rows=_objections,
        filters=(
            Filter("call", "Πρόσκληση", _calls, _in("call_id")),
            Filter(
                "state",
                "Κατάσταση",
                lambda _actor, _at: [(str(one.value), str(one.label)) for one in ObjectionState],
                _in("state"),
            ),
        ),
    )
)
declare(
    Report(
        name="registers.assessments",
        title="Αξιολογήσεις υποψηφιοτήτων",
        permission="call.desk",
        columns=(
            Column("call", "Πρόσκληση", "call.title", order="call_id"),
            Column("person", "Αξιολογητής", lambda r: str(r.person), order="person__sort_key"),
            Column("code", "Κωδικός υποψηφιότητας", "candidacy.code", order="candidacy__code"),
            Column("state", "Κατάσταση", lambda r: r.get_state_display(), order="state"),
            Column("assigned", "Ανατέθηκε", "assigned_at", kind="moment", order="assigned_at"),
            Column("at", "Υποβλήθηκε", "submitted_at", kind="moment", order="submitted_at"),
            Column("claimed", "Μόρια που δηλώθηκαν", "candidacy.submission.total", kind="points"),
            Column("allowed", "Μόρια μετά την κρίση", _allowed, kind="points"),
        ),
        rows=_assessed,
        filters=(
            Filter("call", "Πρόσκληση", _calls, _in("call_id")),
            Filter("state", "Κατάσταση", _assessment_states, _in("state")),
        ),
        search=_assessor,
    )
)


def _registers(actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(row.pk), row.title) for row in queries.registers_found(actor)]


def _member_states(_actor: Actor, _at: datetime) -> list[Choice]:
    return [(str(one.value), str(one.label)) for one in MemberState]


def _clusters(_actor: Actor, at: datetime) -> list[Choice]:
    rows = Cluster.objects.filter(scheme__valid_from__lte=localdate(at))
    rows = rows.filter(Q(scheme__valid_until=None) | Q(scheme__valid_until__gte=localdate(at)))
    return [(str(row.pk), str(row)) for row in rows.order_by("-scheme__level", "order")]


def _weekdays(_actor: Actor, _at: datetime) -> list[Choice]:
    return list(queries.WEEKDAYS.items())


def _members(actor: Actor, at: datetime, values: Mapping[str, str]) -> QuerySet[Any]:
    """The members of the actor's registers, narrowed by place, subject and free day."""
    rows = access.visible(actor, "membership.find", Membership.objects.all())
    rows = queries.with_place(rows, localdate(at)).exclude(state=MemberState.REMOVED)
    if values.get("cluster", "").isdecimal():
        rows = queries.in_cluster(rows, int(values["cluster"]))
    if values.get("prefecture", "").isdecimal():
        rows = queries.in_prefecture(rows, int(values["prefecture"]), localdate(at))
    if values.get("day", "") in queries.WEEKDAYS:
        rows = queries.free_on(rows, queries.registers_found(actor), values["day"])
    return rows.order_by("person__sort_key", "pk")


def _asked_above(rows: QuerySet[Any], _value: str) -> QuerySet[Any]:
    """Narrowed already by ``rows``, which knows the day and the actor."""
    return rows


def _fields(actor: Actor, _at: datetime, values: Mapping[str, str]) -> list[Column]:
    """The fields of the chosen register, each a column."""
    chosen = values.get("register", "")
    if not chosen.isdecimal():
        return []
    register = queries.registers_found(actor).filter(pk=int(chosen)).first()
    return [_field(one) for one in register.fields().questions()] if register else []


def _field(asked: Question) -> Column:
    return Column(
        f"field-{asked.key}", asked.label, lambda row: said(asked, row.values.get(asked.key))
    )


PLACES = (
    Filter("cluster", "Συστάδα", _clusters, _asked_above),
    Filter("prefecture", "Νομός", _prefectures, _asked_above),
)
declare(
    Report(
        name="registers.members",
        title="Μέλη μητρώων",
        permission="membership.desk",
        columns=(
            Column("person", "Μέλος", lambda row: str(row.person), order="person__sort_key"),
            Column("number", "Αριθμός", order="number"),
            Column("register", "Μητρώο", "register.title", order="register__sort_key"),
            Column("state", "Κατάσταση", lambda row: row.get_state_display(), order="state"),
            Column("until", "Ισχύει έως", "valid_until", kind="moment", order="valid_until"),
            Column("prefecture", "Νομός", "place", order="place"),
            Column("clusters", "Συστάδες", queries.clusters_of),
        ),
        rows=_members,
        filters=(
            Filter("register", "Μητρώο", _registers, _in("register_id")),
            Filter("state", "Κατάσταση", _member_states, _in("state")),
            *PLACES,
            Filter("day", "Ημέρα που διαθέτει", _weekdays, _asked_above),
        ),
        search=_named,
        shape=_fields,
        note="Διαλέξτε μητρώο για να φανούν και τα στοιχεία των μελών του.",
    )
)


def _tally(actor: Actor, at: datetime, values: dict[str, str]) -> QuerySet[Any]:
    """How many members stand, by register and prefecture of service."""
    rows = _members(actor, at, values).order_by().values("register", "register__title", "place")
    counted: QuerySet[Any] = rows.annotate(
        active=Count("pk", filter=Q(state=MemberState.ACTIVE)),
        expiring=Count("pk", filter=Q(state=MemberState.EXPIRING)),
        expired=Count("pk", filter=Q(state=MemberState.EXPIRED)),
        suspended=Count("pk", filter=Q(state=MemberState.SUSPENDED)),
        every=Count("pk"),
    )
    return counted.order_by("register__title", "place")


def _sum(name: str, title: str) -> Column:
    return Column(name, title, kind="number", order=name, total=True)


declare(
    Report(
        name="registers.tally",
        title="Μέλη μητρώων ανά νομό",
        permission="membership.desk",
        columns=(
            Column("register", "Μητρώο", lambda row: row["register__title"]),
            Column("place", "Νομός", lambda row: row["place"] or "Χωρίς υπηρεσία"),
            _sum("active", "Ενεργά"),
            _sum("expiring", "Λήγουν σύντομα"),
            _sum("expired", "Έληξαν"),
            _sum("suspended", "Σε αναστολή"),
            _sum("every", "Σύνολο"),
        ),
        rows=_tally,
        filters=(
            Filter("register", "Μητρώο", _registers, _in("register")),
            PLACES[0],
            Filter("day", "Ημέρα που διαθέτει", _weekdays, _asked_above),
        ),
        key="register",
    )
)
