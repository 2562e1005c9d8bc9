"""The register: a plan and its promises, who is responsible, and how it stands year by year."""

from actions.models.organisations import Membership, Organisation, Responsibility, Succession
from actions.models.plans import ActionPoint, Pillar, Plan, Theme
from actions.models.rounds import EntryTransition, ReportingRound, Status, StatusEntry

__all__ = [
    "ActionPoint",
    "EntryTransition",
    "Membership",
    "Organisation",
    "Pillar",
    "Plan",
    "ReportingRound",
    "Responsibility",
    "Status",
    "StatusEntry",
    "Succession",
    "Theme",
]
