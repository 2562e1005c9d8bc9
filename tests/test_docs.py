"""The documentation says what is there."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from reports.management.commands.import_report import Command

BASE_DIR = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*BASE_DIR.glob("*.md"), *BASE_DIR.glob("docs/**/*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_to_files_lead_somewhere(document):
    targets = re.findall(r"\]\(([^)#]+)", document.read_text())
    files = [target for target in targets if "://" not in target]
    assert [target for target in files if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_make_targets_exist(document):
    targets = set(re.findall(r"^([a-z]+):", (BASE_DIR / "Makefile").read_text(), re.M))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", document.read_text(), re.M))
    assert named <= targets


def test_files_that_the_architecture_names_exist():
    drawing = (BASE_DIR / "docs" / "architecture.md").read_text().split("```")[1]
    app, missing = "", []
    for line in drawing.strip().splitlines():
        names = [name.strip() for name in re.split(r"  +", line.strip())[0].split(",")]
        if not line.startswith(" "):
            app = names[0] if len(names) == 1 else ""
        for name in names:
            place = BASE_DIR / (app if line.startswith(" ") else "") / name
            if not place.exists():
                missing.append(name)
    assert missing == []


def test_every_setting_that_is_read_is_listed_and_the_reverse():
    settings = (BASE_DIR / "napmonitor" / "settings.py").read_text()
    read = set(re.findall(r'(?:env_\w+|environ\.get)\("([A-Z_]+)"', settings))
    listed = re.findall(r"^([A-Z_]+)=", (BASE_DIR / ".env.example").read_text(), re.M)
    assert sorted(listed) == sorted(read)


def test_options_of_the_import_that_are_described_exist():
    described = set(re.findall(r"--[a-z-]+", (BASE_DIR / "docs" / "operations.md").read_text()))
    parser = Command().create_parser("manage.py", "import_report")
    options = {option for action in parser._actions for option in action.option_strings}
    ours = {"--dry-run", "--create-statuses", "--plan", "--year"}
    assert ours <= options
    assert ours <= described


def test_commands_that_cron_runs_exist():
    cron = re.findall(r"```cron\n(.*?)```", (BASE_DIR / "docs" / "operations.md").read_text(), re.S)
    named = set(re.findall(r"manage\.py (\w+)", "".join(cron)))
    assert {"send_reminders", "send_news", "clearsessions"} <= named <= set(get_commands())
