"""Printed forms (έντυπα) of a class that ends: how it went for each, who took the attestation."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from didaskaleio.completion import queries
from didaskaleio.completion.enums import AttestationState
from didaskaleio.completion.models import Attestation
from didaskaleio.completion.queries.standing import FINISHED, Standing
from didaskaleio.kernel import greek
from didaskaleio.kernel.printouts import Paper, Printout, Table, declare
from didaskaleio.programmes.documents import paper_of
from didaskaleio.programmes.models import Programme
from didaskaleio.programmes.queries import with_relations

FOUND = "Από τη σελίδα ολοκλήρωσης του προγράμματος"


def _programmes() -> QuerySet[Programme]:
    return with_relations(Programme.objects.all())


def _outcomes(programme: Programme, at: datetime) -> Paper:
    found = queries.standings(programme, at)
    done = sum(each.fulfilled for each in found)
    over = programme.state in FINISHED
    return paper_of(
        programme,
        at,
        fields=[
            ("Επιμορφωτής/τρια", str(programme.trainer or "–")),
            ("Κατάσταση", programme.get_state_display()),
            ("Ολοκλήρωσαν", f"{done} από {len(found)}"),
        ],
        tables=[
            Table(
                "Ανά πρόσωπο",
                ("Α/Α", "Ονοματεπώνυμο", "Ώρες", "Απουσίες", "Αποτέλεσμα", "Τι λείπει"),
                [_outcome(n, each, over=over) for n, each in enumerate(found, start=1)],
                ("auto", "auto", "auto", "auto", "auto", "1fr"),
                right=(0, 2, 3),
                nothing="Δεν υπάρχουν εγγεγραμμένα πρόσωπα.",
            )
        ],
        signatures=("Επιμορφωτής/τρια", "Υπεύθυνος/η Κ.Σ.Ε."),
    )


def _outcome(number: int, standing: Standing, *, over: bool) -> tuple[str, ...]:
    missing = " ".join(f.sentence for f in standing.findings if not f.fulfilled)
    outcome = "Δεν ολοκλήρωσε" if over else "Σε εξέλιξη"
    if standing.fulfilled:
        outcome = "Ολοκλήρωσε"
    return (
        str(number),
        str(standing.application.person),
        greek.number(sum(standing.tally.attended.values()), 1),
        greek.number(standing.tally.facts.absent_hours, 1),
        outcome,
        missing or "–",
    )


def _handover(programme: Programme, at: datetime) -> Paper:
    rows = Attestation.objects.filter(programme=programme, state=AttestationState.ISSUED)
    found = rows.select_related("application__person", "credential").order_by(
        "application__person__sort_key", "pk"
    )
    return paper_of(
        programme,
        at,
        tables=[
            Table(
                "Βεβαιώσεις που εκδόθηκαν",
                ("Α/Α", "Ονοματεπώνυμο", "Αριθμός βεβαίωσης", "Ημερομηνία", "Υπογραφή"),
                [
                    (
                        str(n),
                        str(row.application.person),
                        row.credential.number if row.credential else "–",
                        "",
                        "",
                    )
                    for n, row in enumerate(found, start=1)
                ],
                ("auto", "1fr", "auto", "26mm", "50mm"),
                right=(0,),
                tall=True,
                nothing="Δεν έχει εκδοθεί καμία βεβαίωση.",
            )
        ],
        notes=["Η βεβαίωση είναι ψηφιακή· υπογράφει όποιος ζητά και αντίγραφο στο χαρτί."],
        signatures=("Υπεύθυνος/η Κ.Σ.Ε.",),
    )


declare(
    Printout(
        name="completion.outcomes",
        title="Κατάσταση αποτελεσμάτων",
        permission="completion.read",
        rows=_programmes,
        paper=_outcomes,
        found=FOUND,
        states=frozenset({"running", *map(str, FINISHED)}),
        flipped=True,
    )
)
declare(
    Printout(
        name="completion.handover",
        title="Κατάσταση παραλαβής βεβαιώσεων",
        permission="completion.read",
        rows=_programmes,
        paper=_handover,
        found=FOUND,
        states=frozenset(map(str, FINISHED)),
    )
)
