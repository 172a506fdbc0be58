"""Ταυτόχρονη σύνταξη (two at one draft): an edit knows what its part said when it was opened."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from didaskaleio.kernel.errors import OvertakenError
from didaskaleio.kernel.forms import exchange
from didaskaleio.kernel.forms.definition import Definition
from didaskaleio.kernel.forms.editing import Edit


def mark(definition: Definition, key: str = "") -> str:
    """A digest of one part as it stands: a question, a section's own facts, or the form's.

    Empty for a part that does not stand in the form.
    """
    question, section = definition.question(key), definition.section(key)
    if question is not None:
        part: object = exchange.question(question)
    elif section is not None:
        alone = replace(definition, sections=(replace(section, questions=()),), ties=())
        part = exchange.write(alone)["sections"]
    elif key:
        return ""
    else:
        part = exchange.write(replace(definition, sections=()))
    said = json.dumps(part, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def whole(definition: Definition) -> str:
    """A digest of the whole definition."""
    said = json.dumps(exchange.write(definition), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def unless_changed(change: Edit, key: str, seen: str) -> Edit:
    """The same edit, refused if its part is no longer what ``seen`` marks."""

    def careful(definition: Definition) -> Definition:
        if mark(definition, key) != seen:
            raise OvertakenError(
                "Το σημείο αυτό άλλαξε στο μεταξύ από άλλο πρόσωπο. Δεν αποθηκεύτηκε τίποτε "
                "ακόμη: δείτε τις διαφορές, διορθώστε και αποθηκεύστε ξανά."
            )
        return change(definition)

    return careful
