"""Acts on questionnaires and on the rules by which they go out by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.people.enums import Scope
from didaskaleio.structures.models import ImplementingBody
from didaskaleio.surveys import shipped
from didaskaleio.surveys.enums import Audience, Occasion
from didaskaleio.surveys.errors import LaunchRefusedError
from didaskaleio.surveys.lifecycle import RULE
from didaskaleio.surveys.models import LaunchRule, Questionnaire

RULE.model = LaunchRule


def begin(
    body: ImplementingBody,
    audience: Audience,
    *,
    code: str,
    title: str = "",
    actor: Actor,
    at: datetime,
) -> Questionnaire:
    """Open a questionnaire whose first draft is the shipped one of its audience."""
    made = Questionnaire(body=body, audience=audience)
    access.require(actor, "questionnaire.manage", made)
    first = shipped.definition(audience)
    owner = Owner(Scope.BODY, body.pk, body.short_name)
    definition = replace(first, title=title or first.title)
    with transaction.atomic():
        draft = forms.begin(owner, code=code, definition=definition, actor=actor, at=at)
        made.form = draft.form
        made.save()
        journal.write(made, "Άνοιξε το ερωτηματολόγιο", actor=actor, at=at)
    return made


def add_rule(
    questionnaire: Questionnaire,
    occasion: Occasion,
    *,
    days: int,
    remind_days: int,
    actor: Actor,
    at: datetime,
) -> LaunchRule:
    """Have the questionnaire go out by itself after each ``occasion``."""
    _sensible(days, remind_days)
    made = LaunchRule(
        questionnaire=questionnaire, occasion=occasion, days=days, remind_days=remind_days
    )
    access.require(actor, "launch_rule.manage", made)
    again = "Υπάρχει ήδη κανόνας για αυτή την αφορμή. Αλλάξτε εκείνον."
    with unless_taken(LaunchRefusedError(again, code="occasion")):
        made.save()
    journal.write(made, "Ορίστηκε κανόνας", actor=actor, at=at, days=days, remind_days=remind_days)
    return made


def change_rule(
    rule: LaunchRule, *, days: int, remind_days: int, actor: Actor, at: datetime
) -> None:
    """Change for how many days the next surveys stay open, and when they are reminded."""
    _sensible(days, remind_days)
    with transaction.atomic():
        held = LaunchRule.objects.select_for_update().get(pk=rule.pk)
        access.require(actor, "launch_rule.manage", held)
        held.days, held.remind_days = days, remind_days
        held.save(update_fields=["days", "remind_days"])
        journal.write(held, "Άλλαξαν οι ημέρες", actor=actor, at=at, days=days, remind=remind_days)


def _sensible(days: int, remind_days: int) -> None:
    if remind_days >= days:
        raise LaunchRefusedError(
            "Η υπενθύμιση γίνεται όσο το ερωτηματολόγιο είναι ανοιχτό. Δώστε λιγότερες ημέρες.",
            code="remind_days",
        )


@RULE.performs("stop")
def stop_rule(rule: LaunchRule, *, actor: Actor, at: datetime) -> None:
    """Let nothing more go out by this rule."""


@RULE.performs("resume")
def resume_rule(rule: LaunchRule, *, actor: Actor, at: datetime) -> None:
    """Have the rule hold again."""
