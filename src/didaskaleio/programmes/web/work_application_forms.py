"""The form of an application for work: preferences in order, how much, a note."""

from __future__ import annotations

from typing import Any

from django import forms

from didaskaleio.programmes.models import WorkApplication, WorkCall, WorkCallLine
from didaskaleio.programmes.operations.work_applications import (
    LONGEST,
    MOST_HOURS,
    MOST_PROGRAMMES,
)

MOST_PREFERENCES = 8


class WorkApplicationForm(forms.Form):
    """Θέσεις με τη σειρά προτίμησης και πόσο έργο ζητείται."""

    wanted = forms.IntegerField(
        label="Ώρες", min_value=1, error_messages={"required": "Δηλώστε πόσο έργο ζητάτε."}
    )
    note = forms.CharField(
        label="Σημείωση προς τον φορέα",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, call: WorkCall, lines: list[WorkCallLine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields
        if call.for_trainers:
            own["wanted"].max_value = MOST_HOURS
            own["wanted"].label = "Ώρες που ζητάτε στην περίοδο"
            own["wanted"].help_text = "Ένα πρόγραμμα είναι συνήθως 60 ώρες."
        else:
            own["wanted"].max_value = MOST_PROGRAMMES
            own["wanted"].label = "Προγράμματα που ζητά το κέντρο"
        self.places = min(MOST_PREFERENCES, len(lines))
        choices = [("", "–"), *((str(line.pk), str(line)) for line in lines)]
        for place in range(1, self.places + 1):
            own[f"p{place}"] = forms.ChoiceField(
                label=f"{place}η προτίμηση",
                choices=choices,
                required=place == 1,
                error_messages={"required": "Επιλέξτε τη θέση που προτιμάτε περισσότερο."},
            )
        self.order_fields([*(f"p{n}" for n in range(1, self.places + 1)), "wanted", "note"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        above: set[str] = set()
        for name in (f"p{n}" for n in range(1, self.places + 1)):
            if (chosen := data.get(name)) and chosen in above:
                self.add_error(name, "Η θέση έχει επιλεγεί ήδη πιο πάνω: δώστε άλλη.")
            above.add(chosen or "")
        return data

    def can_be_kept(self) -> bool:
        """Whether a draft may be kept of it: nothing is wrong, though something may be missing."""
        found = self.errors.as_data().values()
        return all(error.code == "required" for errors in found for error in errors)

    def draft(self) -> dict[str, Any]:
        """What of the form can be kept, as the operation takes it."""
        data = self.cleaned_data
        given = [data.get(f"p{n}") for n in range(1, self.places + 1)]
        return {
            "lines": [int(pk) for pk in given if pk],
            "wanted": data.get("wanted"),
            "note": data.get("note") or "",
        }


def initial_of(application: WorkApplication) -> dict[str, Any]:
    """What the form shows of the draft."""
    draft = application.draft
    chosen = {f"p{n}": str(pk) for n, pk in enumerate(draft.get("lines", []), start=1)}
    return {"wanted": draft.get("wanted"), "note": draft.get("note", ""), **chosen}
