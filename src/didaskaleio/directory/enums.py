"""Closed lists of room directory: kinds of office, states and endings of a term."""

from __future__ import annotations

from django.db import models


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


STANDING = (TermState.SERVING, TermState.ENDING)
PUBLIC = (OfficeKind.HEAD, OfficeKind.DEPUTY)
