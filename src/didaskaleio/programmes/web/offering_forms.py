"""Forms of actions and periods: what is offered, in which phases, within which quotas."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from didaskaleio.courses.models import CourseVersion
from didaskaleio.kernel import greek
from didaskaleio.kernel.web.deadlines import DeadlineField
from didaskaleio.programmes import rules, timetable
from didaskaleio.programmes.enums import QuotaKind
from didaskaleio.programmes.models import TrainingAction, TrainingPeriod
from didaskaleio.programmes.operations import ActionFacts, CategoryFacts
from didaskaleio.programmes.operations.offering import FIELDS
from didaskaleio.programmes.queries.actions import approved_versions
from didaskaleio.programmes.web.forms import DATE
from didaskaleio.structures.models import ClusterScheme, FundedProject, ImplementingBody

TITLES = {"IIa": "Διά ζώσης, σύγχρονες και υποστηρικτικές συναντήσεις", "IIb": "Μόνο από απόσταση"}
MOST_CATEGORIES, MOST_QUOTAS = 8, 300


def moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A version of a course by the title of the course."""

    def label_from_instance(self, obj: Any) -> str:
        version: CourseVersion = obj
        return f"{version.course.title}, {version}"


class ActionForm(forms.Form):
    """What an action says of itself; the categories stand in rows below it."""

    body: Any = forms.ModelChoiceField(None, label="Φορέας υλοποίησης", empty_label=None)
    code = forms.SlugField(
        label="Κωδικός",
        max_length=20,
        help_text="Λατινικά γράμματα, ψηφία και παύλες, π.χ. b2-2024.",
    )
    title = forms.CharField(label="Τίτλος", max_length=300)
    course_version: Any = VersionField(
        None,
        label="Θεματικό αντικείμενο",
        help_text="Οι εγκεκριμένες εκδόσεις των αντικειμένων του φορέα σας.",
    )
    scheme: Any = forms.ModelChoiceField(None, label="Συστάδες", empty_label=None)
    project: Any = forms.ModelChoiceField(
        None, label="Πράξη", required=False, empty_label="Χωρίς συγχρηματοδότηση"
    )
    target = forms.IntegerField(label="Στόχος συμμετοχών", min_value=1)
    geography = forms.CharField(label="Γεωγραφία", max_length=200, initial="Όλη η χώρα")
    compulsory = forms.BooleanField(
        label="Υποχρεωτική για όσους πληρούν το προφίλ του αντικειμένου",
        help_text="Π.χ. εισαγωγική επιμόρφωση νεοδιόριστων: όποιος την οφείλει το βλέπει στην "
        "αρχική σελίδα, και ο φορέας ποιοι δεν την έχουν παρακολουθήσει.",
        required=False,
    )

    def __init__(
        self, *args: Any, bodies: QuerySet[ImplementingBody], day: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        own: Any = self.fields
        ids = [body.pk for body in bodies]
        own["body"].queryset = bodies
        if len(ids) == 1:
            own["body"].widget = forms.HiddenInput()
            own["body"].initial = ids[0]
        own["course_version"].queryset = approved_versions(ids)
        schemes = ClusterScheme.objects.filter(valid_from__lte=day)
        own["scheme"].queryset = schemes.exclude(valid_until__lt=day).order_by("-level")
        own["project"].queryset = FundedProject.objects.filter(body__in=ids).order_by("code")

    def facts(self, categories: CategoryRows) -> ActionFacts:
        """The same as the operation takes it."""
        data = {name: self.cleaned_data[name] for name in self.cleaned_data if name != "body"}
        return ActionFacts(categories=categories.facts(), **data)


def initial_of_action(action: TrainingAction) -> dict[str, Any]:
    """What the form shows of an action that exists."""
    return {name: getattr(action, name) for name in ("body", *FIELDS)}


class CategoryForm(forms.Form):
    """One category; a row without a code is left out."""

    code = forms.SlugField(label="Κωδικός", max_length=12)
    label = forms.CharField(label="Σύντομο όνομα", max_length=20)
    title = forms.CharField(label="Τίτλος", max_length=200)
    face_to_face = forms.IntegerField(label="Διά ζώσης συνεδρίες", min_value=0, max_value=99)
    synchronous = forms.IntegerField(label="Σύγχρονες συνεδρίες", min_value=0, max_value=99)
    support = forms.IntegerField(label="Υποστηρικτικές συναντήσεις", min_value=0, max_value=99)
    session_hours = forms.IntegerField(label="Ώρες συνεδρίας", min_value=1, max_value=8, initial=2)
    async_hours_per_session = forms.IntegerField(
        label="Ασύγχρονες ώρες ανά συνεδρία", min_value=0, max_value=8, initial=1
    )
    support_hours = forms.IntegerField(
        label="Ώρες υποστηρικτικής", min_value=1, max_value=8, initial=3
    )
    locality = forms.BooleanField(label="Εντοπιότητα: μόνο ο νομός του Κ.Σ.Ε.", required=False)


class CategoryRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """All categories of an action; one at least, each with its own code."""

    def clean(self) -> None:
        codes = [row["code"] for row in self._filled()]
        if not codes:
            raise forms.ValidationError("Συμπληρώστε μία τουλάχιστον κατηγορία προγραμμάτων.")
        if len(set(codes)) < len(codes):
            raise forms.ValidationError("Δύο κατηγορίες έχουν τον ίδιο κωδικό: δώστε άλλον.")

    def _filled(self) -> list[dict[str, Any]]:
        rows = [form.cleaned_data for form in self.forms if form.is_valid()]
        return [row for row in rows if row.get("code") and not row.get("DELETE")]

    def facts(self) -> tuple[CategoryFacts, ...]:
        """The rows as the operation takes them."""
        names = {field.name for field in fields(CategoryFacts)}
        return tuple(
            CategoryFacts(**{k: v for k, v in row.items() if k in names}) for row in self._filled()
        )


Categories = forms.formset_factory(
    CategoryForm, CategoryRows, extra=1, max_num=MOST_CATEGORIES, can_delete=True
)


def category_rows(posted: QueryDict | None, initial: list[dict[str, Any]]) -> Any:
    """The rows of the categories, as proposed or as posted."""
    return Categories(posted, prefix="cat", initial=initial)


def standard_categories() -> list[dict[str, Any]]:
    """The categories of the seed (001 §2) as the form proposes them: data to be edited."""
    names = {field.name for field in fields(CategoryFacts)}
    return [
        {k: v for k, v in asdict(found).items() if k in names} | {"title": TITLES[found.code]}
        for found in timetable.CATEGORIES
    ]


def categories_of(action: TrainingAction) -> list[dict[str, Any]]:
    """The categories of an action as the form shows them."""
    names = [field.name for field in fields(CategoryFacts)]
    return list(action.categories.values(*names))


class DatesForm(forms.ModelForm):  # type: ignore[type-arg]
    """The moments of a period, in Athens' time; what is out of order says so at its field."""

    now: datetime | None = None

    class Meta:
        model = TrainingPeriod
        fields = (*rules.MOMENTS, *rules.DAYS)
        labels = {
            "proposals_open": "Προτάσεις Κ.Σ.Ε., από",
            "proposals_close": "Προτάσεις Κ.Σ.Ε., έως",
            "phase_a_opens": "Α΄ φάση αιτήσεων, από",
            "phase_a_closes": "Α΄ φάση αιτήσεων, έως",
            "phase_b_opens": "Β΄ φάση, από",
            "phase_b_closes": "Β΄ φάση, έως",
            "enrolment_opens": "Εγγραφές, από",
            "enrolment_closes": "Εγγραφές, έως",
            "starts_at": "Έναρξη μαθημάτων",
            "first_day": "Πρώτη ημέρα μαθημάτων",
            "last_day": "Τελευταία ημέρα μαθημάτων",
        }
        widgets = {name: DATE if name.endswith("_day") else moment() for name in fields}
        field_classes = dict.fromkeys(rules.CLOSES, DeadlineField)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, sentence in rules.out_of_order(data, now=self.now).items():
            self.add_error(name, sentence)
        return self.cleaned_data

    def _post_clean(self) -> None:
        """The operation writes; the form leaves the row that it shows alone."""


class PeriodForm(DatesForm):
    """A new period: its code and title with its moments."""

    code = forms.SlugField(
        label="Κωδικός",
        max_length=24,
        help_text="Φαίνεται στις διευθύνσεις των σελίδων, π.χ. B2-2024-1.",
    )
    title = forms.CharField(label="Τίτλος", max_length=200)
    field_order = ("code", "title", *rules.MOMENTS, *rules.DAYS)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if TrainingPeriod.objects.filter(code=code).exists():
            raise forms.ValidationError("Υπάρχει ήδη περίοδος με αυτόν τον κωδικό: δώστε άλλον.")
        return code

    def moments(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in (*rules.MOMENTS, *rules.DAYS)}


class QuotaForm(forms.Form):
    """A quota of one cluster, prefecture or centre."""

    kind = forms.ChoiceField(label="Όριο για", choices=QuotaKind.choices)
    key = forms.CharField(
        label="Κωδικός",
        max_length=12,
        help_text="Συστάδα (π.χ. Β2.3), νομός (π.χ. KOZ) ή κωδικός Κ.Σ.Ε.",
    )
    limit = forms.IntegerField(
        label="Προγράμματα, έως", min_value=0, required=False, help_text="Κενό: το όριο αίρεται."
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        key = str(data.get("key", "")).strip()
        if data.get("kind") == QuotaKind.CLUSTER and key:
            try:
                key = greek.cluster_code(key)
            except greek.CodeError as error:
                self.add_error("key", str(error))
        return data | {"key": key if data.get("kind") == QuotaKind.CLUSTER else key.upper()}


class QuotaRow(QuotaForm):
    """A quota of a new period; a row without a code is left out."""

    kind = forms.ChoiceField(label="Όριο για", choices=QuotaKind.choices, initial=QuotaKind.CLUSTER)
    key = forms.CharField(label="Κωδικός", max_length=12)
    limit = forms.IntegerField(label="Προγράμματα, έως", min_value=0)


class QuotaRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """The quotas of a new period, each thing once."""

    def clean(self) -> None:
        keys = [row[:2] for row in self.rows()]
        if len(set(keys)) < len(keys):
            raise forms.ValidationError("Το ίδιο όριο δίνεται δύο φορές: κρατήστε το ένα.")

    def rows(self) -> list[tuple[str, str, int]]:
        """(kind, key, limit) of the rows that were filled in."""
        found = [form.cleaned_data for form in self.forms if form.is_valid()]
        filled = [row for row in found if row.get("key") and row.get("limit") is not None]
        return [(row["kind"], row["key"], row["limit"]) for row in filled if not row.get("DELETE")]


Quotas = forms.formset_factory(QuotaRow, QuotaRows, extra=3, max_num=MOST_QUOTAS, can_delete=True)


def after(previous: TrainingPeriod | None, now: datetime) -> dict[str, Any]:
    """«Όπως η προηγούμενη περίοδος»: everything of it, some whole weeks later."""
    if previous is None:
        return {}
    moments = {name: getattr(previous, name) for name in (*rules.MOMENTS, *rules.DAYS)}
    code = rules.next_code(previous.code)
    while TrainingPeriod.objects.filter(code=code).exists():
        code = rules.next_code(code)
    shifted = rules.shifted(moments, rules.weeks_ahead(moments, now))
    return {"code": code, "title": previous.title} | shifted


def quotas_of(previous: TrainingPeriod | None) -> list[dict[str, Any]]:
    """The quotas of the period before, as rows of the form."""
    if previous is None:
        return []
    rows = previous.quotas.order_by("kind", "key")
    return [{"kind": row.kind, "key": row.key, "limit": row.limit} for row in rows]
