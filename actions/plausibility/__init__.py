"""What looks odd about the entries of a round, to be looked at by a person.

`prose` reads plain text, `checks` is the table of checks, `findings` holds a round or an entry
against it.
"""

from actions.plausibility.findings import Finding, findings_of_entry, findings_of_round

__all__ = ["Finding", "findings_of_entry", "findings_of_round"]
