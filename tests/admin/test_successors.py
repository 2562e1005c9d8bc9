"""Points of an organisation that no longer exists move to a successor; old years keep theirs."""

import pytest

from actions import services
from actions.models import Organisation, Responsibility, StatusEntry, Succession
from actions.successors import Takeover, outlived, reworded, successors_in
from tests import factories
from tests.admin.pages import address, change
from tests.admin.test_work import links, text_of

Role = Responsibility.Role


def succeed(old, *later, year=2024):
    for new in later:
        Succession.objects.create(predecessor=old, successor=new, kind="split", year=year)


@pytest.fixture
def old(db):
    """A ministry that existed until 2024."""
    name = "Ministerie van Economische Zaken en Klimaat"
    return factories.organisation(abbreviation="EZK", name=name, last_year=2024)


@pytest.fixture
def new(old):
    """Its only successor."""
    ministry = factories.organisation(abbreviation="EZ", name="Ministerie van Economische Zaken")
    succeed(old, ministry)
    return ministry


@pytest.fixture
def held(old):
    """The responsibility of the old ministry for a point, in the published report on 2024 too."""
    point = factories.action_point(responsibility="EZK, RVO in opdracht van EZK")
    held = factories.responsibility(action_point=point, organisation=old, role=Role.COORDINATING)
    published = factories.reporting_round(plan=point.plan, year=2024, stage="published")
    factories.published_entry(action_point=point, round=published)
    return held


@pytest.fixture
def in_round(held):
    """The open round of the year after."""
    in_round = factories.reporting_round(plan=held.action_point.plan, year=2025)
    factories.status_entry(action_point=held.action_point, round=in_round)
    return in_round


@pytest.fixture
def post(signed_in, coordinator, in_round):
    """Posts the page on which points move; the wording is as offered, unless the test has its own.

    `successors` has for each responsibility the organisation that is chosen, or None. `page` is the
    page as it was read, where that was earlier.
    """
    client = signed_in(coordinator)
    url = address(in_round, "successors", in_round.pk)

    def move(successors, *, page=None, **wording):
        page = page or client.get(url)
        sent = {}
        for held, successor in successors.items():
            form = next(each for each in page.context["forms"] if each.point == held.action_point)
            sent |= sent_by(form) | {
                form.add_prefix(str(held.pk)): successor.pk if successor else ""
            }
            if wording:
                sent[form.add_prefix("wording")] = wording["wording"]
        return client.post(url, sent)

    return move


def sent_by(form):
    """What a browser sends of a form on the page, left as it is."""
    wording = form["wording"]
    offered = form.data.get(wording.html_initial_name) if form.is_bound else wording.initial
    shown = {bound.html_name: bound.value() or "" for bound in form}
    return {**shown, wording.html_initial_name: offered}


def takeover_of(held, new):
    return Takeover(held.action_point, held.action_point.version, {held: new}, "EZ")


def roles(point):
    return set(point.responsibilities.values_list("organisation__slug", "first_year", "last_year"))


# --- Who can take over ---------------------------------------------------------


def test_what_outlived_its_organisation_is_found_in_the_order_of_the_plan(old, held, in_round):
    before = factories.action_point(
        theme=factories.theme(pillar=factories.pillar(plan=in_round.plan, number=9)),
    )
    last = factories.responsibility(action_point=before, organisation=old)

    assert list(outlived(in_round)) == [held, last]


@pytest.mark.parametrize(
    "values", [{"role": Role.INVOLVED}, {"last_year": 2024}], ids=["involved", "ended"]
)
def test_who_does_not_write_that_year_need_not_move(values, held, in_round):
    Responsibility.objects.filter(pk=held.pk).update(**values)

    assert not outlived(in_round)


