"""Packs (πακέτα τεκμηρίων): the documents of programmes, listed in one sealed manifest."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from didaskaleio.completion.enums import PackKind, PackState
from didaskaleio.kernel.models import StoredDocument, StoredFile, Work
from didaskaleio.people.models import Person
from didaskaleio.programmes.models import Programme
from didaskaleio.structures.models import FundedProject, ImplementingBody


class Pack(models.Model):
    """Pack (πακέτο τεκμηρίων): the dossier of a programme, or a sample of a funded project.

    ``parts`` are the parts of the dossier that it takes. ``seed``, ``size`` and ``population`` say
    how the programmes of a sample were chosen. ``digest`` is that of the manifest's bytes.
    """

    kind = models.CharField(max_length=8, choices=PackKind)
    body = models.ForeignKey(ImplementingBody, models.PROTECT, related_name="+")
    project = models.ForeignKey(FundedProject, models.PROTECT, null=True, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, related_name="packs")
    reason = models.CharField(max_length=300)
    parts = models.JSONField(default=list)
    seed = models.CharField(max_length=64, blank=True)
    size = models.PositiveSmallIntegerField(default=0)
    population = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=8, choices=PackState, default=PackState.BUILDING)
    work = models.OneToOneField(Work, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, blank=True)
    manifest = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    document = models.OneToOneField(StoredDocument, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["body", "state"], name="pack_desk"),
            models.Index(fields=["state", "ends_at"], name="pack_lapse"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="pack_number_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="dossier", programme__isnull=False)
                | Q(kind="audit", programme=None, project__isnull=False),
                name="pack_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state="building") | (~Q(digest="") & Q(manifest__isnull=False)),
                name="sealed_pack_has_its_manifest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number or self.code}"


class PackUnit(models.Model):
    """One programme of a pack (πρόγραμμα πακέτου): done when all its documents are listed."""

    pack = models.ForeignKey(Pack, models.CASCADE, related_name="units")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    missing = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["pack", "programme"], name="pack_unit_once")]


class PackItem(models.Model):
    """One file of a pack (αρχείο πακέτου): where it stands in it, and where its bytes are."""

    pack = models.ForeignKey(Pack, models.CASCADE, related_name="items")
    path = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["pack", "path"], name="pack_path_once")]
