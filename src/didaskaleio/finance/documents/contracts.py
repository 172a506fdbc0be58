"""Documents (έγγραφα) of room finance: the contract."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from didaskaleio.finance import wording
from didaskaleio.finance.models import Contract, ContractTemplate
from didaskaleio.kernel import greek
from didaskaleio.kernel.documents import Kind, declare
from didaskaleio.structures.queries import authority_lines, project_text

SPECIMEN = "ΔΕΙΓΜΑ"


def values_of(contract: Contract, number: str = "") -> dict[str, str]:
    """What stands in the place of each placeholder."""
    payee, action, programme = contract.payee, contract.action, contract.programme
    project = action.project
    return {
        "αριθμός": number or contract.number or SPECIMEN,
        "φορέας": contract.body.name,
        "δικαιούχος": payee.name,
        "αφμ": payee.afm,
        "δου": payee.tax_office,
        "διεύθυνση": payee.address,
        "δράση": action.title,
        "πράξη": f"{project.code} {project.title}" if project else "",
        "πρόγραμμα": f"{programme.code}, {programme.centre.name}" if programme else "",
        "έργο": contract.duties,
        "ώρες": str(contract.hours or ""),
        "ανώτατο_ποσό": money(contract.ceiling),
        "έναρξη": greek.long_date(contract.starts_on, weekday=False),
        "λήξη": greek.long_date(contract.last_day, weekday=False),
    }


def money(amount: Decimal | None) -> str:
    """Ποσό as Greeks write it, without the sign: «1.500,00»."""
    return "" if amount is None else greek.number(amount, 2)


def contract_data(contract: Contract) -> dict[str, Any]:
    """The contract as a specimen (δείγμα); ``issue`` adds the number and the day."""
    return _data(
        contract.template,
        authority_lines(contract.body),
        values_of(contract),
        project_text(contract.action.project_id, contract.at),
    )


def example_data(template: ContractTemplate) -> dict[str, Any]:
    """A template filled in with invented facts (παράδειγμα)."""
    return _data(template, authority_lines(template.body), wording.EXAMPLE, "")


def _data(
    template: ContractTemplate, authority: tuple[str, ...], values: dict[str, str], funded: str
) -> dict[str, Any]:
    return {
        "document": {
            "title": template.title,
            "authority": authority,
            "place": "Αθήνα",
            "date": SPECIMEN,
            "number_label": "Αριθμός:",
            "number": values["αριθμός"],
        },
        "sides": [
            ["Φορέας", values["φορέας"]],
            ["Δικαιούχος", values["δικαιούχος"]],
            ["Α.Φ.Μ., Δ.Ο.Υ.", ", ".join(filter(None, (values["αφμ"], values["δου"])))],
            ["Έργο", values["έργο"]],
            ["Ισχύς", f"{values['έναρξη']} – {values['λήξη']}"],
        ],
        "blocks": [
            [block.heading, wording.fill(block.text, values)]
            for block in wording.blocks(template.text)
        ],
        "cofunding": {"text": funded, "logos": []} if funded else None,
    }


TYPST = Path(__file__).parent.parent / "typst"
CONTRACT_PDF = declare(
    Kind(
        "finance.contract",
        "Σύμβαση",
        TYPST / "contract.typ",
        "contract.read",
        "finance.contract",
        contract_data,
    )
)
