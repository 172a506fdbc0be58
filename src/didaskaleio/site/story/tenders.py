"""Tenders of the story (διαγωνισμοί): one awarded after two offers, one that receives them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from didaskaleio.kernel import typesetting
from didaskaleio.kernel.access import SYSTEM
from didaskaleio.kernel.forms import exchange
from didaskaleio.kernel.forms import operations as forms
from didaskaleio.kernel.forms.models import FormVersion
from didaskaleio.kernel.forms.operations import Owner
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person
from didaskaleio.programmes import operations as programmes
from didaskaleio.programmes.models import TrainingAction
from didaskaleio.registers import operations
from didaskaleio.registers.models import Tender
from didaskaleio.site.story import cast as people
from didaskaleio.site.story.calls import TEMPLATE
from didaskaleio.site.story.cast import Cast, unit_of
from didaskaleio.site.story.moments import BEGINNING, local
from didaskaleio.structures.models import ImplementingBody, Prefecture, Room, TrainingCentre

TECHNICAL: dict[str, Any] = {
    "schema": exchange.SCHEMA,
    "title": "Τεχνική προσφορά κέντρου επιμόρφωσης",
    "sections": [
        {
            "key": "means",
            "title": "Μέσα και εμπειρία",
            "questions": [
                {
                    "key": "seats",
                    "kind": "number",
                    "label": "Θέσεις εργασίας με υπολογιστή",
                    "unit": "θέσεις",
                    "low": "10",
                    "high": "200",
                    "required": True,
                    "rule": {"way": "per_unit", "rate": "1", "cap": "40"},
                },
                {
                    "key": "programmes",
                    "kind": "number",
                    "label": "Προγράμματα επιμόρφωσης τα τελευταία πέντε έτη",
                    "unit": "προγράμματα",
                    "low": "0",
                    "high": "500",
                    "required": True,
                    "rule": {"way": "per_unit", "rate": "2", "cap": "60"},
                },
                {"key": "access", "kind": "long_text", "label": "Προσβασιμότητα των χώρων"},
            ],
        }
    ],
}
TEXT = (
    "Υλοποίηση έως έξι προγραμμάτων Β2 επιπέδου στις εγκαταστάσεις του αναδόχου, με αίθουσα "
    "τουλάχιστον δεκαπέντε θέσεων, τεχνική και διοικητική υποστήριξη.\n\nΗ τιμή καλύπτει το "
    "σύνολο των προγραμμάτων. Η πληρωμή γίνεται μετά την ολοκλήρωση κάθε προγράμματος."
)


def tenders(cast: Cast, action: TrainingAction) -> None:
    """Kozani was awarded in the autumn; Larisa receives offers, of which one is being written."""
    form = _form(cast)
    kozani = _tender(cast, action, form, "KOZ", local(2022, 12, 1), local(2022, 12, 16, 15))
    manager, rival, writing = people.person(), people.person(), cast.accounts["company"]
    first = _company("KOZ", "Εκπαιδευτική Δειγμάτων Α.Ε.", "SYN-01", manager)
    other = _company("KOZ", "Πρότυπα Μαθήματα Ο.Ε.", "SYN-02", rival)
    _offered(kozani, first, manager, ("9.400", "60", "24"), local(2022, 12, 12, 12))
    _offered(kozani, other, rival, ("8.100", "24", "6"), local(2022, 12, 15, 18))
    _awarded(cast, kozani, local(2022, 12, 19, 11))
    larisa = _tender(cast, action, form, "LAR", local(2023, 1, 9), local(2023, 2, 3, 15))
    near = _company("LAR", "Επιμόρφωση Υποθέσεων Ι.Κ.Ε.", "SYN-03", writing)
    operations.start_offer(larisa, near, actor=people.actor(writing), at=local(2023, 1, 17, 13))


def _form(cast: Cast) -> FormVersion:
    body = ImplementingBody.objects.get(code="itye")
    owner = Owner(Scope.BODY, body.pk, body.short_name)
    by: dict[str, Any] = {"actor": cast.actor("officer"), "at": BEGINNING}
    definition = exchange.read(TECHNICAL)
    version = forms.begin(owner, code="techniki-prosfora", definition=definition, **by)
    forms.publish(version, **by)
    return version


def _tender(
    cast: Cast,
    action: TrainingAction,
    form: FormVersion,
    prefecture: str,
    opens: datetime,
    closes: datetime,
) -> Tender:
    place = Prefecture.objects.get(code=prefecture)
    by: dict[str, Any] = {"actor": cast.actor("officer"), "at": opens - timedelta(days=2)}
    row = operations.prepare_tender(
        action.body,
        **by,
        title=f"Προγράμματα Β2 από φορείς που δεν είναι δημόσια σχολεία, {place.seat}",
        text=TEXT,
        prefecture=place,
        form=form,
        rule="best",
        weight=60,
        ceiling=Decimal(12_000),
        opens_at=opens,
        closes_at=closes,
    )
    operations.publish_tender(row, **by)
    programmes.add_tender(action, row, **by)
    return row


def _company(prefecture: str, name: str, code: str, manager: Person) -> TrainingCentre:
    place = Prefecture.objects.select_related("region").get(code=prefecture)
    row = TrainingCentre.objects.create(
        code=code,
        name=name,
        kind=TrainingCentre.Kind.ECONOMIC_OPERATOR,
        body=ImplementingBody.objects.get(code="itye"),
        prefecture=place,
        region=place.region,
        regional_unit=unit_of(place),
        town=place.seat,
        address="Οδός Προτύπων 5",
        approved_from=BEGINNING.date(),
    )
    Room.objects.create(centre=row, name="Αίθουσα 1", seats=20, equipment="Υπολογιστές")
    people.post(manager, Role.CENTRE_MANAGER, Scope.CENTRE, row.pk)
    return row


def _offered(
    tender: Tender,
    centre: TrainingCentre,
    manager: Person,
    said: tuple[str, str, str],
    at: datetime,
) -> None:
    price, seats, held = said
    by: dict[str, Any] = {"actor": people.actor(manager), "at": at}
    row = operations.start_offer(tender, centre, **by)
    operations.write_offer(
        row,
        {"seats": seats, "programmes": held, "access": "Ράμπα και ανελκυστήρας."},
        price=Decimal(price.replace(".", "")),
        paper=_paper("Τεχνική και οικονομική προσφορά", at),
        **by,
    )
    row.refresh_from_db()
    operations.submit_offer(row, **by)


def _awarded(cast: Cast, tender: Tender, at: datetime) -> None:
    officer = cast.actor("officer")
    operations.close_tender(tender, actor=SYSTEM, at=tender.closes_at)
    minutes = "Παρόντα τρία μέλη της επιτροπής. Ανοίχτηκαν δύο προσφορές, πλήρεις και οι δύο."
    operations.open_offers(tender, actor=officer, at=at, minutes=minutes)
    operations.award(
        tender,
        actor=officer,
        at=at + timedelta(days=25),
        decision="Η πρώτη κατά το κριτήριο προσφορά είναι παραδεκτή και εντός προϋπολογισμού.",
        paper=_paper("Απόφαση κατακύρωσης", at),
        seen=operations.first_offer(tender),
    )


def _paper(title: str, at: datetime) -> ContentFile[bytes]:
    page = ContentFile(typesetting.render(TEMPLATE, {"title": title}, at=at))
    page.name = "eggrafo.pdf"
    return page
