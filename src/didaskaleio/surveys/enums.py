"""Closed lists of room surveys: whom a questionnaire asks, when it goes out, states."""

from __future__ import annotations

from django.db import models


class Audience(models.TextChoices):
    """Whom a questionnaire asks (σε ποιους απευθύνεται)."""

    TRAINEE = "trainee", "Επιμορφούμενοι και επιμορφούμενες"
    TRAINER = "trainer", "Επιμορφωτές και επιμορφώτριες"
    CENTRE = "centre", "Υπεύθυνοι και υπεύθυνες Κ.Σ.Ε."
    STAFF = "staff", "Προσωπικό Κ.Σ.Ε."


class Occasion(models.TextChoices):
    """What sends a questionnaire out (αφορμή διεξαγωγής)."""

    PROGRAMME = "programme", "Ολοκλήρωση προγράμματος"
    PERIOD = "period", "Κλείσιμο περιόδου"
    SESSION = "session", "Συνάντηση που έγινε"


class RuleState(models.TextChoices):
    """States of a rule (καταστάσεις κανόνα έναρξης)."""

    ACTIVE = "active", "Ισχύει"
    STOPPED = "stopped", "Σταμάτησε"


class SurveyState(models.TextChoices):
    """States of a survey (καταστάσεις διεξαγωγής)."""

    PLANNED = "planned", "Προγραμματισμένη"
    OPEN = "open", "Ανοιχτή"
    ENDING = "ending", "Λήγει σύντομα"
    CLOSED = "closed", "Έκλεισε"
    CANCELLED = "cancelled", "Ματαιώθηκε"


class DispatchState(models.TextChoices):
    """States of a dispatch to the ministry (καταστάσεις διαβίβασης)."""

    SENT = "sent", "Διαβιβάστηκε"
    RECEIVED = "received", "Παραλήφθηκε"


RUNNING = (SurveyState.OPEN, SurveyState.ENDING)
