"""Refusals (αρνήσεις) of room people."""

from __future__ import annotations

from didaskaleio.kernel.errors import Refusal


class ScopeError(Refusal):
    """A role over a scope that does not fit it, or that does not exist."""


class BeyondScopeError(Refusal):
    """A right over something that the person who grants or withdraws does not answer for."""


class OwnRightsError(Refusal):
    """Nobody changes their own rights."""


class AlreadyHeldError(Refusal):
    """The person holds the very right already."""


class EndedPostError(Refusal):
    """The post has ended, or it is one that must not end."""


class InactivePersonError(Refusal):
    """The account is closed."""


class AccountTakenError(Refusal):
    """The user name, or the mail address, of a new account is in use."""


class InvitationError(Refusal):
    """There is nobody to invite: no address, or the password has been set."""


class LastOperatorError(Refusal):
    """Without this person nobody would run the platform."""


class OwnedElsewhereError(Refusal):
    """A fact that another register owns: it is corrected there and comes anew from it."""


class IdentifierTakenError(Refusal):
    """The identifier is in use; whose it is stays unsaid."""
