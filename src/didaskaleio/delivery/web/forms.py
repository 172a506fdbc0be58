"""Forms of room delivery."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict

from didaskaleio.delivery.enums import Attendee, Mark, WorkKind
from didaskaleio.delivery.models import Attendance, WorkTask
from didaskaleio.delivery.rules import Marking
from didaskaleio.kernel.calendar import local

SAID = {str(mark) for mark in (Mark.PRESENT, Mark.ABSENT, Mark.LATE, Mark.EXCUSED)}
LONGEST = 2_000


def read_marks(
    post: QueryDict, rows: Iterable[Attendance], *, asynchronous: bool = False
) -> dict[int, Marking]:
    """The marks of the attendance form by id of the row; what was not said is left out.

    «All present» without scripts fills in who has no mark: it cannot be undone, so it loses none.
    """
    found = {}
    everybody = post.get("act") == "all"
    for row in rows:
        said = post.get(f"mark-{row.pk}", "")
        if everybody and said not in SAID and row.mark == Mark.UNKNOWN:
            said = Mark.PRESENT
        if said in SAID:
            late = _whole(post.get(f"late-{row.pk}", ""))
            found[row.pk] = Marking(str(said), late, _done(post, row, asynchronous=asynchronous))
    return found


def _done(post: QueryDict, row: Attendance, *, asynchronous: bool) -> bool | None:
    if not asynchronous or row.attendee != Attendee.TRAINEE:
        return None
    return f"async-{row.pk}" in post


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 3 else 0  # noqa: PLR2004


def words(label: str, hint: str = "") -> forms.CharField:
    """A field of several lines."""
    return forms.CharField(
        label=label, help_text=hint, max_length=LONGEST, widget=forms.Textarea({"rows": 4})
    )


class MoveForm(forms.Form):
    """Another time for a session, and why."""

    date = forms.DateField(label="Ημερομηνία", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    start = forms.TimeField(label="Ώρα έναρξης", widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    reason = words("Αιτιολογία", "Τη διαβάζουν το κέντρο και οι επιμορφούμενοι.")

    def __init__(self, *args: Any, replacing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if replacing:
            del self.fields["reason"]

    @property
    def moment(self) -> datetime:
        """The chosen moment, in the time of Greece."""
        day: date = self.cleaned_data["date"]
        hour: time = self.cleaned_data["start"]
        return local(day, hour)


class ExcuseForm(forms.Form):
    """An absence excused with its document."""

    text = words("Λόγος της απουσίας")
    file = forms.FileField(
        label="Δικαιολογητικό",
        help_text="PDF, JPEG ή PNG έως 10 MB. Το βλέπουν μόνο το κέντρο και ο φορέας υλοποίησης.",
    )


class DisputeForm(forms.Form):
    """What a trainee disputes, and why."""

    text = words("Τι αμφισβητείτε και γιατί", "Αναφέρετε ό,τι μπορεί να το επιβεβαιώσει.")


class ExcuseDecisionForm(forms.Form):
    """The centre's decision."""

    decision = forms.ChoiceField(
        label="Απόφαση",
        choices=[("accept", "Δεκτή"), ("refuse", "Μη δεκτή")],
        widget=forms.RadioSelect,
    )
    reason = words("Αιτιολογία", "Τη διαβάζει όποιος υπέβαλε τη δικαιολόγηση.")


class DisputeDecisionForm(forms.Form):
    """The body's decision; upheld, it names the right mark."""

    decision = forms.ChoiceField(
        label="Απόφαση",
        choices=[("uphold", "Δεκτή, να διορθωθεί"), ("dismiss", "Απορρίπτεται")],
        widget=forms.RadioSelect,
    )
    mark = forms.ChoiceField(
        label="Σωστή σημείωση",
        help_text="Συμπληρώνεται όταν η αντίρρηση γίνεται δεκτή.",
        required=False,
        choices=[
            ("", "Διαλέξτε"),
            *((str(m), m.label) for m in (Mark.PRESENT, Mark.LATE, Mark.ABSENT, Mark.EXCUSED)),
        ],
    )
    late = forms.IntegerField(
        label="Λεπτά καθυστέρησης", required=False, min_value=1, max_value=134
    )
    asynchronous = forms.ChoiceField(
        label="Ασύγχρονη ώρα",
        required=False,
        choices=[("", "Όπως είναι"), ("yes", "Έγινε"), ("no", "Δεν έγινε")],
    )
    reason = words("Αιτιολογία", "Τη διαβάζουν όσοι αφορά· γράφεται στη νέα έκδοση.")

    @property
    def marking(self) -> Marking | None:
        """The right mark, None when none was chosen."""
        said = self.cleaned_data["mark"]
        done = {"yes": True, "no": False}.get(self.cleaned_data["asynchronous"])
        return Marking(said, self.cleaned_data["late"] or 0, done) if said else None


