"""Templates of contracts (υποδείγματα): written, checked at publishing, replaced by a version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from didaskaleio.finance import wording
from didaskaleio.finance.enums import BodySigns, ContractKind, PaperKind, TemplateState
from didaskaleio.finance.errors import TemplateError
from didaskaleio.finance.lifecycle import TEMPLATE
from didaskaleio.finance.models import ContractTemplate
from didaskaleio.kernel import access, journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.taken import unless_taken
from didaskaleio.structures.models import ImplementingBody

TEMPLATE.model = ContractTemplate
WRITTEN = "Γράφτηκε το κείμενο"


@transaction.atomic
def begin_template(
    body: ImplementingBody, kind: ContractKind, *, actor: Actor, at: datetime
) -> ContractTemplate:
    """Νέα έκδοση as a draft, with the text of the one in use; one draft of a kind at a time."""
    rows = ContractTemplate.objects.filter(body=body, kind=kind)
    used = rows.filter(state=TemplateState.PUBLISHED).first()
    last = rows.aggregate(last=Max("version"))["last"] or 0
    made = ContractTemplate(
        body=body,
        kind=kind,
        version=last + 1,
        title=used.title if used else f"Σύμβαση {kind.label}",
        text=used.text if used else "",
        requires=used.requires if used else [],
        signs=used.signs if used else BodySigns.SEAL,
    )
    access.require(actor, "template.keep", made)
    with unless_taken(
        TemplateError("Υπάρχει ήδη πρόχειρο αυτού του είδους. Συνεχίστε εκείνο.", code="kind")
    ):
        made.save()
    journal.write(made, "Άνοιξε νέα έκδοση", actor=actor, at=at)
    return made


@transaction.atomic
def write_template(
    template: ContractTemplate,
    *,
    title: str,
    text: str,
    requires: Sequence[str],
    signs: str = BodySigns.SEAL,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Κείμενο και δικαιολογητικά of a draft; what is published is never written again."""
    row = ContractTemplate.objects.select_for_update(of=("self",), no_key=True).get(pk=template.pk)
    access.require(actor, "template.keep", row)
    if row.state != TemplateState.DRAFT:
        raise TemplateError("Το υπόδειγμα είναι σε χρήση. Ανοίξτε νέα έκδοση για να το αλλάξετε.")
    journal.require_latest(row, WRITTEN, seen)
    row.title, row.text = title.strip(), text
    row.requires = [kind.value for kind in PaperKind if kind in requires]
    row.signs = BodySigns(signs)
    row.save(update_fields=["title", "text", "requires", "signs"])
    journal.write(row, WRITTEN, actor=actor, at=at)


@TEMPLATE.performs("publish", locks=("body",))
def publish_template(template: ContractTemplate, *, actor: Actor, at: datetime) -> None:
    """Θέση σε χρήση: refused with an unknown placeholder; the version before it retires."""
    if wrong := wording.problems(template.text):
        raise TemplateError(" ".join(wrong), code="text")
    former = ContractTemplate.objects.filter(
        body_id=template.body_id, kind=template.kind, state=TemplateState.PUBLISHED
    )
    for old in former:
        retire_template(old, actor=actor, at=at)
    template.published_at = at


@TEMPLATE.performs("retire")
def retire_template(template: ContractTemplate, *, actor: Actor, at: datetime) -> None:
    """Αντικατάσταση by a newer version; contracts drawn up from it keep it."""
