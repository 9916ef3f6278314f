"""Taking over the files of the outside world: people, units, superiors, heads. The same file twice changes nothing."""

from personnel.actions.importing.batches import (
    ImportEnded,
    NotPreviewed,
    cancel_batch,
    commit_batch,
    kept_rows,
    preview_batch,
    receive_file,
    refused_table,
)
from personnel.actions.importing.outcome import ImportRefused, Outcome
from personnel.actions.importing.siasn import import_siasn
from personnel.actions.importing.structure import import_contracts, import_heads, import_superiors, import_units

__all__ = [
    "ImportEnded",
    "ImportRefused",
    "NotPreviewed",
    "Outcome",
    "cancel_batch",
    "commit_batch",
    "import_contracts",
    "import_heads",
    "import_siasn",
    "import_superiors",
    "import_units",
    "kept_rows",
    "preview_batch",
    "receive_file",
    "refused_table",
]
