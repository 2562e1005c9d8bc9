"""Whatever path writes rich text: what is stored is sanitised, and its bare text follows."""

import json

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db.models import F, Value
from django.db.models.functions import Concat

from actions.models import Pillar, StatusEntry
from reports.models import CoverLetter, ReportText
from tests import factories

pytestmark = pytest.mark.django_db

DIRTY = '<p onclick="kwaad()">Een <b>nieuwe</b><script>kwaad()</script> tekst</p>'
CLEAN = "<p>Een <strong>nieuwe</strong> tekst</p>"
BARE = "Een nieuwe tekst"

# The rich text field of each model, and what makes a row of it.
FIELDS = {
    StatusEntry: ("explanation", factories.status_entry),
    ReportText: ("body", factories.report_text),
    CoverLetter: ("body", factories.cover_letter),
    Pillar: ("description", factories.pillar),
}


def field_of(row):
    return FIELDS[type(row)][0]


def in_database(row):
    return type(row).objects.values_list(field_of(row), flat=True).get()


@pytest.fixture(params=FIELDS, ids=lambda model: model.__name__)
def row(request):
    """A stored row that has been given HTML of the wrong kind, not yet saved."""
    field, factory = FIELDS[request.param]
    row = factory()
    setattr(row, field, DIRTY)
    return row


# --- The paths ---------------------------------------------------------------


def save(row, _folder):
    row.save()


def save_one_field(row, _folder):
    row.save(update_fields=[field_of(row)])


def save_only_what_was_loaded(row, _folder):
    fresh = type(row).objects.only(field_of(row)).get()
    setattr(fresh, field_of(row), DIRTY)
    fresh.save()


def create(row, _folder):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    row.delete()
    type(row).objects.create(**values)


def bulk_create(row, _folder):
    row.delete()
    type(row).objects.bulk_create([row])


def bulk_create_over_what_is_there(row, _folder):
    type(row).objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["id"], update_fields=[field_of(row)]
    )


def update_or_create(row, _folder):
    type(row).objects.update_or_create(pk=row.pk, defaults={field_of(row): DIRTY})


def loaddata(row, folder):
    file = folder / "row.json"
    file.write_text(serializers.serialize("json", [row]).replace(json.dumps(CLEAN), "gone"))
    assert json.dumps(DIRTY) in file.read_text()
    call_command("loaddata", file, verbosity=0)


def loaddata_by_natural_key(row, folder):
    file = folder / "row.json"
    file.write_text(
        serializers.serialize(
            "json", [row], use_natural_foreign_keys=True, use_natural_primary_keys=True
        )
    )
    call_command("loaddata", file, verbosity=0)


PATHS = (
    save,
    save_one_field,
    save_only_what_was_loaded,
    create,
    bulk_create,
    bulk_create_over_what_is_there,
    update_or_create,
    loaddata,
    loaddata_by_natural_key,
)


@pytest.mark.parametrize("write", PATHS)
def test_rich_text_is_stored_sanitised_by(write, row, tmp_path):
    write(row, tmp_path)

    assert in_database(row) == CLEAN


@pytest.mark.parametrize("write", PATHS)
def test_the_bare_text_of_an_explanation_follows_it_by(write, tmp_path):
    entry = factories.status_entry()
    entry.explanation = DIRTY

    write(entry, tmp_path)

    assert StatusEntry.objects.values_list("explanation_text", flat=True).get() == BARE


@pytest.mark.parametrize("row", [ReportText, Pillar], indirect=True)
def test_rich_text_is_stored_sanitised_by_update(row):
    type(row).objects.update(**{field_of(row): DIRTY})

    assert in_database(row) == CLEAN


@pytest.mark.parametrize("row", [ReportText, Pillar], indirect=True)
def test_rich_text_is_stored_sanitised_by_bulk_update(row):
    type(row).objects.bulk_update([row], [field_of(row)])

    assert in_database(row) == CLEAN


@pytest.mark.parametrize("field", ["explanation", "explanation_text"])
def test_an_explanation_and_its_bare_text_are_never_written_apart_by_update(field):
    entry = factories.status_entry()

    with pytest.raises(TypeError, match="Write explanations with save"):
        StatusEntry.objects.update(**{field: DIRTY})

    entry.refresh_from_db()
    assert (entry.explanation, entry.explanation_text) == (
        "<p>Een toelichting.</p>",
        "Een toelichting.",
    )


@pytest.mark.parametrize("field", ["explanation", "explanation_text"])
def test_an_explanation_and_its_bare_text_are_never_written_apart_by_bulk_update(field):
    entry = factories.status_entry()
    setattr(entry, field, DIRTY)

    with pytest.raises(TypeError, match="Write explanations with save"):
        StatusEntry.objects.bulk_update([entry], [field])

    assert in_database(entry) == "<p>Een toelichting.</p>"


def test_saving_only_the_bare_text_writes_the_explanation_with_it():
    entry = factories.status_entry()
    entry.explanation = DIRTY

    entry.save(update_fields=["explanation_text"])

    entry.refresh_from_db()
    assert (entry.explanation, entry.explanation_text) == (CLEAN, BARE)


def test_saving_another_field_leaves_the_explanation_alone():
    entry = factories.status_entry()
    entry.explanation = DIRTY

    entry.save(update_fields=["version"])

    assert in_database(entry) == "<p>Een toelichting.</p>"
    assert StatusEntry.objects.filter(explanation_text="Een toelichting.").exists()


def test_other_fields_of_an_entry_are_updated_in_bulk():
    entry = factories.status_entry()

    StatusEntry.objects.update(version=7)

    entry.refresh_from_db()
    assert entry.version == 7


# --- On the instance ---------------------------------------------------------


def test_rich_text_is_sanitised_on_the_instance_by_full_clean(row):
    row.full_clean()

    assert getattr(row, field_of(row)) == CLEAN


def test_rich_text_is_sanitised_on_the_instance_by_save(row):
    row.save()

    assert getattr(row, field_of(row)) == CLEAN


def test_no_rich_text_is_an_empty_text(row):
    setattr(row, field_of(row), None)

    row.save()

    assert in_database(row) == ""


def test_the_history_keeps_the_sanitised_text(row):
    row.save()

    assert getattr(row.history.first(), field_of(row)) == CLEAN


def test_a_form_gives_back_sanitised_text(row):
    field = row._meta.get_field(field_of(row)).formfield()

    assert field.clean(DIRTY) == CLEAN


# --- Looking for it ----------------------------------------------------------


def test_rich_text_is_found_by_a_part_of_it(row):
    row.save()

    found = type(row).objects.filter(**{f"{field_of(row)}__contains": "nieuwe</strong> te"})

    assert found.get() == row


@pytest.mark.parametrize(
    "value", [Value("<script>x</script>"), F("title"), Concat("title", "title")]
)
def test_an_expression_is_refused_for_rich_text(value):
    pillar = factories.pillar(description="<p>Oud</p>")

    with pytest.raises(TypeError, match="sanitised"):
        Pillar.objects.update(description=value)

    pillar.refresh_from_db()
    assert pillar.description == "<p>Oud</p>"


def test_rich_text_written_in_bulk_is_sanitised():
    pillar = factories.pillar()
    pillar.description = "<p onclick=x>Nieuw</p>"

    Pillar.objects.bulk_update([pillar], ["description"])

    pillar.refresh_from_db()
    assert pillar.description == "<p>Nieuw</p>"
