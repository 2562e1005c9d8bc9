"""The work on a report that writes more than one row. See `actions.services` for the manners."""

from reports.services.corrections import what_differs, withdraw_correction
from reports.services.editions import document_to_publish, publish
from reports.services.proposals import apply_proposals
from reports.services.subscriptions import (
    ask_for_subscription,
    confirm_subscription,
    end_subscription,
    end_subscriptions,
)

__all__ = [
    "apply_proposals",
    "ask_for_subscription",
    "confirm_subscription",
    "document_to_publish",
    "end_subscription",
    "end_subscriptions",
    "publish",
    "what_differs",
    "withdraw_correction",
]
