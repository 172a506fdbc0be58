"""States and kinds of room courses."""

from __future__ import annotations

from django.db import models


class CourseState(models.TextChoices):
    DESIGN = "design", "Σχεδιασμός"
    DEVELOPMENT = "development", "Ανάπτυξη υλικού"
    IN_APPROVAL = "in_approval", "Προς έγκριση"
    APPROVED = "approved", "Εγκρίθηκε"
    OFFERED = "offered", "Προσφέρεται"
    UNDER_REVISION = "under_revision", "Σε αναθεώρηση"
    RETIRED = "retired", "Αποσύρθηκε"


class MaterialKind(models.TextChoices):
    TRAINING = "training", "Επιμορφωτικό υλικό"
    TRAINER_GUIDE = "trainer_guide", "Οδηγός επιμορφωτή"
    CERTIFICATION = "certification", "Υλικό πιστοποίησης"
    PRESENTATION = "presentation", "Παρουσίαση του αντικειμένου"
    NOTES = "notes", "Σημειώσεις παρουσίασης"


# what others take to present the course in their own events
KIT = (MaterialKind.PRESENTATION, MaterialKind.NOTES)


class MaterialState(models.TextChoices):
    PLANNED = "planned", "Προβλέπεται"
    DRAFT = "draft", "Σε ανάπτυξη"
    READY = "ready", "Έτοιμο"


class SessionMode(models.TextChoices):
    """Kind of session of a unit (τρόπος); the names are those of the hours of a version."""

    MIXED = "mixed", "Περισσότεροι τρόποι"
    FACE_TO_FACE = "face_to_face", "Διά ζώσης"
    SYNCHRONOUS = "synchronous", "Σύγχρονα"
    ASYNCHRONOUS = "asynchronous", "Ασύγχρονα"
    SUPPORT = "support", "Υποστηρικτικά"


class Component(models.TextChoices):
    """The nine components of a course (000 §2), as remarks are hung on them."""

    TEXTS = "texts", "Σκοπός και περιεχόμενο"
    OBJECTIVES = "objectives", "Διδακτικοί στόχοι"
    HOURS = "hours", "Διδακτικές ώρες"
    UNITS = "units", "Πρόγραμμα σπουδών"
    TRAINEE = "trainee", "Προφίλ εκπαιδευομένων"
    TRAINER = "trainer", "Προφίλ εκπαιδευτών"
    PROVIDERS = "providers", "Φορείς παροχής"
    CERTIFICATION = "certification", "Πιστοποίηση"
    MATERIAL = "material", "Υλικό"


class Source(models.TextChoices):
    """Where a finding of an evaluation comes from (πηγή ευρήματος; 000 §3)."""

    QUESTIONNAIRES = "questionnaires", "Ερωτηματολόγια"
    TRAINERS = "trainers", "Επιμορφωτές και επιμορφώτριες"
    VISITS = "visits", "Επιτόπιες επισκέψεις"
    EXAMS = "exams", "Αποτελέσματα πιστοποίησης"
    HELP = "help", "Αιτήματα υποστήριξης"
    BODY = "body", "Φορέας υλοποίησης"


class Severity(models.TextChoices):
    """How much a finding weighs (βαρύτητα); a critical one is answered by the next revision."""

    MINOR = "minor", "Βελτίωση"
    MAJOR = "major", "Σημαντικό"
    CRITICAL = "critical", "Κρίσιμο"
