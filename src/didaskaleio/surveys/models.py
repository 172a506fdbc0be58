"""Surveys (ερωτηματολόγια): who is asked and what was answered, with nothing between the two.

A right to answer is a row of ``Token`` that goes as it is used; the answers of a person lie
together, without name or moment, only until the survey closes. See ADR 0025.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from didaskaleio.kernel.forms.models import Form, FormVersion
from didaskaleio.kernel.models import StoredDocument
from didaskaleio.people.models import Person
from didaskaleio.structures.models import ImplementingBody, Region
from didaskaleio.surveys.enums import Audience, DispatchState, Occasion, RuleState, SurveyState


class Questionnaire(models.Model):
    """Questionnaire (ερωτηματολόγιο) of a body: a form, and whom it asks."""

    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    form = models.OneToOneField(Form, models.PROTECT, related_name="+")
    audience = models.CharField(max_length=8, choices=Audience)

    def __str__(self) -> str:
        return self.form.title


class LaunchRule(models.Model):
    """Rule (κανόνας έναρξης): after what a questionnaire goes out, and for how many days."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="rules")
    occasion = models.CharField(max_length=10, choices=Occasion)
    days = models.PositiveSmallIntegerField(default=14)
    remind_days = models.PositiveSmallIntegerField(default=4)
    state = models.CharField(max_length=8, choices=RuleState, default=RuleState.ACTIVE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "occasion"], name="launch_rule_once"),
            models.CheckConstraint(
                condition=Q(days__gt=0, remind_days__lt=F("days")), name="launch_rule_days"
            ),
        ]

    def __str__(self) -> str:
        return str(Occasion(self.occasion).label)


class Survey(models.Model):
    """Survey (διεξαγωγή): one questionnaire about one object, from a moment until a moment.

    ``answered`` is known at the end; ``group``, ``region`` and ``year`` are those by which
    surveys are compared.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="surveys")
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=64)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=300)
    group = models.CharField(max_length=300)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField()
    invited = models.PositiveIntegerField()
    answered = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=SurveyState, default=SurveyState.PLANNED)

    class Meta:
        indexes = [models.Index(fields=["questionnaire", "state"], name="survey_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "subject", "subject_id"],
                condition=~Q(state="cancelled"),
                name="survey_once",
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="survey_days"),
        ]

    def __str__(self) -> str:
        return self.title


class Invitation(models.Model):
    """Invitation (πρόσκληση σε απάντηση): a person was asked; whether they answered it says not."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "person"], name="invitation_once")]


class Token(models.Model):
    """Right to answer (δικαίωμα απάντησης): deleted as it is used."""

    invitation = models.OneToOneField(
        Invitation, models.CASCADE, primary_key=True, related_name="token"
    )


class Answer(models.Model):
    """Answers of somebody (φύλλο απαντήσεων) while the survey is open: no name, no moment."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
    values = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["survey", "key"], name="answer_of_survey")]


class Cell(models.Model):
    """How many gave one answer (πλήθος απαντήσεων); written once, as the survey closes.

    Of a question with several choices the empty option counts those who answered it at all.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="cells")
    question = models.CharField(max_length=40)
    line = models.CharField(max_length=40, blank=True)
    option = models.CharField(max_length=40, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "question", "line", "option"], name="cell_once"
            )
        ]


class OpenAnswer(models.Model):
    """Answer in words (ανοιχτή απάντηση), apart from everything else that its author said."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")
    question = models.CharField(max_length=40)
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["survey", "question", "key"], name="open_answer_survey")]


class Dispatch(models.Model):
    """Dispatch (διαβίβαση) of the results of a questionnaire in a school year to the ministry.

    ``content`` is the package as it was sent; the database refuses to change it.
    """

    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, unique=True)
    content = models.JSONField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    document = models.ForeignKey(StoredDocument, models.PROTECT, null=True, related_name="+")
    receipt_number = models.CharField(max_length=20, blank=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=DispatchState, default=DispatchState.SENT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "year", "version"], name="survey_dispatch_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire}, {self.number}"
