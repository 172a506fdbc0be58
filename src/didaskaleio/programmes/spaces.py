"""Spaces of a configured action (χώροι δράσης; 000 §7 step 5), and the seal that its body needs."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from didaskaleio.credentials.operations import keys_of
from didaskaleio.kernel import journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.spaces.declared import Kind, Need, declare, provides
from didaskaleio.programmes.enums import ActionRole, ActionState
from didaskaleio.programmes.models import ActionRegister, TrainingAction

NOT_YET = (ActionState.DRAFT, ActionState.CLOSED, ActionState.CANCELLED)


def _configured() -> QuerySet[TrainingAction]:
    return TrainingAction.objects.exclude(state__in=NOT_YET).select_related("body")


ACTION_NEEDS = declare(
    Kind(
        journal.label(TrainingAction),
        "Επιμορφωτική δράση",
        _configured,
        "programmes:action",
        "action.read",
        (
            Need("action.seal", "Ψηφιακή σφραγίδα του φορέα", "Σφραγίζει βεβαιώσεις και πίνακες."),
            Need("action.class_spaces", "Ψηφιακές τάξεις", "Μία για κάθε πρόγραμμα της δράσης."),
            Need("action.live_rooms", "Αίθουσες τηλεδιάσκεψης", "Για τις σύγχρονες συναντήσεις."),
            Need("action.register", "Μητρώο επιμορφωτών", "Από εκεί ορίζονται όσοι διδάσκουν."),
            Need(
                "action.help_line",
                "Γραμμή υποστήριξης",
                "Απαντά σε κέντρα και εκπαιδευτικούς.",
                required=False,
            ),
        ),
    )
)


@provides("action.seal")
def check_seal(action: TrainingAction, _actor: Actor, _at: datetime) -> str:
    """The seal of the body is installed on this platform, or the refusal says that it is not."""
    return f"Σφραγίδα: {keys_of(action.body).sealer.organisation}"


def said_register(source: ActionRegister) -> str:
    """Where the people of a role are found, as the board of spaces says it."""
    return f"Μητρώο: {source.register}"


@provides("action.register")
def check_register(action: TrainingAction, _actor: Actor, _at: datetime) -> str:
    """The register that the action names for its trainers, or the refusal says that none is."""
    rows = ActionRegister.objects.filter(action=action, role=ActionRole.TRAINER)
    source = rows.select_related("register").first()
    if source is None:
        raise Refusal(
            "Η δράση δεν ορίζει μητρώο επιμορφωτών. Ζητήστε από τον φορέα να το ορίσει στη "
            "σελίδα της δράσης, ή σημειώστε γιατί δεν διατίθεται."
        )
    return said_register(source)
