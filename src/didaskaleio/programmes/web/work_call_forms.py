"""Forms of calls for work: what is called for, a later deadline, a decision by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from didaskaleio.kernel.web.deadlines import DeadlineField
from didaskaleio.kernel.web.http import number
from didaskaleio.programmes.enums import WorkFor
from didaskaleio.programmes.models import TrainingPeriod, WorkApplication, WorkCall, WorkCallLine
from didaskaleio.programmes.operations import LineFacts, WorkContent
from didaskaleio.programmes.operations.work_calls import FIELDS
from didaskaleio.programmes.web.offering_forms import moment
from didaskaleio.structures.models import Cluster, Prefecture, Region

MOST_LINES = 200
NOWHERE, BY_RANK = "none", "rank"


class WorkCallForm(forms.Form):
    """Τι λέει μια πρόσκληση για έργο· οι θέσεις της στέκονται σε γραμμές από κάτω."""

    period: Any = forms.ModelChoiceField(None, label="Περίοδος", empty_label=None)
    title = forms.CharField(label="Τίτλος", max_length=200)
    text = forms.CharField(
        label="Κείμενο",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Τι ζητείται και τι αναλαμβάνει όποιος επιλεγεί. Οι όροι και οι κανόνες της "
        "κατάταξης φαίνονται πάντα.",
    )
    opens_at = forms.DateTimeField(label="Αιτήσεις, από", widget=moment())
    closes_at = DeadlineField(label="Αιτήσεις, έως", widget=moment())
    answer_hours = forms.IntegerField(
        label="Ώρες για απάντηση σε ανάθεση",
        min_value=1,
        max_value=720,
        initial=72,
        help_text="Όποιος δεν απαντήσει ως τότε χάνει τη σειρά του για το πρόγραμμα.",
    )

    def __init__(self, *args: Any, periods: QuerySet[TrainingPeriod], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields
        own["period"].queryset = periods


class TrainerLine(forms.Form):
    """Θέσεις για μία συστάδα σε έναν νομό· μια κενή γραμμή παραλείπεται."""

    cluster: Any = forms.ModelChoiceField(None, label="Συστάδα", empty_label="Επιλέξτε")
    prefecture: Any = forms.ModelChoiceField(
        Prefecture.objects.order_by("name"), label="Νομός", empty_label="Επιλέξτε"
    )
    places = forms.IntegerField(label="Επιμορφωτές/τριες", min_value=1, max_value=500)

    def __init__(self, *args: Any, clusters: QuerySet[Cluster], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields
        own["cluster"].queryset = clusters


class CentreLine(forms.Form):
    """Προγράμματα για μία περιφέρεια· μια κενή γραμμή παραλείπεται."""

    region: Any = forms.ModelChoiceField(
        Region.objects.order_by("name"), label="Περιφέρεια", empty_label="Επιλέξτε"
    )
    places = forms.IntegerField(label="Προγράμματα", min_value=1, max_value=500)

    def __init__(self, *args: Any, clusters: QuerySet[Cluster], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del clusters


class LineRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """All lines of a call; one at least, each place once."""

    def clean(self) -> None:
        keys = [(f.cluster, f.prefecture, f.region) for f in self.facts()]
        if not keys and not any(form.errors for form in self.forms):
            raise forms.ValidationError("Συμπληρώστε μία τουλάχιστον θέση έργου.")
        if len(set(keys)) < len(keys):
            raise forms.ValidationError("Η ίδια θέση δίνεται δύο φορές: κρατήστε τη μία.")

    def facts(self) -> list[LineFacts]:
        """The rows as the operation takes them."""
        rows = [form.cleaned_data for form in self.forms if form.is_valid()]
        return [
            LineFacts(
                row["places"],
                **{k: row[k].pk for k in ("cluster", "prefecture", "region") if row.get(k)},
            )
            for row in rows
            if row.get("places") and not row.get("DELETE")
        ]


def line_rows(
    audience: str,
    posted: QueryDict | None,
    clusters: QuerySet[Cluster],
    initial: list[dict[str, Any]],
) -> Any:
    """The rows of the lines for this audience, as stored or as posted."""
    row = TrainerLine if audience == WorkFor.TRAINERS else CentreLine
    factory = forms.formset_factory(
        row, LineRows, extra=3, max_num=MOST_LINES, absolute_max=MOST_LINES, can_delete=True
    )
    return factory(posted, prefix="line", initial=initial, form_kwargs={"clusters": clusters})


def content_of(form: WorkCallForm, rows: LineRows) -> WorkContent:
    """The same as the operation takes it."""
    data = {name: form.cleaned_data[name] for name in FIELDS}
    return WorkContent(lines=rows.facts(), **data)


def initial_of(call: WorkCall) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the form and its rows show of a call that exists."""
    lines: Any = call.lines.values("cluster", "prefecture", "region", "places")
    return {name: getattr(call, name) for name in ("period", *FIELDS)}, list(lines)


def initial_asked(asked: QueryDict) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the form of a new call begins with: the period and the place that the address names."""
    found = {name: number(asked.get(name, "")) for name in ("period", "cluster", "prefecture")}
    first = {"period": found.pop("period")}
    return first, [found | {"places": 1}] if all(found.values()) else []


class LaterForm(forms.Form):
    """Παράταση: νέα λήξη και αιτιολογία."""

    until = DeadlineField(label="Νέα λήξη", widget=moment())
    reason = forms.CharField(
        label="Αιτιολογία", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def moment(self) -> datetime:
        """The new deadline."""
        found: datetime = self.cleaned_data["until"]
        return found


class MoveForm(forms.Form):
    """Απόφαση για μία αίτηση: σε θέση της, εκτός, ή πάλι κατά τη σειρά."""

    where = forms.ChoiceField(label="Απόφαση", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Αιτιολογία",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Τη διαβάζει και όποιος υπέβαλε την αίτηση.",
    )

    def __init__(self, application: WorkApplication, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        call = application.call
        lines = WorkCallLine.objects.filter(standings__application=application)
        self.lines = {
            str(line.pk): line
            for line in lines.select_related("cluster", "prefecture", "region")
            if call.for_trainers
        }
        own: Any = self.fields
        own["where"].choices = [
            (BY_RANK, "Κατά τη σειρά της κατάταξης"),
            *((pk, f"Θέση: {line}") for pk, line in self.lines.items()),
            (NOWHERE, "Εκτός επιλογής"),
        ]
