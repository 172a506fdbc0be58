"""The agreed package goes to the ministry: dated, numbered, unchangeable, then receipted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from didaskaleio.kernel import access, documents, journal, notices, numbering
from didaskaleio.kernel.access import Actor
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.queries import holders
from didaskaleio.surveys import queries
from didaskaleio.surveys.documents import DISPATCH_PDF
from didaskaleio.surveys.errors import DispatchRefusedError
from didaskaleio.surveys.lifecycle import DISPATCH
from didaskaleio.surveys.models import Dispatch, Questionnaire
from didaskaleio.surveys.notices import RECEIVED, SENT

DISPATCH.model = Dispatch
RECEIPTS = "surveys.receipt"


def dispatch(questionnaire: Questionnaire, year: int, *, actor: Actor, at: datetime) -> Dispatch:
    """Send the results of a school year; a later one of the same year is a new version."""
    access.require(actor, "questionnaire.manage", questionnaire)
    with transaction.atomic():
        held = Questionnaire.objects.select_for_update(of=("self",)).get(pk=questionnaire.pk)
        content = package(held, year)
        earlier = Dispatch.objects.filter(questionnaire=held, year=year)
        last = earlier.order_by("-version").first()
        if last is not None and last.content == content:
            raise DispatchRefusedError(
                f"Τίποτε δεν άλλαξε από τη διαβίβαση {last.number}. Δείτε εκείνη στις διαβιβάσεις."
            )
        made = _kept(held, year, content, actor, at)
        made.document = documents.issue(DISPATCH_PDF, made, actor=actor, at=at, number=made.number)
        made.save(update_fields=["document"])
        journal.write(made, "Διαβιβάστηκε", actor=actor, at=at, number=made.number)
        _tell_ministry(made, at)
    return made


def package(questionnaire: Questionnaire, year: int) -> dict[str, Any]:
    """What is sent: means of the whole, by region and by action; nothing of fewer than five."""
    version = queries.newest(questionnaire)
    surveys = list(queries.closed_of(questionnaire, year).values_list("pk", "invited", "answered"))
    if version is None or not surveys:
        raise DispatchRefusedError(
            "Καμία διεξαγωγή του έτους δεν έκλεισε με πέντε ή περισσότερες απαντήσεις."
        )
    definition, ids = version.parsed(), [pk for pk, _, _ in surveys]
    items = queries.items_of(definition)
    return {
        "surveys": len(surveys),
        "invited": sum(invited for _, invited, _ in surveys),
        "answered": sum(answered for _, _, answered in surveys),
        "left_out": queries.left_out(questionnaire, year),
        "items": [{"key": one.key, "title": one.title, "top": one.top} for one in items],
        "cuts": {
            by: [_sent(line) for line in queries.compared(definition, ids, by)]
            for by in ("all", "region", "group")
        },
    }


def _sent(line: queries.Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "key": f"{line.question}.{line.line}",
        "surveys": line.surveys,
        "people": line.people,
        "mean": str(line.mean),
    }


def _kept(
    questionnaire: Questionnaire, year: int, content: dict[str, Any], actor: Actor, at: datetime
) -> Dispatch:
    rows = Dispatch.objects.filter(questionnaire=questionnaire, year=year)
    newest = rows.aggregate(newest=Max("version"))["newest"] or 0
    return Dispatch.objects.create(
        body_id=questionnaire.body_id,
        questionnaire=questionnaire,
        year=year,
        version=newest + 1,
        number=numbering.protocol("surveys.dispatch", at=at),
        content=content,
        sent_at=at,
        sent_by_id=actor.person_id,
    )


def _tell_ministry(made: Dispatch, at: datetime) -> None:
    people = holders(Role.MINISTRY_OFFICER, Scope.COUNTRY, None, at=at)
    notices.send(SENT, (_news(made, person.pk, "sent") for person in people), at=at)


def _news(made: Dispatch, person: int, news: str) -> notices.Message:
    words = {
        "sent": ("Διαβιβάστηκαν αποτελέσματα", "Βεβαιώστε την παραλαβή."),
        "received": ("Το Υπουργείο παρέλαβε", f"Αριθμός απόδειξης {made.receipt_number}."),
    }
    title, text = words[news]
    return notices.Message(
        person,
        f"{title}: {made.questionnaire}",
        f"Διαβίβαση {made.number}, σχολικό έτος {queries.school_year(made.year)}. {text}",
        dedupe=f"dispatch-{made.pk}-{news}",
        url=reverse("surveys:dispatch", args=[made.pk]),
    )


@DISPATCH.performs("receive")
def receive(dispatch: Dispatch, *, actor: Actor, at: datetime) -> None:
    """The ministry confirms that the package arrived; the body gets the number of the receipt."""
    dispatch.receipt_number = numbering.protocol(RECEIPTS, at=at)
    dispatch.received_at, dispatch.received_by_id = at, actor.person_id
    notices.send(RECEIVED, [_news(dispatch, dispatch.sent_by_id, "received")], at=at)