def test_successors_are_those_that_exist_in_the_year_reached_in_steps_too(old):
    between = factories.organisation(last_year=2024)
    later = factories.organisation()
    not_yet = factories.organisation(first_year=2026)
    succeed(old, between, not_yet)
    succeed(between, later, old)

    assert list(successors_in(2025, old)) == [later]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("EZK, RVO in opdracht van EZK", "EZ, RVO in opdracht van EZ"),
        ("EZKG en EZK-instrumentarium", "EZKG en EZ-instrumentarium"),
        (
            "Ministerie van Economische Zaken en Klimaat (EZK)",
            "Ministerie van Economische Zaken (EZ)",
        ),
        ("BZ", "BZ"),
    ],
)
def test_a_wording_names_the_successor_where_it_named_the_old(text, expected, old, new):
    assert reworded(text, old, new) == expected


# --- Moving --------------------------------------------------------------------


def test_a_responsibility_moves_to_the_only_successor(post, held, new, in_round, coordinator):
    response = post({held: new})

    assert response.url == change(in_round)
    assert roles(held.action_point) == {("EZK", 2022, 2024), ("EZ", 2025, None)}
    moved = held.action_point.responsibilities.get(organisation=new)
    assert moved.role == Role.COORDINATING
    assert moved.history.get().history_user == coordinator
    assert moved.history.get().history_change_reason


def test_the_wording_follows_in_the_open_round_and_stands_in_the_published(post, held, new):
    post({held: new})

    worded = StatusEntry.objects.order_by("round__year").values_list("responsibility", flat=True)
    assert list(worded) == ["EZK, RVO in opdracht van EZK", "EZ, RVO in opdracht van EZ"]


def test_a_wording_of_ones_own_is_kept(post, held, new):
    post({held: new}, wording="EZ (voorheen EZK)")

    held.action_point.refresh_from_db()
    assert held.action_point.responsibility == "EZ (voorheen EZK)"


def test_of_two_successors_the_chosen_one_takes_the_place_of_the_old_name(post, held, new, old):
    other = factories.organisation(abbreviation="KGG", name="Klimaat en Groene Groei")
    succeed(old, other)

    post({held: other})

    held.action_point.refresh_from_db()
    assert held.action_point.responsibility == "KGG, RVO in opdracht van KGG"


def test_one_of_this_year_of_which_nothing_is_published_is_replaced(post, held, new):
    Responsibility.objects.filter(pk=held.pk).update(first_year=2025)

    post({held: new})

    assert roles(held.action_point) == {("EZ", 2025, None)}


def test_a_successor_that_has_the_role_already_does_not_get_it_twice(post, held, new):
    factories.responsibility(
        action_point=held.action_point, organisation=new, role=held.role, first_year=2024
    )

    post({held: new})

    assert roles(held.action_point) == {("EZK", 2022, 2024), ("EZ", 2024, None)}


def test_all_points_move_or_none(held, new, old, in_round, coordinator):
    later = factories.reporting_round(plan=in_round.plan, year=2026, stage="published")
    stands = factories.responsibility(
        action_point=factories.action_point(theme=held.action_point.theme), organisation=old
    )
    factories.published_entry(action_point=stands.action_point, round=later)
    takeovers = [takeover_of(each, new) for each in (held, stands)]

    with pytest.raises(services.Refused, match="2025"):
        services.move_responsibilities(
            reporting_round=in_round, takeovers=takeovers, by=coordinator
        )

    assert roles(held.action_point) == {("EZK", 2022, None)}


def test_what_a_colleague_moved_first_is_not_moved_again(post, held, new, in_round, coordinator):
    moving = {"reporting_round": in_round, "by": coordinator}
    services.move_responsibilities(takeovers=[takeover_of(held, new)], **moving)
    held.refresh_from_db()

    with pytest.raises(services.Refused, match="al verplaatst"):
        services.move_responsibilities(takeovers=[takeover_of(held, new)], **moving)


def reword(point, wording):
    point.responsibility = wording
    point.save()


