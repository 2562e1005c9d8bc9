"""The pages of themes and organisations."""

from actions.models import PublishedResponsibility, Succession
from tests import factories
from tests.public.conftest import publish_again
from tests.public.test_action_point import terms


def listed(page):
    return page.texts(class_="point-card__number")


def test_theme_lists_its_points_of_the_latest_published_year(get, nap):
    page = get("/en/nap/themas/arbeid/")
    assert page.one("h1").text == "Arbeid"
    assert listed(page) == ["1.1.1", "1.1.2"]
    assert page.texts("h2")[0] == "2 action points in 2023"
    assert page.texts("li", class_="counted__status") == ["1 Voltooid", "1 Vertraagd"]
    assert "/en/nap/actiepunten/?jaar=2023&thema=arbeid" in page.links


def test_theme_that_left_the_plan_shows_its_last_year(get, nap):
    nap.points[2].entries.get(round=nap.rounds[2023]).delete()
    publish_again(nap)
    assert get("/en/nap/themas/inkoop/").texts("h2")[0] == "1 action point in 2022"


def test_theme_leads_to_the_other_themes_of_its_pillar(get, nap, draft):
    page = get("/en/nap/themas/arbeid/")
    themes = page.one("section", aria_labelledby="pijler")
    assert page.texts("li", within=themes) == ["Arbeid", "Inkoop"]
    assert [each["href"] for each in page.all("a", within=themes)] == ["/en/nap/themas/inkoop/"]
    assert not get("/nap/themas/zorgvuldigheid/").all("section", aria_labelledby="pijler")


def test_point_with_the_highest_sequence_has_its_pages(get, nap):
    point = factories.action_point(theme=nap.points[0].theme, sequence=32767)
    factories.status_entry(action_point=point, round=nap.rounds[2023])
    publish_again(nap)
    assert listed(get("/nap/themas/arbeid/"))[-1] == "1.1.32767"
    assert get("/nap/actiepunten/1.1.32767/").one("h1").text


def test_theme_of_another_plan_is_not_shown(client, nap):
    theme = factories.theme(pillar=factories.pillar(plan=factories.plan(slug="ander")), title="X")
    factories.published_entry(
        action_point=factories.action_point(theme=theme),
        round=factories.reporting_round(plan=theme.plan, stage="published"),
    )
    assert client.get("/ander/themas/x/").status_code == 200
    assert client.get("/nap/themas/x/").status_code == 404
    assert client.get("/ander/themas/arbeid/").status_code == 404


def test_organisation_lists_its_points_with_its_role(get, nap):
    factories.responsibility(action_point=nap.points[1], organisation=nap.bz, role="involved")
    publish_again(nap)
    page = get("/en/nap/organisaties/BZ/")
    assert page.one("h1").text == "Ministerie van Buitenlandse Zaken (BZ)"
    assert listed(page) == ["1.1.2", "1.2.1"]
    assert page.texts(class_="point-card__role") == [
        "Role: coordinating, involved",
        "Role: coordinating",
    ]
    assert terms(page)["Kind"] == ["Ministry"]


def test_organisation_shows_the_latest_year_in_which_it_had_a_role(get, nap):
    assert get("/en/nap/organisaties/EZK/").texts("h2")[0] == "1 action point in 2022"
    assert get("/en/nap/organisaties/EZ/").texts("h2")[0] == "1 action point in 2023"


def through_the_years(page):
    table = page.one("table", class_="years-table")
    cells = iter(page.texts("td", within=table))
    return list(zip(page.texts("th", within=table, scope="row"), cells, cells, strict=True))


def test_organisation_is_followed_through_its_renames(get, nap):
    expected = [
        ("2023", "Ministerie van Economische Zaken", "1 action point in 2023, EZ"),
        ("2022", "Ministerie van Economische Zaken en Klimaat", "1 action point in 2022, EZK"),
    ]
    for name in ("EZ", "EZK"):
        page = get(f"/en/nap/organisaties/{name}/")
        assert through_the_years(page) == expected
        assert "/en/nap/actiepunten/?jaar=2022&organisatie=EZK" in page.links


def test_other_part_of_what_was_split_is_not_of_the_line(get, nap):
    kgg = factories.organisation(abbreviation="KGG", name="Ministerie van Klimaat", first_year=2023)
    Succession.objects.create(predecessor=nap.ezk, successor=kgg, kind="split", year=2023)
    factories.responsibility(action_point=nap.points[3], organisation=kgg, first_year=2023)
    publish_again(nap)
    names = [name for _, name, _ in through_the_years(get("/nap/organisaties/EZ/"))]
    assert names == [nap.ez.name, nap.ezk.name]
    names = [name for _, name, _ in through_the_years(get("/nap/organisaties/EZK/"))]
    assert names == [nap.ez.name, kgg.name, nap.ezk.name]


def test_successions_in_a_circle_come_to_an_end(get, nap):
    Succession.objects.create(predecessor=nap.ez, successor=nap.ezk, kind="renamed", year=2024)
    assert len(through_the_years(get("/nap/organisaties/EZ/"))) == 2


def test_organisation_of_one_year_has_no_years_to_tell(get, nap):
    PublishedResponsibility.objects.filter(organisation=nap.ezk).delete()
    page = get("/nap/organisaties/EZ/")
    assert not page.all("table")


def test_organisation_shows_what_it_was_before_and_became_after(get, nap):
    before, after = get("/en/nap/organisaties/EZK/"), get("/en/nap/organisaties/EZ/")
    assert terms(before)["Existed until"] == ["2022"]
    assert terms(before)["Succeeded by"] == ["Ministerie van Economische Zaken (EZ), split in 2023"]
    assert terms(after)["Exists since"] == ["2023"]
    assert terms(after)["Successor of"] == [
        "Ministerie van Economische Zaken en Klimaat (EZK), split in 2023"
    ]
    assert "/en/nap/organisaties/EZ/" in before.links
    assert "/en/nap/organisaties/EZK/" in after.links


def test_organisation_without_a_page_is_named_and_not_linked(get, nap):
    nap.ez.responsibilities.all().delete()
    publish_again(nap)
    page = get("/en/nap/organisaties/EZK/")
    assert terms(page)["Succeeded by"]
    assert "/en/nap/organisaties/EZ/" not in page.links


def test_address_of_an_organisation_leads_to_its_own_spelling(client, nap):
    for prefix in ("", "/en"):
        response = client.get(f"{prefix}/nap/organisaties/ezk/")
        assert response.status_code == 301
        assert response.headers["Location"] == f"{prefix}/nap/organisaties/EZK/"


def test_organisations_that_differ_in_capitals_keep_their_own_pages(get, nap):
    other = factories.organisation(abbreviation="Bz", name="Bureau Zuid")
    factories.responsibility(action_point=nap.points[3], organisation=other)
    publish_again(nap)
    assert "Zaken" in get("/nap/organisaties/BZ/").one("h1").text
    assert "Zuid" in get("/nap/organisaties/Bz/").one("h1").text


def test_organisation_without_a_role_in_the_plan_is_not_shown(client, nap):
    factories.organisation(abbreviation="OCW", name="Ministerie van Onderwijs")
    assert client.get("/nap/organisaties/OCW/").status_code == 404


def test_every_way_in_of_the_real_overview_leads_somewhere(get, real):
    links = [each for each in get(real).links if "/themas/" in each or "/organisaties/" in each]
    assert len([each for each in links if "/themas/" in each]) == 16
    for link in links:
        assert listed(get(link))
