"""Rules of passwords (κανόνες κωδικού πρόσβασης), in Greek with what to do; checks are Django's."""

from __future__ import annotations

from django.contrib.auth import password_validation as django_rules


class Length(django_rules.MinimumLengthValidator):
    """Μήκος: at least ``min_length`` characters."""

    def get_error_message(self) -> str:
        return f"Ο κωδικός είναι σύντομος. Γράψτε τουλάχιστον {self.min_length} χαρακτήρες."

    def get_help_text(self) -> str:
        return f"Τουλάχιστον {self.min_length} χαρακτήρες· μια φράση τη θυμάστε πιο εύκολα."


class Similarity(django_rules.UserAttributeSimilarityValidator):
    """Ομοιότητα: not the person's own name or address."""

    def get_error_message(self) -> str:
        return "Ο κωδικός μοιάζει με τα στοιχεία σας. Διαλέξτε άλλον."

    def get_help_text(self) -> str:
        return "Όχι το όνομα ή η διεύθυνσή σας."


class Common(django_rules.CommonPasswordValidator):
    """Συνηθισμένοι κωδικοί: not one of those that are tried first."""

    def get_error_message(self) -> str:
        return "Ο κωδικός είναι από τους πιο συνηθισμένους. Διαλέξτε άλλον."

    def get_help_text(self) -> str:
        return "Όχι από τους κωδικούς που χρησιμοποιούν πολλοί."
