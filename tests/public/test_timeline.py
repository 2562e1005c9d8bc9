"""The timeline of an action point as a picture, and the words that say what it shows."""

from datetime import date

import pytest
from django.core.cache import cache
from django.utils import timezone

from actions.models import PublishedEntry, ReportingRound
from actions.timeline import timeline_of

POINT = "/en/nap/actiepunten/1.1.1/"


@pytest.fixture
def on(monkeypatch):
    """Makes it another day."""

    def make_it(*day):
        monkeypatch.setattr(timezone, "localdate", lambda *_: date(*day))

    make_it(2024, 6, 1)
    return make_it


@pytest.fixture
def last(nap):
    """Sets from when until when the point lasts, as published."""

    def set_dates(start, end):
        entries = PublishedEntry.objects.filter(action_point=nap.points[0])
        entries.update(
            start_date=start and date.fromisoformat(start), end_date=end and date.fromisoformat(end)
        )
        return timeline_of(entries.order_by("-round__year"), on=timezone.localdate())

    return set_dates


def words(page):
    return page.one("svg", class_="timeline")["aria-label"]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2022-03-01", "2025-12-31", "From March 2022 until December 2025."),
        ("2022-03-01", None, "From March 2022, without an end date."),
        (None, "2025-12-31", "Until December 2025, without a start date."),
    ],
)
def test_picture_says_from_when_until_when(get, on, last, start, end, said):
    last(start, end)
    assert words(get(POINT)) == (
        f"{said} Reported on in 2022 and 2023. Today, 1 June 2024, it is under way."
    )


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ((2022, 2, 28), "it has not begun."),
        ((2022, 3, 1), "it is under way."),
        ((2025, 12, 31), "it is under way."),
        ((2026, 1, 1), "the end has passed."),
    ],
)
def test_picture_says_how_today_stands_to_it(get, on, last, today, said):
    last("2022-03-01", "2025-12-31")
    on(*today)
    assert words(get(POINT)).endswith(said)


def test_without_dates_the_wording_stands_alone(get, on, last):
    last(None, None)
    page = get(POINT)
    assert not page.all("svg", class_="timeline")
    assert "2022-2026" in page.texts("dd")


def test_open_end_and_open_start_have_an_arrow(get, on, last):
    for start, end, arrows in (
        ("2022-03-01", "2025-12-31", 0),
        ("2022-03-01", None, 1),
        (None, "2025-12-31", 1),
    ):
        last(start, end)
        cache.clear()
        assert len(get(POINT).all("path", class_="timeline__open")) == arrows


def test_picture_covers_the_plan_and_what_lasts_longer(on, last):
    assert [each.name for each in last("2022-01-01", "2026-12-31").ticks] == [
        *("2022", "2023", "2024", "2025", "2026")
    ]
    long = last("2020-01-01", "2030-12-31")
    assert [each.name for each in long.ticks if each.name] == ["2020", "2023", "2026", "2029"]
    assert len(long.ticks) == 11
    assert (long.bar_at, long.bar_end) == ("5.00%", "95.00%")


def test_every_report_and_today_stand_at_their_day(on, last):
    timeline = last("2022-01-01", "2026-12-31")
    places = [float(each.rstrip("%")) for each in (*timeline.reported_at, timeline.today_at)]
    assert places == sorted(places)
    assert len(places) == 3
    # The first day of October 2022, of five years.
    assert places[0] == pytest.approx(5 + 90 * 0.75 / 5, abs=0.1)


def test_a_report_stands_at_its_day_as_published(nap, on, last):
    before = last("2022-01-01", "2025-12-31").reported_at

    ReportingRound.objects.update(reference_date=date(2024, 5, 1))

    assert last("2022-01-01", "2025-12-31").reported_at == before


def test_today_is_not_in_the_picture_of_a_plan_of_other_years(get, on, last):
    last("2022-03-01", "2025-12-31")
    on(2031, 1, 1)
    page = get(POINT)
    assert not page.all("line", class_="timeline__today")
    assert "Today, 1 January 2031, the end has passed." in words(page)


def test_kept_page_shows_another_day_tomorrow(client, settings, on, last):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    last("2022-03-01", "2025-12-31")
    first = client.get(POINT)
    assert client.get(POINT, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    on(2024, 6, 2)
    again = client.get(POINT, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "2 June 2024" in again.content.decode()
    cache.clear()
