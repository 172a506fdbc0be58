"""Questionnaires of the story: rules from the start, answers after each programme, a dispatch."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from didaskaleio.kernel import lifecycle
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.forms import queries as versions
from didaskaleio.kernel.forms.definition import Kind, Question
from didaskaleio.programmes.models import Programme, TrainingPeriod
from didaskaleio.site.story.cast import Cast, actor
from didaskaleio.site.story.moments import BEGINNING, NOW, local
from didaskaleio.structures.models import ImplementingBody
from didaskaleio.surveys import operations
from didaskaleio.surveys.enums import Audience, Occasion
from didaskaleio.surveys.models import Questionnaire, Survey
from didaskaleio.surveys.occasions import sources
from didaskaleio.surveys.operations.launching import Span

SAID = (
    "Περισσότερο χρόνο για την εφαρμογή στην τάξη.",
    "Οι ζωντανές συναντήσεις ήταν το πιο χρήσιμο μέρος.",
    "Θα βοηθούσαν παραδείγματα από την ειδικότητά μου.",
    "Η συνεργασία με συναδέλφους άλλων σχολείων.",
    "Το υλικό μπορεί να γίνει συντομότερο.",
    "Να μείνει διαθέσιμο το υλικό και μετά το τέλος.",
)


def prepared(cast: Cast) -> None:
    """Five questionnaires of the body: four go out, one is still a draft."""
    body, by = ImplementingBody.objects.get(code="itye"), _officer(cast, BEGINNING)
    final = operations.begin(body, Audience.TRAINEE, code="axiologisi", **by)
    interim = operations.begin(
        body, Audience.TRAINEE, code="endiamesi", title="Ενδιάμεση αποτίμηση επιμόρφωσης", **by
    )
    trainers = operations.begin(body, Audience.TRAINER, code="apo-epimorfotes", **by)
    centres = operations.begin(body, Audience.CENTRE, code="apo-kse", **by)
    operations.begin(body, Audience.STAFF, code="apo-prosopiko", **by)
    for one in (final, interim, trainers, centres):
        draft = versions.draft(one.form)
        assert draft is not None  # noqa: S101 - it was begun just now
        forms.publish(draft, **by)
    operations.add_rule(final, Occasion.PROGRAMME, days=14, remind_days=4, **by)
    operations.add_rule(trainers, Occasion.PERIOD, days=21, remind_days=7, **by)
    each = operations.add_rule(interim, Occasion.SESSION, days=2, remind_days=0, **by)
    operations.stop_rule(each, **by)


def _officer(cast: Cast, at: datetime) -> dict[str, Any]:
    return {"actor": cast.actor("officer"), "at": at}


def completed(cast: Cast) -> None:
    """After the programmes of B1: one answered by most, one by three, one still open."""
    for place, many in (("KOZ", 12), ("THS", 3), ("LAR", 6)):
        survey = Survey.objects.get(title__contains=str(cast.centres[place]))
        _answer(survey, many, survey.opens_at + timedelta(days=1))


def running(cast: Cast) -> None:
    """In the middle of B2: two surveys closed, one open, others planned, ending, taken back."""
    interim, period = _of("endiamesi"), TrainingPeriod.objects.get(code="B2-2022-1")
    autumn = local(2022, 12, 5, 9)
    for place, many in (("LAR", 11), ("THS", 9)):
        programme = Programme.objects.get(period=period, centre=cast.centres[place])
        _answer(_sent(cast, interim, Occasion.PROGRAMME, programme.pk, autumn), many, autumn)
    own = Programme.objects.get(period=period, centre=cast.centres["KOZ"])
    lately = NOW - timedelta(days=2)
    _answer(_sent(cast, interim, Occasion.PROGRAMME, own.pk, lately), 5, lately, skip=3)
    _sent(cast, _of("apo-kse"), Occasion.PERIOD, period.pk, local(2023, 1, 6, 9))
    _sent(cast, _of("apo-epimorfotes"), Occasion.PERIOD, period.pk, local(2023, 2, 20, 9))
    early = TrainingPeriod.objects.get(code="B1-2022-1")
    wrong = _sent(cast, _of("apo-epimorfotes"), Occasion.PERIOD, early.pk, lately)
    operations.cancel(
        wrong,
        reason="Στάλθηκε στην περίοδο που έκλεισε.",
        **_officer(cast, NOW - timedelta(days=1)),
    )
    lifecycle.fire_due(NOW)
    _dispatched(cast)


def _of(code: str) -> Questionnaire:
    return Questionnaire.objects.select_related("form", "body").get(form__code=code)


def _sent(
    cast: Cast, questionnaire: Questionnaire, occasion: Occasion, pk: int, at: datetime
) -> Survey:
    source = sources[occasion]
    about = source.find(pk)
    assert about is not None  # noqa: S101 - the story knows its own programmes
    people = source.people(pk, Audience(questionnaire.audience))
    by = _officer(cast, min(at, NOW))
    return operations.launch(questionnaire, about, people, span=Span(at, 14, 4), **by)


def _answer(survey: Survey, many: int, at: datetime, skip: int = 0) -> None:
    survey = Survey.objects.select_related("version").get(pk=survey.pk)
    asked = survey.invitations.select_related("person").order_by("pk")
    for place, invitation in enumerate(asked[skip : skip + many]):
        operations.answer(survey, _values(survey, place), actor=actor(invitation.person), at=at)


def _values(survey: Survey, place: int) -> dict[str, Any]:
    questions = survey.version.parsed().questions()
    return {one.key: _value(one, place + n) for n, one in enumerate(questions)}


def _value(asked: Question, place: int) -> Any:
    """Mostly content, now and then not, in a pattern that repeats itself."""
    step = (5, 4, 4, 5, 3, 4, 5, 4, 2, 5, 4, 4)[place % 12]
    match asked.kind:
        case Kind.SCALE:
            return str(step)
        case Kind.MATRIX:
            steps = (min(5, max(1, step + (place + n) % 3 - 1)) for n in range(len(asked.lines)))
            return {line.key: f"d{n}" for line, n in zip(asked.lines, steps, strict=True)}
        case Kind.CHOICE:
            return asked.options[0 if step > 3 else 1].key  # noqa: PLR2004 - who is content says yes
        case Kind.CHOICES:
            return [option.key for n, option in enumerate(asked.options) if (place + n) % 2]
    return SAID[place % len(SAID)] if place % 3 else ""


def _dispatched(cast: Cast) -> None:
    """One package that the ministry has received, one that waits for it."""
    sent = operations.dispatch(_of("endiamesi"), 2022, **_officer(cast, local(2023, 1, 10, 11)))
    operations.receive(sent, actor=cast.actor("ministry"), at=local(2023, 1, 12, 9))
    operations.dispatch(_of("axiologisi"), 2021, **_officer(cast, local(2023, 1, 16, 12)))
