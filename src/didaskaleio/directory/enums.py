"""Closed lists of room directory: offices, terms, time-limited posts."""

from __future__ import annotations

from django.db import models

from didaskaleio.people.enums import Role, Scope


class OfficeKind(models.TextChoices):
    """Kinds of office (είδη θέσης) of a structure; of the first two it has one each."""

    HEAD = "head", "Υπεύθυνος/η"
    DEPUTY = "deputy", "Αναπληρωτής/τρια υπευθύνου"
    STAFF = "staff", "Στέλεχος"


class TermState(models.TextChoices):
    """States of a term of office (καταστάσεις θητείας)."""

    NAMED = "named", "Ορίστηκε, δεν άρχισε"
    SERVING = "serving", "Σε θητεία"
    ENDING = "ending", "Λήγει σύντομα"
    ENDED = "ended", "Έληξε"
    HANDED_OVER = "handed_over", "Έγινε η παράδοση"
    CANCELLED = "cancelled", "Ανακλήθηκε"


class EndedBy(models.TextChoices):
    """How a term ended (πώς έληξε)."""

    TIME = "time", "Με το τέλος της"
    RESIGNATION = "resignation", "Με παραίτηση"
    DECISION = "decision", "Με απόφαση, πριν από το τέλος της"


class EngagementKind(models.TextChoices):
    """Who holds a time-limited post (ιδιότητα προσώπου εκτός μητρώου εκπαιδευτικών)."""

    STUDENT = "student", "Πρακτική άσκηση"
    EXPERT = "expert", "Εμπειρογνώμονας"
    FACILITATOR = "facilitator", "Διευκόλυνση ομάδων"
    VOLUNTEER = "volunteer", "Εθελοντική προσφορά"


class EngagementState(models.TextChoices):
    """States of a time-limited post (καταστάσεις θέσης ορισμένου χρόνου)."""

    ACTIVE = "active", "Ισχύει η συμφωνία"
    ENDING = "ending", "Λήγει σύντομα"
    ENDED = "ended", "Έληξε"
    STOPPED = "stopped", "Διακόπηκε"


# the role of such people by the kind of their host
RIGHT_AT: dict[str, str] = {Scope.CENTRE: Role.CENTRE_STAFF, Scope.BODY: Role.PLANNER}
STANDING = (TermState.SERVING, TermState.ENDING)
PUBLIC = (OfficeKind.HEAD, OfficeKind.DEPUTY)
