"""Structures (δομές): the map of education, specialties and clusters, bodies, centres, funding."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from didaskaleio.kernel.fields import greek_key_field


class Region(models.Model):
    """Region (Περιφέρεια) with its regional directorate of education (Π.Δ.Ε.); 13."""

    code = models.CharField(max_length=8, unique=True)
    iso_code = models.CharField(max_length=8)
    nuts2 = models.CharField(max_length=8)
    name = models.CharField(max_length=100)
    genitive = models.CharField(max_length=100)
    directorate_code = models.CharField(max_length=16)
    directorate_name = models.CharField(max_length=200)
    directorate_abbreviation = models.CharField(max_length=100)
    sort_key = greek_key_field("name")

    def __str__(self) -> str:
        return self.name


class Prefecture(models.Model):
    """Prefecture (Νομός): the unit of locality (seed 001 §2); 51."""

    code = models.CharField(max_length=8, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    genitive = models.CharField(max_length=100)
    label = models.CharField(max_length=100)
    seat = models.CharField(max_length=100)
    sort_key = greek_key_field("name")

    def __str__(self) -> str:
        return self.label


class RegionalUnit(models.Model):
    """Regional unit (Περιφερειακή Ενότητα); 74."""

    code = models.CharField(max_length=8, unique=True)
    prefecture = models.ForeignKey(Prefecture, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    label = models.CharField(max_length=100)
    genitive = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.label


class Directorate(models.Model):
    """Directorate of primary or secondary education (Δ.Π.Ε., Δ.Δ.Ε.); 116."""

    class Level(models.TextChoices):
        PRIMARY = "primary", "Πρωτοβάθμια"
        SECONDARY = "secondary", "Δευτεροβάθμια"

    code = models.CharField(max_length=16, unique=True)
    level = models.CharField(max_length=10, choices=Level)
    area = models.CharField(max_length=8)
    prefecture = models.ForeignKey(Prefecture, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    abbreviation = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.abbreviation


class StructureType(models.Model):
    """A type of structure (τύπος δομής) with the dates at which it existed."""

    code = models.CharField(max_length=16, unique=True)
    abbreviation = models.CharField(max_length=60)
    name = models.CharField(max_length=250)
    parent = models.CharField(max_length=60, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.abbreviation


class SchoolType(models.Model):
    """School type (τύπος σχολικής μονάδας) with the hours at which it teaches."""

    class Level(models.TextChoices):
        PRIMARY = "primary", "Πρωτοβάθμια"
        SECONDARY = "secondary", "Δευτεροβάθμια"
        BOTH = "both", "Πρωτοβάθμια και δευτεροβάθμια"
        POST_SECONDARY = "post-secondary", "Μεταδευτεροβάθμια"
        ADULT = "adult", "Εκπαίδευση ενηλίκων"

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=150)
    level = models.CharField(max_length=20, choices=Level)
    opens = models.TimeField()
    closes = models.TimeField()

    def __str__(self) -> str:
        return self.name


class Specialty(models.Model):
    """Specialty (κλάδος ή ειδικότητα), e.g. ΠΕ04.01."""

    code = models.CharField(max_length=12, unique=True)
    code_latin = models.CharField(max_length=12)
    category = models.CharField(max_length=4)
    branch = models.CharField(max_length=12)
    label = models.CharField(max_length=200)
    special_education = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class LegacySpecialty(models.Model):
    """An old specialty code and what it became (παλαιός κωδικός ειδικότητας)."""

    code = models.CharField(max_length=16)
    specialty = models.ForeignKey(Specialty, models.PROTECT, related_name="+")
    label = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "specialty"], name="legacy_specialty_once")
        ]


class ClusterScheme(models.Model):
    """A division of specialties into clusters for one level (σχήμα συστάδων), with its dates."""

    level = models.CharField(max_length=4)
    name = models.CharField(max_length=100)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "valid_from"], name="scheme_once")]

    def __str__(self) -> str:
        return self.name


class Cluster(models.Model):
    """Specialty cluster (συστάδα κλάδων); code stored with Latin B (``B2.1``), shown Greek."""

    scheme = models.ForeignKey(ClusterScheme, models.PROTECT, related_name="clusters")
    code = models.CharField(max_length=8)
    title = models.CharField(max_length=120)
    members = models.TextField()
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="cluster_once")]

    def __str__(self) -> str:
        return f"{self.shown_code} {self.title}"

    @property
    def shown_code(self) -> str:
        return self.code.replace("B", "Β")  # the second is Greek


class ClusterMember(models.Model):
    """A specialty in a cluster; ``proposed`` rows still need a human decision."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="specialties")
    specialty = models.ForeignKey(Specialty, models.PROTECT, related_name="+")
    proposed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "specialty"], name="cluster_member_once")
        ]


