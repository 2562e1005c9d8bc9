"""The register in the admin, a module per part of the work."""

from actions.admin import entries, organisations, people, plan, responsibilities, rounds

__all__ = ["entries", "organisations", "people", "plan", "responsibilities", "rounds"]
