"""Which entry of a round a row of a report is about."""

import pytest

from reports.matching import Why, match
from tests import factories
from tests.reports.published import row

LAW = "Wet modernisering verbod op mensenhandel"
GUIDE = "Gids over verantwoord inkopen maken"


@pytest.fixture
def entries(db):
    """1.1.1 is about a law, 1.1.2 about a guide."""
    theme = factories.theme()
    in_round = factories.reporting_round(plan=theme.plan)
    return [
        factories.status_entry(
            action_point=factories.action_point(theme=theme, title=title), round=in_round
        )
        for title in (LAW, GUIDE)
    ]


def numbers(entries, *rows):
    """The number of the entry that each row is about, or why there is none."""
    matches = match(rows, entries)
    found = {id(each): entry.number for each, entry in matches.pairs}
    found |= {id(each): why for each, why in matches.unmatched}
    return [found[id(each)] for each in rows]


def test_a_row_is_found_by_its_title_however_that_is_written(entries):
    assert numbers(entries, row(f"  {GUIDE.upper()}.")) == ["1.1.2"]


def test_the_same_title_counts_more_than_the_number(entries):
    assert numbers(entries, row(LAW, number="1.1.2"), row(GUIDE, number="1.1.1")) == [
        "1.1.1",
        "1.1.2",
    ]


def test_a_row_is_found_by_its_number_if_the_title_is_much_like_it(entries):
    assert numbers(entries, row(f"{GUIDE} en verspreiden", number="1.1.2")) == ["1.1.2"]


def test_a_number_with_an_altogether_different_title_is_another_point(entries):
    assert numbers(entries, row("Iets heel anders", number="1.1.2")) == [Why.UNKNOWN]


def test_a_row_without_a_number_is_found_by_a_title_much_like_it(entries):
    assert numbers(entries, row("Gids over verantwoord inkopen uitbrengen")) == ["1.1.2"]


def test_of_two_points_with_one_title_the_number_tells_which(entries):
    again = factories.status_entry(
        action_point=factories.action_point(theme=entries[0].action_point.theme, title=LAW),
        round=entries[0].round,
    )
    entries = [*entries, again]

    assert numbers(entries, row(LAW, number="1.1.3"), row(LAW, number="1.1.1")) == [
        "1.1.3",
        "1.1.1",
    ]
    assert numbers(entries, row(LAW)) == [Why.UNKNOWN]


@pytest.mark.parametrize("second", [LAW, f"{LAW}!", f"{LAW} ook"])
def test_rows_about_one_point_contradict_each_other(second, entries):
    expected = [Why.REPEATED, Why.REPEATED] if "ook" not in second else ["1.1.1", Why.UNKNOWN]

    assert numbers(entries, row(LAW), row(second)) == expected


def test_two_rows_that_are_only_like_a_point_contradict_each_other(entries):
    rows = row(f"{LAW} A"), row(f"{LAW} B")

    assert numbers(entries, *rows) == [Why.REPEATED, Why.REPEATED]


def test_points_of_which_no_row_tells_are_missing(entries):
    assert match([row(GUIDE)], entries).missing == (entries[0],)


def test_a_point_that_is_in_the_file_twice_is_not_missing(entries):
    assert match([row(LAW), row(LAW)], entries).missing == (entries[1],)
