"""Refusals of room delivery, each with a sentence for the person at the screen."""

from __future__ import annotations

from didaskaleio.kernel.errors import Refusal


class SheetIncompleteError(Refusal):
    """A sheet that cannot be signed yet: a mark, a number of minutes or the topic is missing."""


class SheetChangedError(Refusal):
    """What is being signed is not what the person has seen: another tab acted in between."""


class SheetSignedError(Refusal):
    """The sheet is signed: only a correction changes it."""


class TimeRefusedError(Refusal):
    """A new time that the rules of the timetable do not allow."""


class TooLateError(Refusal):
    """The days for an excuse or a dispute have passed."""


class NotApplicableError(Refusal):
    """An excuse, a dispute or a decision where there is nothing to excuse or decide."""


class CodeRefusedError(Refusal):
    """A code of the room that does not stand, or a device that another person has used."""


class VisitRefusedError(Refusal):
    """An act on an on-site visit, or on the choice of visits, that cannot be done as it stands."""


class TaskRefusedError(Refusal):
    """A task of coordination that cannot be given or answered as it stands."""


class ApplicationRefusedError(Refusal):
    """A step of the application in class that lacks something."""


class SubstituteRefusedError(Refusal):
    """Somebody who cannot take over the sessions, or a proposal that came too late."""