@pytest.mark.parametrize("typed", [{}, {"wording": "EZ en RVO"}], ids=["as offered", "typed"])
def test_a_wording_that_a_colleague_saved_in_the_meantime_is_not_written_over(
    typed, post, page, held, new
):
    read = page()
    reword(held.action_point, "EZK, met RVO")

    shown = post({held: new}, page=read, **typed)

    held.action_point.refresh_from_db()
    assert held.action_point.responsibility == "EZK, met RVO"
    assert roles(held.action_point) == {("EZK", 2022, None)}
    assert "Er is nog niets verplaatst." in text_of(shown)
    assert "Nu opgeslagen: “EZK, met RVO”" in text_of(shown)
    [form] = shown.context["forms"]
    assert form["wording"].value() == typed.get("wording", "EZ, RVO in opdracht van EZ")


def test_what_was_typed_for_a_point_that_a_colleague_moved_is_shown_again(
    post, page, held, new, in_round, coordinator
):
    read = page()
    services.move_responsibilities(
        reporting_round=in_round, takeovers=[takeover_of(held, new)], by=coordinator
    )

    assert "EZ (voorheen" in text_of(post({held: new}, page=read, wording="EZ (voorheen EZK)"))
    assert "voorheen" not in text_of(post({held: new}, page=read))


def test_what_a_double_click_has_saved_already_is_not_called_lost(post, page, held, new):
    read = page()

    post({held: new}, page=read, wording="EZ (voorheen EZK)")
    shown = post({held: new}, page=read, wording="EZ (voorheen EZK)")

    assert "niet opgeslagen" not in text_of(shown)


def test_who_was_told_of_a_colleagues_wording_decides_what_it_will_be(post, page, held, new):
    read = page()
    reword(held.action_point, "EZK, met RVO")
    told = post({held: new}, page=read)

    assert post({held: new}, page=told).status_code == 302

    held.action_point.refresh_from_db()
    assert held.action_point.responsibility == "EZ, RVO in opdracht van EZ"


def test_a_point_that_is_left_alone_does_not_mind_that_a_colleague_reworded_it(
    post, page, old, held, new
):
    other = factories.responsibility(
        action_point=factories.action_point(theme=held.action_point.theme, responsibility="EZK"),
        organisation=old,
    )
    read = page()
    reword(other.action_point, "EZK en BZ")

    assert post({held: new, other: None}, page=read).status_code == 302


# --- The page ------------------------------------------------------------------


@pytest.fixture
def page(signed_in, coordinator, in_round):
    def get():
        return signed_in(coordinator).get(address(in_round, "successors", in_round.pk))

    return get


def test_the_only_successor_is_chosen_and_named_beforehand(page, held, new):
    [form] = page().context["forms"]

    assert form[str(held.pk)].value() == new.pk
    assert form["wording"].value() == "EZ, RVO in opdracht van EZ"


def test_of_two_successors_none_is_chosen_beforehand(page, held, new, old):
    succeed(old, factories.organisation(abbreviation="KGG"))

    [form] = page().context["forms"]

    assert form[str(held.pk)].value() == ""
    assert form["wording"].value() == "EZK, RVO in opdracht van EZK"


def test_without_a_successor_the_page_says_where_to_record_one(page, held, old):
    shown = page()

    assert "Er is geen opvolger van EZK bekend." in text_of(shown)
    assert links(shown, change(old))


def test_nothing_to_move_is_said_so(page):
    Organisation.objects.update(last_year=None)

    assert "Er is niets te verplaatsen." in text_of(page())


def test_nothing_chosen_moves_nothing(post, held, new):
    shown = post({held: None})

    assert "U hebt geen opvolger gekozen." in text_of(shown)
    assert roles(held.action_point) == {("EZK", 2022, None)}


def test_a_wording_without_a_successor_is_not_lost(post, held, new):
    shown = post({held: None}, wording="Iets anders")

    [form] = shown.context["forms"]
    assert form.errors["wording"]
    assert form["wording"].value() == "Iets anders"


def test_what_is_no_successor_is_not_taken(post, held, new, ministry):
    shown = post({held: ministry})

    assert shown.context["forms"][0].errors
    assert roles(held.action_point) == {("EZK", 2022, None)}
