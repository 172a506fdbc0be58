"""Files (αρχεία) of room credentials: a document as it grows by signatures."""

from __future__ import annotations

from didaskaleio.credentials.enums import SIGNED_FILE
from didaskaleio.kernel import files

SIGNED = files.declare(
    files.Kind(
        SIGNED_FILE,
        "Έγγραφο με υπογραφές",
        "signing_case.read",
        (files.PDF,),
        limit=20 * files.MEGABYTE,
    )
)
