"""The register in the admin, a module per part of the work."""

from actions.admin import organisations, people, plan, responsibilities, rounds

__all__ = ["organisations", "people", "plan", "responsibilities", "rounds"]
