"""Life cycle of a training action (επιμορφωτική δράση; 000 §3)."""

from __future__ import annotations

from didaskaleio.kernel.lifecycle import lifecycle, step
from didaskaleio.programmes.enums import ActionState as A

ACTION = lifecycle(
    "training_action",
    "Επιμορφωτική δράση",
    A,
    step(
        "set_parameters",
        A.DRAFT,
        A.CONFIGURED,
        needs="action.manage",
        label="Οριστικοποίηση παραμέτρων",
        done="Οι παράμετροι οριστικοποιήθηκαν",
    ),
    step(
        "open_planning",
        A.CONFIGURED,
        A.PLANNING,
        needs="action.manage",
        label="Άνοιγμα σχεδιασμού",
        done="Ο σχεδιασμός προγραμμάτων άνοιξε",
    ),
    step(
        "open_applications",
        A.PLANNING,
        A.APPLICATIONS_OPEN,
        needs="action.manage",
        label="Άνοιγμα αιτήσεων",
        done="Η δράση δέχεται αιτήσεις",
    ),
    step(
        "close_applications",
        A.APPLICATIONS_OPEN,
        A.ALLOCATING,
        needs="action.by_system",
        label="Λήξη αιτήσεων",
        done="Οι αιτήσεις έληξαν",
    ),
    step(
        "start",
        A.ALLOCATING,
        A.RUNNING,
        needs="action.manage",
        label="Έναρξη δράσης",
        done="Η δράση ξεκίνησε",
    ),
    step(
        "last_programme_ends",
        A.RUNNING,
        A.COMPLETING,
        needs="action.by_system",
        label="Λήξη τελευταίου προγράμματος",
        done="Έληξε το τελευταίο πρόγραμμα",
    ),
    step(
        "close_documentation",
        A.COMPLETING,
        A.DOCUMENTED,
        needs="action.manage",
        label="Ολοκλήρωση τεκμηρίωσης",
        done="Η τεκμηρίωση ολοκληρώθηκε",
    ),
    step(
        "close",
        A.DOCUMENTED,
        A.CLOSED,
        needs="action.manage",
        label="Κλείσιμο δράσης",
        done="Η δράση έκλεισε",
    ),
    step(
        "cancel",
        [A.DRAFT, A.PLANNING, A.ALLOCATING, A.RUNNING],
        A.CANCELLED,
        needs="action.manage",
        label="Ματαίωση δράσης",
        done="Η δράση ματαιώθηκε",
        reason=True,
        danger=True,
    ),
    kinds={
        A.DRAFT: "wait",
        A.CONFIGURED: "info",
        A.PLANNING: "info",
        A.APPLICATIONS_OPEN: "move",
        A.ALLOCATING: "move",
        A.RUNNING: "move",
        A.COMPLETING: "info",
        A.DOCUMENTED: "good",
        A.CANCELLED: "bad",
    },
)
