"""Refusals (αρνήσεις): anticipated, typed, with a sentence for the person at the screen."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - a refusal is an outcome, not an error of the programme
    """An act that cannot be done now; ``str`` is Greek and says what to do next.

    ``rule`` cites the rule that refuses (article of the regulation, code of a check).
    """

    def __init__(self, sentence: str, *, rule: str = "", code: str = "") -> None:
        super().__init__(sentence)
        self.rule = rule
        self.code = code


class StepRefusedError(Refusal):
    """A step of a life cycle that is not open from the present state."""


class ReasonMissingError(Refusal):
    """A step that needs a reason was given none."""


class OvertakenError(Refusal):
    """A form that was opened before somebody else saved the same; nothing of either is lost."""
