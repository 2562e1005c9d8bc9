"""The mails of a round."""


def round_opened(reporting_round):
    """Tell each editor that the round is open and what waits for them."""


def entry_moved(transition, *, move):
    """Tell the people concerned that an entry was submitted, returned or approved."""
