"""A survey goes out: by hand or by what happened; it opens, and is reminded of, by the clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from didaskaleio.kernel import access, greek, journal, notices
from didaskaleio.kernel.access import SYSTEM, Actor
from didaskaleio.kernel.forms import queries as forms
from didaskaleio.kernel.forms.models import FormVersion
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.surveys import shipped
from didaskaleio.surveys.enums import Audience, Occasion, RuleState
from didaskaleio.surveys.errors import LaunchRefusedError
from didaskaleio.surveys.lifecycle import SURVEY
from didaskaleio.surveys.models import Invitation, LaunchRule, Questionnaire, Survey, Token
from didaskaleio.surveys.notices import INVITED, REMINDED
from didaskaleio.surveys.occasions import About, sources

SURVEY.model = Survey
BATCH = 5_000


@dataclass(frozen=True)
class Span:
    """How long a survey is open: from ``opens_at`` for ``days``, reminded so many days before."""

    opens_at: datetime
    days: int
    remind_days: int = 0

    @property
    def closes_at(self) -> datetime:
        return self.opens_at + timedelta(days=self.days)

    @property
    def remind_at(self) -> datetime | None:
        return self.closes_at - timedelta(days=self.remind_days) if self.remind_days else None


def launch(
    questionnaire: Questionnaire,
    about: About,
    people: Iterable[int],
    *,
    span: Span,
    actor: Actor,
    at: datetime,
) -> Survey:
    """Send the published version to ``people``; each may answer once."""
    access.require(actor, "questionnaire.manage", questionnaire)
    version = _version(questionnaire)
    asked = sorted(set(people))
    if not asked:
        raise LaunchRefusedError("Δεν υπάρχει κανείς να ερωτηθεί. Επιλέξτε άλλο αντικείμενο.")
    if not span.opens_at < span.closes_at or span.closes_at <= at:
        raise LaunchRefusedError("Η λήξη έχει περάσει. Δώστε μεταγενέστερη.", code="days")
    again = "Το ερωτηματολόγιο έχει ήδη σταλεί για αυτό. Δείτε το στις διεξαγωγές."
    with unless_taken(LaunchRefusedError(again)):
        survey = _made(questionnaire, version, about, span, len(asked))
        _invite(survey, asked)
        journal.write(survey, "Ξεκίνησε η διεξαγωγή", actor=actor, at=at, invited=len(asked))
        if span.opens_at <= at:
            open_survey(survey, actor=SYSTEM, at=at)
    return survey


def _version(questionnaire: Questionnaire) -> FormVersion:
    version = forms.published(questionnaire.form)
    if version is None:
        raise LaunchRefusedError(
            "Το ερωτηματολόγιο δεν έχει δημοσιευμένη έκδοση. Ζητήστε να δημοσιευτεί το πρόχειρο."
        )
    if found := shipped.telling(version.parsed()):
        raise LaunchRefusedError(
            f"Η ερώτηση «{found[0]}» θα έδειχνε ποιο πρόσωπο απαντά. Αφαιρέστε την σε νέα έκδοση."
        )
    return version


def _made(
    questionnaire: Questionnaire, version: FormVersion, about: About, span: Span, invited: int
) -> Survey:
    return Survey.objects.create(
        questionnaire=questionnaire,
        version=version,
        subject=journal.label(about.subject),
        subject_id=about.subject.pk,
        title=about.title,
        group=about.group,
        region_id=about.region_id,
        year=about.year,
        opens_at=span.opens_at,
        remind_at=span.remind_at,
        closes_at=span.closes_at,
        invited=invited,
    )


def _invite(survey: Survey, people: list[int]) -> None:
    made = Invitation.objects.bulk_create(
        (Invitation(survey=survey, person_id=person) for person in people), batch_size=BATCH
    )
    Token.objects.bulk_create((Token(invitation=one) for one in made), batch_size=BATCH)


def occur(occasion: Occasion, ids: Iterable[int], *, at: datetime) -> list[Survey]:
    """Send what the rules send after ``occasion``; a repeated occasion sends nothing twice."""
    rules = LaunchRule.objects.filter(occasion=occasion, state=RuleState.ACTIVE)
    found = list(rules.select_related("questionnaire__form", "questionnaire__body"))
    source = sources.get(occasion)
    if not found or source is None:
        return []
    made: list[Survey] = []
    for pk in ids:
        about = source.find(pk)
        if about is None:
            continue
        for rule in found:
            if rule.questionnaire.body_id == about.body_id:
                made += _by_rule(rule, about, pk, at)
    return made


def _by_rule(rule: LaunchRule, about: About, pk: int, at: datetime) -> list[Survey]:
    people = sources[Occasion(rule.occasion)].people(pk, Audience(rule.questionnaire.audience))
    span = Span(at, rule.days, rule.remind_days)
    try:
        return [launch(rule.questionnaire, about, people, span=span, actor=SYSTEM, at=at)]
    except LaunchRefusedError as refusal:
        journal.write(rule, "Δεν στάλθηκε", actor=SYSTEM, at=at, reason=f"{about.title}: {refusal}")
        return []


@SURVEY.performs("open")
def open_survey(survey: Survey, *, actor: Actor, at: datetime) -> None:
    """Open it to answers and tell everybody who is asked."""
    people = survey.invitations.values_list("person_id", flat=True)
    notices.send(
        INVITED,
        (_told(survey, person, "Περιμένει την απάντησή σας", "invited") for person in people),
        at=at,
    )


@SURVEY.performs("remind")
def remind(survey: Survey, *, actor: Actor, at: datetime) -> None:
    """Remind whoever still may answer; nobody learns who that is."""
    title = "Λήγει σύντομα"
    owing = _owing(survey).values_list("person_id", flat=True)
    with transaction.atomic():
        notices.send(REMINDED, (_told(survey, one, title, "reminded") for one in owing), at=at)


def _owing(survey: Survey) -> QuerySet[Invitation]:
    return survey.invitations.filter(token__isnull=False)


def _told(survey: Survey, person: int, title: str, news: str) -> notices.Message:
    until = greek.long_moment(survey.closes_at)
    return notices.Message(
        person,
        f"{title}: {survey.questionnaire}",
        f"{survey.title}. Οι απαντήσεις είναι ανώνυμες. Δεκτές έως {until}.",
        dedupe=f"survey-{survey.pk}-{news}",
        url=reverse("surveys:answer", args=[survey.pk]),
    )
