"""Questionnaires that go out and come back, for tests."""

from __future__ import annotations

from itertools import count

from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.forms import queries as versions
from didaskaleio.people.queries import actor_of
from didaskaleio.surveys import operations
from didaskaleio.surveys.enums import Audience
from didaskaleio.surveys.models import Survey
from didaskaleio.surveys.occasions import About
from didaskaleio.surveys.operations.launching import Span
from tests.factories import people, structures

_serial = count(1)
CONTENT = ("sufficient", "understood", "applicable", "balance")
SUPPORT = ("trainer", "meetings", "help", "platform")


def a_questionnaire(officer, at, audience=Audience.TRAINEE, *, published=True):
    made = operations.begin(
        structures.a_body(), audience, code=f"erotisi-{next(_serial)}", actor=officer, at=at
    )
    if published:
        forms.publish(versions.draft(made.form), actor=officer, at=at)
    return made


def about(place="KOZ", *, group="Επιμόρφωση Β2", year=2022, subject=None):
    """Something that a survey may be about: a centre of a prefecture."""
    centre = subject or structures.a_centre(place)
    return About(centre, str(centre), group, structures.a_body().pk, centre.region_id, year)


def some_people(many):
    return [people.a_person() for _ in range(many)]


def a_survey(questionnaire, officer, at, asked, *, of=None, days=14, remind_days=4):
    """A survey that opens at once for these people."""
    return operations.launch(
        questionnaire,
        of or about(),
        [one.pk for one in asked],
        span=Span(at, days, remind_days),
        actor=officer,
        at=at,
    )


def values(satisfied=5, *, good="", better="", recommend="yes", helped=("live",)):
    """Answers to the shipped questionnaire of trainees."""
    return {
        "satisfied": str(satisfied),
        "expected": str(satisfied),
        "content": dict.fromkeys(CONTENT, f"d{satisfied}"),
        "support": dict.fromkeys(SUPPORT, f"d{satisfied}"),
        "helped": list(helped),
        "recommend": recommend,
        "good": good,
        "better": better,
    }


def answers(survey, person, at, **facts):
    """One person answers."""
    survey = Survey.objects.select_related("version").get(pk=survey.pk)
    operations.answer(survey, values(**facts), actor=actor_of(person, at=at), at=at)


def closed(survey):
    """The clock passes the end of the survey."""
    held = Survey.objects.select_related("version").get(pk=survey.pk)
    operations.lapse(held, actor=SYSTEM, at=held.closes_at)
    return Survey.objects.select_related("version", "questionnaire__form").get(pk=survey.pk)


def a_closed(questionnaire, officer, at, steps, *, of=None):
    """A closed survey in which people gave these steps, one each."""
    asked = some_people(len(steps))
    survey = a_survey(questionnaire, officer, at, asked, of=of)
    for person, step in zip(asked, steps, strict=True):
        answers(survey, person, at, satisfied=step)
    return closed(survey)
