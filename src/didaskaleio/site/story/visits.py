"""On-site visits in the story: three rounds beside the sessions, every stage that they reach."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from didaskaleio.delivery import operations as delivery
from didaskaleio.delivery.models import SiteVisit, TrainingSession, VisitRound
from didaskaleio.kernel import lifecycle
from didaskaleio.people.enums import Role, Scope
from didaskaleio.programmes.models import TrainingPeriod
from didaskaleio.site.story import replacing, running
from didaskaleio.site.story.cast import Cast, account, actor, post
from didaskaleio.site.story.moments import NOW, local
from didaskaleio.structures.models import ImplementingBody

# marked as the demonstration's own: no round of a real beacon gives such a value
BEACON = "d" * 64
YES = ("on_time", "trainer", "topic", "sheet", "guidance")
PLACE = ("seats", "network", "projector", "access")
WELL: dict[str, Any] = dict.fromkeys(YES, "yes") | {
    "identity": "partly",
    "room": dict.fromkeys(PLACE, "yes"),
    "other": "Η αίθουσα ήταν έτοιμη πριν από την ώρα.",
}


def inspected(cast: Cast, period: TrainingPeriod) -> None:
    """Hold the period up to now, with the visits of October, December and January."""
    body = _inspector(cast)
    running.started(cast, period)
    _october(cast, _round(cast, body, date(2022, 10, 10), date(2022, 10, 31), by_lot=2))
    running.taught(cast, period, until=local(2022, 12, 1), all_signed=True)
    lifecycle.fire_due(local(2022, 12, 1))
    december = _round(cast, body, date(2022, 12, 2), date(2022, 12, 31))
    replacing.took_over(cast, period)
    running.taught(cast, period, until=local(2023, 1, 9), all_signed=True)
    _autumn(cast)
    _december(cast, december)
    lifecycle.fire_due(local(2023, 1, 9))
    _january(cast, _round(cast, body, date(2023, 1, 10), date(2023, 1, 18)))
    running.taught(cast, period, until=NOW)
    _ahead(cast, body, period)
    lifecycle.fire_due(NOW)
    period.refresh_from_db()


def _inspector(cast: Cast) -> ImplementingBody:
    body = ImplementingBody.objects.get(code="itye")
    person = account("inspector", "Μακετίδης", "Πέτρος")
    post(person, Role.INSPECTOR, Scope.BODY, body.pk)
    cast.accounts["inspector"] = person
    return body


def _round(
    cast: Cast, body: ImplementingBody, first: date, last: date, *, by_lot: int = 1
) -> VisitRound:
    """A round opened the day before its first one, and drawn as soon as the chance is known."""
    at = local(first.year, first.month, first.day, 12) - timedelta(days=1)
    wish = delivery.Wish(first, last, by_risk=2, by_lot=by_lot)
    opened = delivery.open_round(body, wish, actor=cast.actor("officer"), at=at)
    drawn = opened.beacon_at + timedelta(minutes=5)
    delivery.draw(opened, actor=cast.actor("officer"), at=drawn, beacon=BEACON)
    return opened


def _given(cast: Cast, visit: SiteVisit, at: datetime) -> None:
    officer = cast.actor("officer")
    delivery.decide(visit, actor=officer, at=at, reason="Όπως προτάθηκε.")
    inspector = cast.accounts["inspector"]
    delivery.assign(visit, actor=officer, at=at + timedelta(minutes=5), inspector=inspector)


def _visits(round_: VisitRound) -> list[SiteVisit]:
    rows = round_.visits.select_related("session__programme__period__action__body")
    return list(rows.order_by("session__starts_at"))


def _october(cast: Cast, round_: VisitRound) -> None:
    """Four sessions: two are visited, one visit is not made, one is dropped."""
    at = round_.beacon_at + timedelta(hours=1)
    first, second, third, fourth = _visits(round_)
    for visit in (first, second, third):
        _given(cast, visit, at)
    delivery.drop(
        fourth,
        actor=cast.actor("officer"),
        at=at,
        reason="Το ίδιο κέντρο ελέγχεται δύο εβδομάδες νωρίτερα.",
    )
    reason = "Ακυρώθηκε το δρομολόγιο λόγω καιρού."
    missed = third.session.starts_at - timedelta(hours=2)
    delivery.not_done(third, actor=cast.actor("inspector"), at=missed, reason=reason)
    _left_open(cast, third, missed + timedelta(minutes=20))


def _left_open(cast: Cast, missed: SiteVisit, at: datetime) -> None:
    """For two sessions nothing more was done: one visit decided and not given, one proposed."""
    reason = "Να γίνει από άλλο πρόσωπο, αν βρεθεί ως την ώρα της συνάντησης."
    delivery.add_visit(missed.session, reason=reason, actor=cast.actor("officer"), at=at)
    body = missed.session.programme.period.action.body
    _round(cast, body, date(2022, 10, 28), date(2022, 10, 29))


def _seen(cast: Cast, visit: SiteVisit, counted: int) -> None:
    """The inspector is there, fills the checklist and counts."""
    inspector, at = cast.actor("inspector"), visit.session.starts_at + timedelta(minutes=15)
    delivery.begin(visit, actor=inspector, at=at)
    later = at + timedelta(minutes=30)
    delivery.record_visit(visit, WELL, counted=counted, actor=inspector, at=later)


def _reported(
    cast: Cast, visit: SiteVisit, at: datetime, *findings: tuple[str, str, str]
) -> SiteVisit:
    inspector = cast.actor("inspector")
    for severity, text, asked in findings:
        delivery.add_finding(
            visit, severity=severity, text=text, asked=asked, actor=inspector, at=at
        )
    summary = "Η συνάντηση έγινε στην ώρα και στον χώρο που έχουν οριστεί."
    delivery.report(visit, actor=inspector, at=at, summary=summary)
    return visit


def _autumn(cast: Cast) -> None:
    """Of the visits of October one is closed, one is followed."""
    rows = SiteVisit.objects.filter(state="assigned").select_related(
        "session__programme__period__action__body", "session__programme__centre"
    )
    first, second = rows.order_by("session__starts_at")
    officer = cast.actor("officer")
    for visit in (first, second):
        _seen(cast, visit, _there(visit.session))
        at = visit.session.ends_at + timedelta(days=1)
        _reported(
            cast,
            visit,
            at,
            ("minor", "Η ταυτότητα της δράσης δεν φαίνεται στην είσοδο.", "Ανάρτηση της αφίσας."),
            ("remark", "Το υλικό είχε τυπωθεί για όλους.", ""),
        )
        answered = at + timedelta(days=4)
        text = "Η αφίσα αναρτήθηκε στην είσοδο και έξω από την αίθουσα."
        delivery.answer(visit, actor=_manager(cast, visit), at=answered, text=text)
    finding = first.findings.get(severity="minor")
    done = answered + timedelta(days=1)
    delivery.settle_finding(finding, text="Στάλθηκε φωτογραφία.", actor=officer, at=done)
    delivery.close_visit(first, actor=officer, at=done, reason="Τακτοποιήθηκαν όλα τα ευρήματα.")
    delivery.follow(second, actor=officer, at=done, reason="Αναμένεται φωτογραφία της αφίσας.")


def _manager(cast: Cast, visit: SiteVisit) -> Any:
    return actor(cast.managers[visit.session.programme.centre.prefecture.code])


def _december(cast: Cast, round_: VisitRound) -> None:
    """One report waits for the centre, one was answered: fewer were counted than are signed."""
    at = round_.beacon_at + timedelta(hours=1)
    waiting, answered = _visits(round_)
    for visit in (waiting, answered):
        _given(cast, visit, at)
    there = _there(answered.session)
    _seen(cast, answered, max(there - 2, 0))
    _reported(
        cast,
        answered,
        answered.session.ends_at + timedelta(days=2),
        (
            "serious",
            "Μετρήθηκαν δύο πρόσωπα λιγότερα από όσα δείχνει το παρουσιολόγιο.",
            "Εξήγηση και, αν χρειάζεται, αίτημα διόρθωσης του παρουσιολογίου.",
        ),
    )
    text = "Δύο πρόσωπα έφυγαν πριν από τη λήξη. Ζητάμε να διορθωθεί το παρουσιολόγιο."
    moment = answered.session.ends_at + timedelta(days=6)
    delivery.answer(answered, actor=_manager(cast, answered), at=moment, text=text)
    _seen(cast, waiting, _there(waiting.session))
    asked = "Πλάνο αντικατάστασης των δύο οθονών."
    late = local(2023, 1, 12, 13)
    _reported(cast, waiting, late, ("minor", "Δύο θέσεις εργασίας δεν έχουν οθόνη.", asked))


def _there(session: TrainingSession) -> int:
    return session.roll.filter(attendee="trainee", mark__in=["present", "late"]).count()


def _january(cast: Cast, round_: VisitRound) -> None:
    """The visit of last evening: its report is not signed yet."""
    (visit,) = _visits(round_)
    _given(cast, visit, round_.beacon_at + timedelta(hours=1))
    _seen(cast, visit, visit.session.roll.filter(attendee="trainee").count() - 1)
    text, at = "Η τάξη είχε τελειώσει δέκα λεπτά νωρίτερα.", visit.session.ends_at
    delivery.add_finding(
        visit, severity="remark", text=text, asked="", actor=cast.actor("inspector"), at=at
    )


def _ahead(cast: Cast, body: ImplementingBody, period: TrainingPeriod) -> None:
    """A list that is frozen and waits for its chance; a visit that an officer decided."""
    wish = delivery.Wish(date(2023, 1, 19), date(2023, 2, 26), by_risk=1, by_lot=1)
    officer = cast.actor("officer")
    delivery.open_round(body, wish, actor=officer, at=NOW - timedelta(minutes=40))
    session = TrainingSession.objects.filter(
        programme__period=period, kind="f2f", starts_at__gt=NOW
    ).select_related("programme__period__action__body")[0]
    at = NOW - timedelta(minutes=20)
    visit = delivery.add_visit(session, reason="Τηλεφωνικό παράπονο.", actor=officer, at=at)
    inspector = cast.accounts["inspector"]
    delivery.assign(visit, actor=officer, at=at, inspector=inspector)