class School(models.Model):
    """School unit (σχολική μονάδα); a school abroad has no prefecture."""

    class Sector(models.TextChoices):
        PUBLIC = "public", "Δημόσιο"
        PRIVATE = "private", "Ιδιωτικό"

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=200)
    type = models.ForeignKey(SchoolType, models.PROTECT, related_name="+")
    sector = models.CharField(max_length=8, choices=Sector, default=Sector.PUBLIC)
    evening = models.BooleanField(default=False)
    directorate = models.ForeignKey(Directorate, models.PROTECT, null=True, related_name="+")
    regional_unit = models.ForeignKey(RegionalUnit, models.PROTECT, null=True, related_name="+")
    prefecture = models.ForeignKey(Prefecture, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    town = models.CharField(max_length=100)
    country = models.CharField(max_length=2, default="GR")
    sort_key = greek_key_field("name")

    class Meta:
        indexes = [
            models.Index(fields=["prefecture", "sort_key"], name="school_prefecture"),
            GinIndex(fields=["sort_key"], name="school_search", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(country="GR", prefecture__isnull=False)
                | (~Q(country="GR") & Q(prefecture__isnull=True)),
                name="school_has_prefecture_at_home",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ImplementingBody(models.Model):
    """Implementing body (φορέας υλοποίησης); the ministry may be one (000 §1)."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=250)
    short_name = models.CharField(max_length=60)
    is_ministry = models.BooleanField(default=False)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.short_name


class TrainingCentre(models.Model):
    """Training centre (Κέντρο Στήριξης Επιμόρφωσης, Κ.Σ.Ε.), usually a public school."""

    class Kind(models.TextChoices):
        PUBLIC_SCHOOL = "public_school", "Δημόσιο σχολείο"
        ECONOMIC_OPERATOR = "economic_operator", "Εκπαιδευτικός φορέας – οικονομικός φορέας"
        UNIVERSITY = "university", "ΑΕΙ ή ερευνητικό ινστιτούτο"

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    # whose register it is in: that body's head grants the rights over it
    body = models.ForeignKey(ImplementingBody, models.PROTECT, null=True, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    prefecture = models.ForeignKey(Prefecture, models.PROTECT, related_name="+")
    regional_unit = models.ForeignKey(RegionalUnit, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    directorate = models.ForeignKey(Directorate, models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=200, blank=True)
    town = models.CharField(max_length=100)
    phone = models.CharField(max_length=60, blank=True, default="", db_default="")
    email = models.EmailField(blank=True, default="", db_default="")
    # what the last act of approval says (room registers); none before the first
    approved_from = models.DateField(null=True)
    approved_until = models.DateField(null=True)
    sort_key = greek_key_field("name")

    def __str__(self) -> str:
        return self.name

    def approved_on(self, day: date) -> bool:
        """Whether the approval of the centre holds on ``day``; its last day is in."""
        begun = self.approved_from is not None and self.approved_from <= day
        return begun and (self.approved_until is None or day <= self.approved_until)


class Room(models.Model):
    """A room of a training centre (αίθουσα) with its seats; one that closed stays for history."""

    class Kind(models.TextChoices):
        LAB = "lab", "Εργαστήριο υπολογιστών"
        CLASSROOM = "classroom", "Αίθουσα διδασκαλίας"

    centre = models.ForeignKey(TrainingCentre, models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.LAB, db_default=Kind.LAB)
    seats = models.PositiveSmallIntegerField()
    equipment = models.CharField(max_length=200, blank=True)
    in_use = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "name"], name="room_once")]

    def __str__(self) -> str:
        return self.name


class FundedProject(models.Model):
    """Funded project (Πράξη) with its code, predecessor and targets (001 §1)."""

    code = models.CharField(max_length=12, unique=True)
    title = models.TextField()
    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    predecessor_code = models.CharField(max_length=12, blank=True)
    fund = models.CharField(max_length=200)
    framework = models.CharField(max_length=200)
    retention_until = models.DateField(null=True)
    eligible_from = models.DateField(null=True)
    eligible_until = models.DateField(null=True)

    def __str__(self) -> str:
        return self.code


class FundedProjectText(models.Model):
    """What documents of the project must carry from a date on (ταυτότητα συγχρηματοδότησης)."""

    project = models.ForeignKey(FundedProject, models.CASCADE, related_name="texts")
    valid_from = models.DateField()
    statement = models.TextField()
    logos = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "valid_from"], name="text_once")]


class FundedIndicator(models.Model):
    """A target of the project (δείκτης), e.g. 15,000 participations in Β2."""

    project = models.ForeignKey(FundedProject, models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    target = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "code"], name="indicator_once")]


class LocalHoliday(models.Model):
    """A local holiday (τοπική εορτή) of a prefecture's seat: day and month, or days from Easter."""

    prefecture = models.ForeignKey(Prefecture, models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    month = models.PositiveSmallIntegerField(null=True)
    day = models.PositiveSmallIntegerField(null=True)
    easter_offset = models.SmallIntegerField(null=True)


class SourceRow(models.Model):
    """The hash of a loaded row (ίχνος γραμμής): an unchanged row is skipped at the next load."""

    kind = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="source_row_once")]
