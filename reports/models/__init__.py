"""The models of the reports, one file per group of nouns."""

from reports.models.report import (
    CoverLetter,
    Edition,
    EditionFile,
    EditionQuerySet,
    ReportText,
)
from reports.models.subscriptions import Subscriber, Subscription, SubscriptionRequest

__all__ = [
    "CoverLetter",
    "Edition",
    "EditionFile",
    "EditionQuerySet",
    "ReportText",
    "Subscriber",
    "Subscription",
    "SubscriptionRequest",
]
