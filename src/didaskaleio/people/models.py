"""People (πρόσωπα): accounts, identifiers, posts, the teacher's record, the trainer's profile."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q

from didaskaleio.kernel.fields import greek_key_field
from didaskaleio.people.enums import CertificateKind, Employment, IdentifierKind, Role, Scope
from didaskaleio.structures.models import Cluster, School, Specialty


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, username: str, password: str | None = None, **facts: Any) -> Person:
        person = self.model(username=username, **facts)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A person with an account (πρόσωπο, λογαριασμός)."""

    username = models.CharField(max_length=60, unique=True)
    surname = models.CharField(max_length=80)
    given_name = models.CharField(max_length=80)
    father_name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    mobile = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    feed_key = models.UUIDField(null=True, unique=True)
    sort_key = greek_key_field("surname", "given_name", "father_name")

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["surname", "given_name"]

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_sort"),
            GinIndex(fields=["sort_key"], name="person_search", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.surname} {self.given_name}"

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.surname}"


class Session(AbstractBaseSession):
    """Session (συνεδρία) of a browser, and of whom if somebody is signed in."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")


class Identifier(models.Model):
    """A typed identifier of a person (αναγνωριστικό): ΑΦΜ, Α.Μ., ΑΜΚΑ, Π.Α.; one owner each."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=8, choices=IdentifierKind)
    value = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="identifier_has_one_owner"),
            models.UniqueConstraint(fields=["person", "kind"], name="identifier_once"),
        ]


class Post(models.Model):
    """Post (θέση ευθύνης): a role over a scope, from one moment to another."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    role = models.CharField(max_length=24, choices=Role)
    scope = models.CharField(max_length=12, choices=Scope)
    scope_id = models.BigIntegerField(null=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["role", "scope", "scope_id"], name="post_scope")]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope="country", scope_id__isnull=True)
                | (~Q(scope="country") & Q(scope_id__isnull=False)),
                name="post_scope_has_its_object",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "scope", "scope_id"],
                condition=Q(valid_until=None),
                nulls_distinct=False,
                name="post_open_once",
            ),
        ]

    def has_ended(self, at: datetime) -> bool:
        """Whether the post holds no more at ``at``."""
        return self.valid_until is not None and self.valid_until <= at


class Teacher(models.Model):
    """The teacher's record (εκπαιδευτικός) as MySchool would give it.

    ``digest`` is of the lines last loaded from files: who is unchanged is skipped.
    ``appointed_on`` is the day of permanent appointment (διορισμός); substitutes have none.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="teacher")
    specialty = models.ForeignKey(Specialty, models.PROTECT, related_name="+")
    special_post = models.BooleanField(default=False)
    employment = models.CharField(max_length=12, choices=Employment)
    seconded_abroad = models.BooleanField(default=False)
    appointed_on = models.DateField(null=True)
    source = models.CharField(max_length=40, default="MySchool")
    checked_on = models.DateField(null=True)
    digest = models.CharField(max_length=32, blank=True, default="", db_default="")

    @property
    def specialty_code(self) -> str:
        """The code of the post: a special-education post appends ``.50`` (MySchool)."""
        return f"{self.specialty.code}.50" if self.special_post else self.specialty.code


class SchoolService(models.Model):
    """Service at a school (υπηρέτηση): weekly teaching hours between two dates."""

    teacher = models.ForeignKey(Teacher, models.CASCADE, related_name="services")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    organic = models.BooleanField(default=False)
    hours = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)


class Leave(models.Model):
    """Leave of a teacher (άδεια), both days included; an open end means until further notice."""

    teacher = models.ForeignKey(Teacher, models.CASCADE, related_name="leaves")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    kind = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="leave_ends_after_it_begins",
            )
        ]


class HeldCertificate(models.Model):
    """A certificate or completed training that a person holds (πιστοποιητικό που κατέχει)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="certificates")
    kind = models.CharField(max_length=12, choices=CertificateKind)
    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="certificate_once")]
        indexes = [models.Index(fields=["person", "kind"], name="certificate_person")]


class TrainerProfile(models.Model):
    """Trainer's profile (επιμορφωτής/τρια Β΄ επιπέδου): clusters and where the trainer serves."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="trainer_profile")
    clusters = models.ManyToManyField(Cluster, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)


class PeopleLoad(models.Model):
    """A load of teachers from files (φόρτωση στοιχείων), with what it did; the journal says who."""

    folder = models.CharField(max_length=200)
    at = models.DateTimeField()
    created = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    skipped = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
