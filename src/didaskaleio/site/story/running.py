"""What happens in class in the story: sessions held, sheets signed, attestations issued."""

from __future__ import annotations
