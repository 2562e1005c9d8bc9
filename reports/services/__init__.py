"""The work on a report that writes more than one row. See `actions.services` for the manners."""

from reports.services.corrections import what_differs, withdraw_correction
from reports.services.editions import document_to_publish, publish
from reports.services.proposals import apply_proposals

__all__ = [
    "apply_proposals",
    "document_to_publish",
    "publish",
    "what_differs",
    "withdraw_correction",
]
