"""The register: a plan and its promises, who is responsible, and how it stands year by year."""

from actions.models.entries import EntryTransition, Progress, SeenFinding, StatusEntry
from actions.models.organisations import Membership, Organisation, Responsibility, Succession
from actions.models.plans import ActionPoint, Pillar, Plan, Theme
from actions.models.published import Citation, PublishedEntry, PublishedResponsibility
from actions.models.rounds import Reminder, ReportingRound, Status

__all__ = [
    "ActionPoint",
    "Citation",
    "EntryTransition",
    "Membership",
    "Organisation",
    "Pillar",
    "Plan",
    "Progress",
    "PublishedEntry",
    "PublishedResponsibility",
    "Reminder",
    "ReportingRound",
    "Responsibility",
    "SeenFinding",
    "Status",
    "StatusEntry",
    "Succession",
    "Theme",
]
