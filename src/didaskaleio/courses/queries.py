"""Questions of room courses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Q, QuerySet

from didaskaleio.courses import profiles
from didaskaleio.courses.enums import Component, MaterialKind, MaterialState, SessionMode
from didaskaleio.courses.hours import Ratio, by_mode, problems
from didaskaleio.courses.models import Course, CourseVersion, Remark, SyllabusUnit
from didaskaleio.kernel import journal
from didaskaleio.kernel.access import Actor
from didaskaleio.kernel.errors import Refusal
from didaskaleio.kernel.models import JournalEntry
from didaskaleio.people.enums import Role, Scope
from didaskaleio.people.models import Person, Post, SchoolService, Teacher
from didaskaleio.people.queries import holders, open_posts
from didaskaleio.structures.models import Cluster, ImplementingBody

WRITTEN = "Συγγραφή"
SPECIAL_EDUCATION = "B2.13"


def ratio_of(version: CourseVersion) -> Ratio:
    """Teaching hours of a version by mode."""
    return Ratio(
        version.hours_face_to_face,
        version.hours_synchronous,
        version.hours_asynchronous,
        version.hours_support,
    )


def gaps(version: CourseVersion) -> list[str]:
    """What the design still lacks: components left empty, hours that do not add up (000 §2)."""
    filled = {
        "Γράψτε σκοπό.": version.purpose,
        "Γράψτε περιεχόμενο.": version.content,
        "Ορίστε προφίλ εκπαιδευομένων.": version.trainee_profile,
        "Ορίστε προφίλ εκπαιδευτών.": version.trainer_profile,
        "Ορίστε φορείς παροχής.": version.providers,
        "Ορίστε τρόπο πιστοποίησης.": version.certification_method,
    }
    found = [sentence for sentence, value in filled.items() if not value]
    if not version.objectives.exists():
        found.append("Προσθέστε έναν τουλάχιστον διδακτικό στόχο.")
    units = list(version.units.values_list("mode", "hours"))
    return found + hours_problems(version, units)


def hours_problems(version: CourseVersion, units: Sequence[tuple[str, int]]) -> list[str]:
    """What does not add up between the hours of a version and ``units``: (mode, hours) of each."""
    hours = [each for _, each in units]
    return problems(version.hours_total, ratio_of(version), hours, by_mode(units))


def material_gaps(version: CourseVersion) -> list[str]:
    """Material that must be there before approval: training, and certification, all ready."""
    rows = list(version.materials.all())
    found = [
        f"«{row.title}» δεν είναι έτοιμο: ανεβάστε το αρχείο."
        for row in rows
        if row.state != MaterialState.READY
    ]
    kinds = {row.kind for row in rows}
    needed = (MaterialKind.TRAINING, MaterialKind.CERTIFICATION)
    return found + [f"Λείπει: {kind.label}." for kind in needed if kind not in kinds]


def component(name: str) -> Component:
    """The component called so; a name that is none is refused."""
    if name not in Component.values:
        raise Refusal("Διαλέξτε σε ποια συνιστώσα αναφέρεται η παρατήρηση.")
    return Component(name)


def open_remarks(version: CourseVersion) -> QuerySet[Remark]:
    """Remarks that nobody has resolved yet."""
    return version.remarks.filter(resolved_at=None)


def unanswered(version: CourseVersion) -> list[str]:
    """What the authors owe before they submit again: an answer to each open remark."""
    rows = open_remarks(version).filter(answer="")
    return [f"Απαντήστε στην παρατήρηση για: {row.get_component_display()}." for row in rows]


def remarks_by_component(version: CourseVersion) -> dict[str, list[Remark]]:
    """The remarks of every component, open and closed, in the order of their writing."""
    found: dict[str, list[Remark]] = {part: [] for part in Component.values}
    for row in version.remarks.select_related("by", "answered_by", "resolved_by"):
        found[row.component].append(row)
    return found


def authors(version: CourseVersion) -> set[int]:
    """The people who wrote in a version, from the journal that nobody can change."""
    rows = JournalEntry.objects.filter(
        subject=journal.label(version), subject_id=version.pk, act__startswith=WRITTEN
    )
    return {pk for pk in rows.values_list("actor_id", flat=True) if pk is not None}


def approvers_of(course: Course, version: CourseVersion, *, at: datetime) -> QuerySet[Person]:
    """The people who may approve ``version``: approvers of course or body who did not write."""
    of_course = holders(Role.APPROVER, Scope.COURSE, course.pk, at=at)
    of_body = holders(Role.APPROVER, Scope.BODY, course.body_id, at=at)
    return (of_course | of_body).exclude(pk__in=authors(version))


def authors_of(course: Course, *, at: datetime) -> QuerySet[Person]:
    """The people who may write the course."""
    return holders(Role.AUTHOR, Scope.COURSE, course.pk, at=at)


def officers_of(course: Course, *, at: datetime) -> QuerySet[Person]:
    """Officers and heads of the body of the course."""
    officers = holders(Role.BODY_OFFICER, Scope.BODY, course.body_id, at=at)
    return officers | holders(Role.BODY_HEAD, Scope.BODY, course.body_id, at=at)


def bodies_of(actor: Actor) -> QuerySet[ImplementingBody]:
    """The bodies for which ``actor`` may open a course."""
    held = actor.scopes(Role.BODY_OFFICER, Scope.BODY) | actor.scopes(Role.BODY_HEAD, Scope.BODY)
    known = [pk for pk in held if pk is not None]
    return ImplementingBody.objects.filter(pk__in=known).order_by("short_name")


def team(course: Course, *, at: datetime) -> QuerySet[Post]:
    """The posts of authors and approvers over the course, in Greek order of the people."""
    posts = open_posts(at).filter(scope=Scope.COURSE, scope_id=course.pk)
    of_team = posts.filter(role__in=(Role.AUTHOR, Role.APPROVER))
    return of_team.select_related("person").order_by("person__sort_key", "person_id", "role")


def unit_in_words(unit: SyllabusUnit) -> str:
    """Ενότητα σε μία γραμμή: title, hours, kind of session, summary."""
    mode = f", {unit.get_mode_display().lower()}" if unit.mode != SessionMode.MIXED else ""
    summary = f". {unit.summary}" if unit.summary else ""
    return f"{unit.title}: {unit.hours} ώρες{mode}{summary}"


def components(version: CourseVersion) -> dict[str, list[str]]:
    """The nine components as lines of text: for comparing versions."""
    return {
        "Σκοπός": version.purpose.splitlines(),
        "Περιεχόμενο": version.content.splitlines(),
        "Διδακτικοί στόχοι": [row.text for row in version.objectives.all()],
        "Πρόγραμμα σπουδών": [unit_in_words(row) for row in version.units.all()],
        "Προφίλ εκπαιδευομένων": profiles.parse(version.trainee_profile).in_words(),
        "Προφίλ εκπαιδευτών": profiles.parse(version.trainer_profile).in_words(),
        "Φορείς παροχής": version.providers.splitlines(),
        "Διδακτικές ώρες": [f"{version.hours_total} ώρες: {ratio_of(version).in_words()}"],
        "Πιστοποίηση": version.certification_method.splitlines(),
        "Υλικό": [
            f"{row.get_kind_display()}: {row.title} ({row.get_state_display()})"
            for row in version.materials.order_by("pk")
        ],
    }


def complete(rows: QuerySet[CourseVersion]) -> QuerySet[CourseVersion]:
    """Versions with everything that their page shows."""
    return rows.select_related("course__body", "approved_by").prefetch_related(
        "objectives", "units", "materials__cluster", "materials__file"
    )


def listed(rows: QuerySet[Course]) -> QuerySet[Course]:
    """Courses as a list shows them, in Greek order."""
    return rows.select_related("body", "draft", "current").order_by("sort_key", "pk")


def full_years(first: date, day: date) -> int:
    """Συμπληρωμένα έτη from ``first`` to ``day``; 29 February counts from 1 March."""
    before = (day.month, day.day) < (first.month, first.day)
    return max(0, day.year - first.year - before)


def profile_facts(person: Person, day: date, level: str) -> profiles.Facts:
    """What a profile checks of ``person`` on ``day``; clusters are those of the level then."""
    held = frozenset(person.certificates.values_list("kind", flat=True))
    teacher = Teacher.objects.filter(person=person).select_related("specialty").first()
    if teacher is None:
        return profiles.Facts(certificates=held)
    now = teacher.services.filter(valid_from__lte=day, hours__gt=0)
    now = now.filter(Q(valid_until=None) | Q(valid_until__gte=day))
    leaves = teacher.leaves.filter(valid_from__lte=day)
    away = leaves.filter(Q(valid_until=None) | Q(valid_until__gte=day)).exists()
    schools = list(now.values_list("school__prefecture__code", flat=True))
    since = SchoolService.objects.filter(teacher=teacher).order_by("valid_from").first()
    return profiles.Facts(
        certificates=held,
        clusters=clusters_of_specialty(teacher.specialty_code, day, level),
        prefectures=frozenset(code for code in schools if code),
        specialty=teacher.specialty_code,
        employment=teacher.employment,
        will_teach=bool(schools) and not away,
        not_teaching_reason="άδεια" if away else "",
        service_years=full_years(since.valid_from, day) if since else None,
    )


def clusters_at(day: date, level: str) -> QuerySet[Cluster]:
    """The clusters of the scheme of ``level`` that is in force on ``day``."""
    rows = Cluster.objects.filter(scheme__level=level, scheme__valid_from__lte=day)
    rows = rows.filter(Q(scheme__valid_until=None) | Q(scheme__valid_until__gte=day))
    return rows.order_by("order")


def clusters_of_specialty(code: str, day: date, level: str) -> frozenset[str]:
    """Codes of the clusters to which a post of this specialty belongs; ``.50`` adds Β2.13."""
    rows = clusters_at(day, level)
    own = rows.filter(specialties__specialty__code=code.removesuffix(".50"))
    found = set(own.values_list("code", flat=True))
    if code.endswith(".50"):
        found |= set(rows.filter(code=SPECIAL_EDUCATION).values_list("code", flat=True))
    return frozenset(found)
