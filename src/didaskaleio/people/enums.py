"""Closed lists of room people: roles, scopes, kinds of identifier, certificate and employment."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """Roles (ρόλοι), the closed list of the platform; a role comes with the room that uses it."""

    TEACHER = "teacher", "Εκπαιδευτικός"
    TRAINER = "trainer", "Επιμορφωτής/τρια"
    AUTHOR = "author", "Μέλος επιστημονικής ομάδας"
    APPROVER = "approver", "Υπεύθυνος/η έγκρισης"
    CENTRE_MANAGER = "centre_manager", "Υπεύθυνος/η Κ.Σ.Ε."
    CENTRE_STAFF = "centre_staff", "Προσωπικό Κ.Σ.Ε."
    PLANNER = "planner", "Σχεδιασμός προγραμμάτων"
    BODY_OFFICER = "body_officer", "Στέλεχος φορέα υλοποίησης"
    BODY_HEAD = "body_head", "Υπεύθυνος/η φορέα υλοποίησης"
    FINANCE_OFFICER = "finance_officer", "Οικονομική υπηρεσία φορέα"
    ASSESSOR = "assessor", "Αξιολογητής/τρια"
    OBJECTION_COMMITTEE = "objection_committee", "Επιτροπή ενστάσεων"
    REGISTRAR = "registrar", "Υπεύθυνος/η μητρώου"
    INSPECTOR = "inspector", "Ελεγκτής/τρια επιτόπιων επισκέψεων"
    REGIONAL_OFFICER = "regional_officer", "Στέλεχος Π.Δ.Ε. ή Διεύθυνσης"
    MINISTRY_OFFICER = "ministry_officer", "Στέλεχος Υπουργείου"
    OPERATOR = "operator", "Υπηρεσία λειτουργίας"


class Scope(models.TextChoices):
    """Kinds of scope (εμβέλεια) of a post."""

    COUNTRY = "country", "Όλη η χώρα"
    REGION = "region", "Περιφέρεια"
    DIRECTORATE = "directorate", "Διεύθυνση"
    BODY = "body", "Φορέας υλοποίησης"
    CENTRE = "centre", "Κ.Σ.Ε."
    COURSE = "course", "Θεματικό αντικείμενο"
    CALL = "call", "Πρόσκληση"
    REGISTER = "register", "Μητρώο"


SCOPES_OF: dict[str, tuple[str, ...]] = {
    Role.TEACHER: (Scope.COUNTRY,),
    Role.TRAINER: (Scope.COUNTRY,),
    Role.AUTHOR: (Scope.COURSE,),
    Role.APPROVER: (Scope.COURSE, Scope.BODY),
    Role.CENTRE_MANAGER: (Scope.CENTRE,),
    Role.CENTRE_STAFF: (Scope.CENTRE,),
    Role.PLANNER: (Scope.BODY,),
    Role.BODY_OFFICER: (Scope.BODY,),
    Role.BODY_HEAD: (Scope.BODY,),
    Role.FINANCE_OFFICER: (Scope.BODY,),
    Role.ASSESSOR: (Scope.CALL,),
    Role.OBJECTION_COMMITTEE: (Scope.CALL,),
    Role.REGISTRAR: (Scope.REGISTER, Scope.BODY),
    Role.INSPECTOR: (Scope.REGION, Scope.BODY),
    Role.REGIONAL_OFFICER: (Scope.REGION, Scope.DIRECTORATE),
    Role.MINISTRY_OFFICER: (Scope.COUNTRY,),
    Role.OPERATOR: (Scope.COUNTRY,),
}


class IdentifierKind(models.TextChoices):
    AFM = "afm", "Α.Φ.Μ."
    AM = "am", "Αριθμός μητρώου"
    AMKA = "amka", "Α.Μ.Κ.Α."
    PA = "pa", "Προσωπικός αριθμός"


class Employment(models.TextChoices):
    PERMANENT = "permanent", "Μόνιμος/η"
    SUBSTITUTE = "substitute", "Αναπληρωτής/τρια"
    HOURLY = "hourly", "Ωρομίσθιος/α"
    PRIVATE = "private", "Ιδιωτικής εκπαίδευσης"


class CertificateKind(models.TextChoices):
    A = "A", "Πιστοποίηση Τ.Π.Ε. Α΄ επιπέδου"
    B1 = "B1", "Πιστοποίηση Τ.Π.Ε. Β1 επιπέδου"
    B1_TRAINING = "B1_training", "Επιμόρφωση Β1 επιπέδου"
    B_KSE = "B_kse", "Επιμόρφωση Β΄ επιπέδου σε Κ.Σ.Ε. (96 ώρες)"
    PAKE = "PAKE", "Πρόγραμμα επιμορφωτών ΠΑ.Κ.Ε."
    B2_TRAINING = "B2_training", "Επιμόρφωση Β2 επιπέδου"
