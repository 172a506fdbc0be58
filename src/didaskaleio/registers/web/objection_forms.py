"""Forms of objections and of the decisions on them; they check shape, operations check rules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from didaskaleio.kernel import greek
from didaskaleio.registers.enums import Ground
from didaskaleio.registers.models import Evidence
from didaskaleio.registers.operations import Decision
from didaskaleio.registers.standings import Judgement
from didaskaleio.registers.web.list_forms import PointsField

ADMITTED, OUT = "in", "out"


class ObjectionForm(forms.Form):
    """Η ένσταση: τι λέει και με ποια έγγραφα του φακέλου."""

    text = forms.CharField(
        label="Τι ζητάτε και γιατί",
        max_length=10_000,
        widget=forms.Textarea({"rows": 8}),
        help_text="Γράψτε για ποια μόρια πρόκειται και πού αποδεικνύονται.",
    )
    papers = forms.MultipleChoiceField(
        label="Έγγραφα από τον φάκελό σας", required=False, widget=forms.CheckboxSelectMultiple
    )
    file = forms.FileField(
        label="Νέο έγγραφο",
        required=False,
        help_text="PDF ή εικόνα, έως 10 MB. Μπαίνει και στον φάκελό σας.",
    )

    def __init__(self, kept: list[Evidence], *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.kept = {str(one.pk): one for one in kept}
        field: Any = self.fields["papers"]
        field.choices = [(pk, f"{one.title} ({one.file.name})") for pk, one in self.kept.items()]
        if not kept:
            del self.fields["papers"]

    def chosen(self) -> list[Evidence]:
        """The documents of the wallet that were chosen."""
        return [self.kept[pk] for pk in dict.fromkeys(self.cleaned_data.get("papers", []))]


@dataclass(frozen=True)
class Claim:
    """One question as the committee judges it: what stood, the document, the fields."""

    judged: Judgement
    words: str
    file: str
    allowed: Any
    reason: Any


class DecisionForm(forms.Form):
    """Απόφαση επιτροπής: μόρια ανά ερώτηση, μέσα ή έξω από την κατάταξη, αιτιολογία."""

    standing = forms.ChoiceField(
        label="Η υποψηφιότητα",
        choices=[(ADMITTED, "Μετέχει στην κατάταξη"), (OUT, "Μένει εκτός κατάταξης")],
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(
        label="Λόγος, αν μένει εκτός",
        required=False,
        choices=[("", "Κανένας"), *Ground.choices],
    )
    reason = forms.CharField(
        label="Αιτιολογία της απόφασης",
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": 6}),
        help_text="Τη διαβάζει το πρόσωπο. Χρειάζεται για την έκδοση, όχι για το πρόχειρο.",
    )

    def __init__(self, judged: list[Judgement], held: Decision, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.judged = judged
        self.fields["standing"].initial = ADMITTED if held.admitted else OUT
        self.fields["ground"].initial, self.fields["reason"].initial = held.ground, held.reason
        for one in judged:
            self._add(one, held.rulings.get(one.key, {}))

    def _add(self, one: Judgement, ruling: Any) -> None:
        allowed = ruling.get("allowed")
        self.fields[f"allowed-{one.key}"] = PointsField(
            label="Μετρούν το πολύ",
            required=False,
            initial=greek.exact(Decimal(allowed)) if allowed else "",
            help_text=f"Κενό: όσα δηλώθηκαν, {one.claimed}.",
        )
        self.fields[f"reason-{one.key}"] = forms.CharField(
            label="Γιατί", required=False, max_length=2_000, initial=ruling.get("reason", "")
        )

    def decision(self) -> Decision:
        """What the committee said, as the operation takes it."""
        data = self.cleaned_data
        rulings = {
            one.key: {
                "allowed": f"{data[f'allowed-{one.key}']:f}",
                "reason": data[f"reason-{one.key}"],
            }
            for one in self.judged
            if data[f"allowed-{one.key}"] is not None
        }
        admitted = data["standing"] == ADMITTED
        ground = "" if admitted else data["ground"]
        return Decision(rulings, admitted=admitted, ground=ground, reason=data["reason"])