class ReasonForm(forms.Form):
    """Only the reason of a correction; the marks are read by ``read_marks``."""

    reason = words("Αιτιολογία της διόρθωσης", "Γράφεται στη νέα έκδοση.")


class AskForm(forms.Form):
    """What should be corrected in a report."""

    text = words("Τι πρέπει να διορθωθεί", "Το διαβάζει όποιος δίδαξε τη συνάντηση.")


class KeepForm(forms.Form):
    """Why a report stays as it is."""

    reason = words("Γιατί μένει ως έχει", "Το διαβάζει όποιος ζήτησε τη διόρθωση.")


class CodeForm(forms.Form):
    """The code of the room, as it is shown or in Greek letters."""

    code = forms.CharField(
        label="Κωδικός της αίθουσας",
        help_text="Έξι σύμβολα από την οθόνη· αλλάζουν κάθε 20 δευτερόλεπτα.",
        max_length=12,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "class": "code"}
        ),
    )


class RulingForm(forms.Form):
    """What holds of one person, and why."""

    row = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    mark = forms.ChoiceField(
        label="Τι ισχύει",
        choices=[(str(m), m.label) for m in (Mark.PRESENT, Mark.LATE, Mark.ABSENT)],
    )
    late = forms.IntegerField(
        label="Λεπτά καθυστέρησης", required=False, min_value=1, max_value=134
    )
    reason = forms.CharField(label="Αιτιολογία", max_length=LONGEST)

    @property
    def marking(self) -> Marking:
        """The mark that was chosen."""
        return Marking(self.cleaned_data["mark"], self.cleaned_data["late"] or 0)


class RollFileForm(forms.Form):
    """Attendance in a file."""

    file = forms.FileField(
        label="Αρχείο παρουσιών",
        help_text="CSV, XLSX ή XLS έως 1 MB, με επικεφαλίδες «Ονοματεπώνυμο» ή «e-mail» και "
        "«Σημείωση» ή «Λεπτά παρακολούθησης».",
    )


class ScanForm(forms.Form):
    """The sheet on paper."""

    file = forms.FileField(
        label="Σαρωμένο παρουσιολόγιο",
        help_text="PDF, JPEG ή PNG έως 10 MB. Το βλέπει όποιος βλέπει και το παρουσιολόγιο.",
    )
    note = forms.CharField(
        label="Σημείωση",
        help_text="Αν χρειάζεται, π.χ. ποια σελίδα λείπει.",
        required=False,
        max_length=200,
    )


class TaskForm(forms.Form):
    """The task of a session's asynchronous hours."""

    title = forms.CharField(label="Τίτλος", max_length=200)
    text = words("Τι ζητά η εργασία", "Και πού βρίσκεται το υλικό.")
    due_at = forms.DateTimeField(
        label="Προθεσμία υποβολής",
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
    )


def of_task(task: WorkTask | None) -> dict[str, Any]:
    """A task as its form shows it."""
    return {} if task is None else {"title": task.title, "text": task.text, "due_at": task.due_at}


class WorkForm(forms.Form):
    """What a trainee hands in."""

    text = words("Η εργασία σας", "Τι κάνατε, ή η διεύθυνση όπου βρίσκεται.")
    file = forms.FileField(
        label="Αρχείο, αν υπάρχει",
        help_text="PDF, παρουσίαση PPTX ή ODP, JPEG ή PNG έως 10 MB. "
        "Το βλέπουν όποιος διδάσκει, το κέντρο και ο φορέας υλοποίησης.",
        required=False,
    )


class GuideForm(forms.Form):
    """The trainer's answer to handed-in work."""

    decision = forms.ChoiceField(
        label="Απάντηση",
        choices=[("accept", "Δεκτή"), ("return", "Επιστρέφεται για συμπλήρωση")],
        widget=forms.RadioSelect,
    )
    guidance = words("Καθοδήγηση", "Τη διαβάζει όποιος υπέβαλε την εργασία.")


class VouchForm(forms.Form):
    """Work that the trainer saw in another way."""

    row = forms.IntegerField(min_value=1)
    kind = forms.ChoiceField(
        choices=[(str(k), k.label) for k in (WorkKind.ACCESS, WorkKind.GUIDANCE)]
    )
    text = forms.CharField(label="Πώς φαίνεται", max_length=LONGEST)
