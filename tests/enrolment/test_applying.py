"""Draft, submit, submit again, withdraw: what stands, what is refused, and with which words.

Shows: R-037, R-038, R-046, R-178.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from didaskaleio.enrolment import documents, operations, rules
from didaskaleio.enrolment.errors import (
    ChangedMeanwhileError,
    NotEligibleError,
    NotOpenError,
    PreferencesError,
    UndeclaredError,
)
from didaskaleio.enrolment.models import IssuedNumber, ParticipationApplication, Submission
from didaskaleio.kernel import journal
from didaskaleio.kernel.errors import StepRefusedError
from didaskaleio.kernel.models import Notice, StoredDocument
from didaskaleio.programmes.models import RegulationAcceptance
from tests.factories import people, structures

pytestmark = pytest.mark.django_db


def test_the_first_touch_makes_one_draft_whatever_the_number_of_touches(
    period, teacher, actor_for, at
):
    actor = actor_for(teacher)
    one = operations.start(period, actor=actor, at=at)
    assert operations.start(period, actor=actor, at=at) == one
    assert (one.state, one.number, one.draft) == ("draft", "", {})


def test_only_a_teacher_may_begin(period, actor_for, at):
    with pytest.raises(PermissionDenied):
        operations.start(period, actor=actor_for(people.a_person()), at=at)


def test_a_draft_keeps_known_open_programmes_once_in_their_order(
    period, in_period, teacher, actor_for, at
):
    actor = actor_for(teacher)
    one, two = in_period(), in_period()
    closed = in_period()
    type(closed).objects.filter(pk=closed.pk).update(state="approved")
    application = operations.start(period, actor=actor, at=at)
    saved = operations.save_draft(
        application,
        actor=actor,
        at=at,
        preferences=[two.code, one.code, two.code, closed.code],
    )
    assert saved.draft["preferences"] == [two.code, one.code]
    assert saved.draft_saved_at == at


def test_a_draft_takes_no_programme_that_is_not_of_its_period(
    period, in_period, teacher, actor_for, at
):
    actor, one = actor_for(teacher), in_period()
    application = operations.start(period, actor=actor, at=at)
    acts = (
        lambda: operations.save_draft(
            application, actor=actor, at=at, preferences=[one.code, "P99999"]
        ),
        lambda: operations.add_preference(application, "P99999", actor=actor, at=at),
        lambda: operations.remove_preference(application, "P99999", actor=actor, at=at),
    )
    for act in acts:
        with pytest.raises(PreferencesError):
            act()
    application.refresh_from_db()
    assert application.draft.get("preferences", []) == []


def test_nobody_writes_in_the_draft_of_another(period, teacher, actor_for, at):
    application = operations.start(period, actor=actor_for(teacher), at=at)
    with pytest.raises(PermissionDenied):
        operations.save_draft(
            application, actor=actor_for(people.a_teacher()), at=at, preferences=[]
        )


def test_an_added_programme_goes_after_the_last_of_its_own_category(
    period, in_period, teacher, actor_for, at
):
    actor = actor_for(teacher)
    a1, a2, b1 = in_period("IIa"), in_period("IIa"), in_period("IIb")
    application = operations.start(period, actor=actor, at=at)
    for programme in (a1, b1, a2, a1):
        application = operations.add_preference(application, programme.code, actor=actor, at=at)
    assert application.draft["preferences"] == [a1.code, a2.code, b1.code]
    application = operations.remove_preference(application, a1.code, actor=actor, at=at)
    assert application.draft["preferences"] == [a2.code, b1.code]


def test_a_submission_gives_number_head_receipt_and_acceptance(
    period, in_period, teacher, submitted, at
):
    a, b = in_period("IIa"), in_period("IIb")
    application = submitted(teacher, [a, b])
    issued = IssuedNumber.objects.get(period=period)
    version = application.submission
    assert (application.state, application.number) == ("submitted", issued.number)
    assert (issued.position, issued.head) == (1, rules.next_head(rules.FIRST_HEAD, issued.number))
    assert (version.version, version.preferences) == (1, [a.code, b.code])
    assert (version.head, version.head_count, version.at) == (issued.head, 1, at)
    assert version.receipt_number == "2023/000001"
    assert version.facts["specialty"] == "ΠΕ03"
    assert version.facts["cluster"] == "B2.3"
    assert application.cluster.code == "B2.3"
    assert RegulationAcceptance.objects.filter(person=teacher, capacity="applicant").count() == 1
    assert journal.of(application)[0].act == "Υποβλήθηκε η αίτηση"


def test_the_receipt_is_a_numbered_pdf_and_a_notice(in_period, teacher, submitted, drain_jobs):
    application = submitted(teacher, [in_period()])
    drain_jobs()
    application.submission.refresh_from_db()
    stored = StoredDocument.objects.get(kind="enrolment.receipt")
    assert stored.number == application.submission.receipt_number == "2023/000001"
    assert application.submission.receipt_id == stored.pk
    notice = Notice.objects.get(person=teacher, kind="enrolment.submitted")
    assert application.number[:4] in notice.title
    assert application.submission.head in notice.text


def test_the_receipt_carries_the_text_of_the_funded_project(
    period, in_period, teacher, submitted, drain_jobs
):
    period.action.project = structures.the_project()
    period.action.save()
    submitted(teacher, [in_period()])
    drain_jobs()
    assert StoredDocument.objects.filter(kind="enrolment.receipt").count() == 1
    shown = documents.receipt_data(Submission.objects.get())["cofunding"]
    valid = period.action.project.texts.filter(valid_from__lte=date(2023, 1, 18))
    statement = valid.latest("valid_from").statement
    assert shown == {"text": statement, "logos": []}


def test_submitting_again_keeps_the_number_and_repeats_the_head(
    period, in_period, teacher, submitted, at
):
    one, two = in_period(), in_period()
    first = submitted(teacher, [one])
    submitted(people.a_teacher(), [one])
    again = submitted(teacher, [two, one], at + timedelta(hours=1))
    assert again.number == first.number
    assert IssuedNumber.objects.filter(period=period).count() == 2
    versions = list(Submission.objects.filter(application=again).order_by("version"))
    assert [v.version for v in versions] == [1, 2]
    assert (versions[0].head, versions[0].head_count) == (versions[1].head, versions[1].head_count)
    assert versions[0].receipt_number != versions[1].receipt_number
    assert again.submission == versions[1]


def test_editing_never_unsubmits(in_period, teacher, submitted, actor_for, at):
    one, two = in_period(), in_period()
    application = submitted(teacher, [one])
    operations.save_draft(application, actor=actor_for(teacher), at=at, preferences=[two.code])
    application.refresh_from_db()
    assert application.state == "submitted"
    assert application.submission.preferences == [one.code]


def test_a_second_click_or_tab_makes_one_act(in_period, teacher, submitted, actor_for, at):
    one = in_period()
    application = submitted(teacher, [one])
    with pytest.raises(ChangedMeanwhileError, match="έχει ήδη υποβληθεί"):
        operations.send(
            application,
            actor=actor_for(teacher),
            at=at,
            reviewed=[one.code],
            version=0,
            accepts=True,
        )
    assert Submission.objects.count() == 1


def test_a_draft_that_another_tab_changed_is_not_submitted_unseen(
    period, in_period, teacher, actor_for, at
):
    actor = actor_for(teacher)
    one, two = in_period(), in_period()
    application = operations.start(period, actor=actor, at=at)
    operations.save_draft(
        application, actor=actor, at=at, preferences=[one.code, two.code], will_teach=True
    )
    with pytest.raises(ChangedMeanwhileError, match="άλλαξε σε άλλη καρτέλα"):
        operations.send(
            application, actor=actor, at=at, reviewed=[one.code], version=0, accepts=True
        )
    assert not IssuedNumber.objects.exists()


def attempt(period, person, codes, actor_for, at, **facts):
    actor = actor_for(person)
    application = ParticipationApplication.objects.create(
        period=period,
        person=person,
        draft={"preferences": codes, "will_teach": True} | facts.pop("draft", {}),
    )
    return operations.send(
        application,
        actor=actor,
        at=at,
        reviewed=codes,
        version=0,
        accepts=facts.pop("accepts", True),
    )


def test_no_preference_is_refused(period, teacher, actor_for, at):
    with pytest.raises(PreferencesError, match="τουλάχιστον ένα πρόγραμμα"):
        attempt(period, teacher, [], actor_for, at)


def test_iib_before_iia_is_refused_with_the_rule(period, in_period, teacher, actor_for, at):
    codes = [in_period("IIb").code, in_period("IIa").code]
    with pytest.raises(PreferencesError) as refusal:
        attempt(period, teacher, codes, actor_for, at)
    assert (refusal.value.code, refusal.value.rule) == ("order", "Πρόσκληση, §4")


def test_a_programme_that_no_longer_takes_applications_is_named(
    period, in_period, teacher, actor_for, at
):
    closed = in_period(code="P00077")
    type(closed).objects.filter(pk=closed.pk).update(state="approved")
    with pytest.raises(PreferencesError, match="Δεν δέχονται πια αιτήσεις: P00077"):
        attempt(period, teacher, ["P00077"], actor_for, at)


def test_a_rule_of_eligibility_refuses_with_its_article(period, in_period, actor_for, at):
    without = people.a_teacher(certificates=())
    with pytest.raises(NotEligibleError) as refusal:
        attempt(period, without, [in_period().code], actor_for, at)
    assert refusal.value.code == "NO_B1"
    assert refusal.value.rule == "Κανονιστικό Πλαίσιο, άρθρο 3"


def test_a_programme_of_another_prefecture_is_refused_by_name(period, in_period, actor_for, at):
    away = people.a_teacher(prefecture="THS")
    programme = in_period("IIa", code="P00017")
    with pytest.raises(NotEligibleError, match=r"^P00017: Το κέντρο είναι στον νομό"):
        attempt(period, away, ["P00017"], actor_for, at)
    assert programme.state == "open"


def test_teaching_must_be_declared_and_the_regulation_accepted(
    period, in_period, teacher, actor_for, at
):
    codes = [in_period().code]
    with pytest.raises(UndeclaredError, match="Δηλώστε στο πρώτο βήμα"):
        attempt(period, teacher, codes, actor_for, at, draft={"will_teach": False})
    with pytest.raises(UndeclaredError, match="αποδεχθείτε το Κανονιστικό"):
        attempt(period, people.a_teacher(), codes, actor_for, at, accepts=False)
    assert not IssuedNumber.objects.exists()


def test_the_deadline_is_that_of_the_server(period, in_period, teacher, submitted, actor_for):
    codes = [in_period().code]
    with pytest.raises(
        NotOpenError, match="Η προθεσμία έληξε: Παρασκευή 20 Ιανουαρίου 2023, 15:00"
    ):
        attempt(
            period, teacher, codes, actor_for, period.phase_a_closes + timedelta(microseconds=1)
        )
    last = people.a_teacher()
    assert attempt(period, last, codes, actor_for, period.phase_a_closes).version == 1


def test_before_phase_a_nothing_is_taken(period, in_period, teacher, actor_for):
    with pytest.raises(NotOpenError, match="δεν δέχεται αιτήσεις τώρα"):
        attempt(
            period,
            teacher,
            [in_period().code],
            actor_for,
            period.phase_a_opens - timedelta(seconds=1),
        )


def test_a_withdrawal_is_final_for_the_period(
    in_period, teacher, submitted, actor_for, at, drain_jobs
):
    application = submitted(teacher, [in_period()])
    operations.withdraw(application, actor=actor_for(teacher), at=at)
    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert IssuedNumber.objects.filter(number=application.number).exists()
    with pytest.raises(StepRefusedError):
        operations.withdraw(application, actor=actor_for(teacher), at=at)
    with pytest.raises(NotOpenError):
        operations.save_draft(application, actor=actor_for(teacher), at=at, preferences=[])
    drain_jobs()
    assert Notice.objects.filter(person=teacher, kind="enrolment.withdrawn").count() == 1


def test_a_special_post_chooses_one_cluster_and_the_other_is_refused(
    period, in_period, actor_for, at
):
    person = people.a_teacher(special_post=True)
    maths = in_period()
    with pytest.raises(NotEligibleError, match=r"η δική σας συστάδα είναι Β2.13"):
        attempt(period, person, [maths.code], actor_for, at)
    ParticipationApplication.objects.all().delete()
    sent = attempt(period, person, [maths.code], actor_for, at, draft={"cluster": "B2.3"})
    assert sent.facts["cluster"] == "B2.3"


def test_a_cluster_that_the_post_does_not_allow_is_refused(period, teacher, actor_for, at):
    application = operations.start(period, actor=actor_for(teacher), at=at)
    with pytest.raises(PreferencesError, match="μία από τις συστάδες"):
        operations.save_draft(application, actor=actor_for(teacher), at=at, cluster="B2.1")
