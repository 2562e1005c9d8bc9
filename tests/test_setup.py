"""What `make run` and `make test` stand on: the local data, the lock files, the guard on skips."""

import json
import os
import re
import subprocess
import sys
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from actions.models import ActionPoint, Organisation, Plan, StatusEntry
from tests import factories

BASE_DIR = Path(__file__).resolve().parent.parent
PYPROJECT = (BASE_DIR / "pyproject.toml").read_text()
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt")


# --- prepare_local -----------------------------------------------------------


@pytest.fixture
def prepare_local(db, settings):
    """Runs the command as on a developer's machine; returns what it prints."""
    settings.DEBUG = True

    def run():
        call_command("prepare_local", stdout=(out := StringIO()))
        return out.getvalue()

    return run


def printed_passwords(output):
    return dict(re.findall(r"^  (\w+) +(\w{16})$", output, re.MULTILINE))


def test_prepare_local_loads_the_real_plan_with_a_history_to_compare_with(prepare_local):
    prepare_local()

    assert ActionPoint.objects.count() == StatusEntry.objects.count() == 33
    for model in (Plan, Organisation, ActionPoint, StatusEntry):
        assert model.history.count() == model.objects.count()


def test_prepare_local_prints_passwords_that_work(prepare_local):
    passwords = printed_passwords(prepare_local())

    coordinator = authenticate(username="coordinator", password=passwords["coordinator"])
    editor = authenticate(username="editor", password=passwords["editor"])
    for user in (coordinator, editor):
        assert user.is_staff
        assert not user.is_superuser
        assert user.groups.get().name == user.username
    assert editor.memberships.get().organisation.slug == "SZW"
    assert not coordinator.memberships.exists()


def test_prepare_local_run_again_changes_nothing(prepare_local):
    passwords = printed_passwords(prepare_local())
    ActionPoint.objects.filter(number="1.1.1").update(title="Aangepast")

    output = prepare_local()

    assert not printed_passwords(output)
    assert len(output.splitlines()) == 1
    assert "changepassword coordinator" in output
    assert ActionPoint.objects.get(number="1.1.1").title == "Aangepast"
    assert ActionPoint.history.count() == ActionPoint.objects.count() == 33
    for username, password in passwords.items():
        assert authenticate(username=username, password=password)


def test_prepare_local_makes_up_for_an_account_that_was_deleted(prepare_local):
    prepare_local()
    get_user_model().objects.get(username="editor").delete()

    assert printed_passwords(prepare_local()).keys() == {"editor"}


def test_prepare_local_leaves_a_plan_of_ones_own_alone(prepare_local):
    plan = factories.plan()

    prepare_local()

    assert Plan.objects.get() == plan


def test_prepare_local_is_all_or_nothing(prepare_local):
    Group.objects.all().delete()

    with pytest.raises(Group.DoesNotExist):
        prepare_local()

    assert not Plan.objects.exists()


def test_prepare_local_is_refused_outside_a_developers_machine(db, settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="DEBUG=1"):
        call_command("prepare_local")

    assert not get_user_model().objects.exists()


# --- The lock files ----------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_lock_file_has_hashes_and_no_address(name):
    text = (BASE_DIR / name).read_text()

    assert "://" not in text
    assert " /" not in text, "a path on the machine that wrote it"
    packages = re.findall(r"^\S.*(?:\n {4}--hash=sha256:[0-9a-f]{64}.*)+", text, re.MULTILINE)
    assert len(packages) == len(re.findall(r"^[^\s#]", text, re.MULTILINE)) > 0


def test_npm_lock_file_has_hashes_and_no_address_to_download_from():
    packages = json.loads((BASE_DIR / "package-lock.json").read_text())["packages"]

    installed = [package for path, package in packages.items() if path]
    assert installed
    for package in installed:
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package


def dependencies():
    """Each dependency that pyproject.toml names, with the lock files that must hold it."""
    project = tomllib.loads(PYPROJECT)
    for line in project["project"]["dependencies"]:
        yield "requirements.txt", line
        yield "requirements-dev.txt", line
    for group, lines in project["dependency-groups"].items():
        for line in lines:
            yield f"requirements-{group}.txt", line


@pytest.mark.parametrize(("lock", "line"), list(dependencies()))
def test_lock_file_is_up_to_date_with_pyproject(lock, line):
    pins = dict(re.findall(r"^([\w.-]+)==(\S+)", (BASE_DIR / lock).read_text(), re.MULTILINE))

    requirement = Requirement(line)

    assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)])


@pytest.mark.parametrize("line", sorted({line for _, line in dependencies()}))
def test_dependency_has_a_reason(line):
    assert re.search(rf'^ +"{re.escape(line)}", +# \w.+', PYPROJECT, re.MULTILINE)


# --- The guard on skips ------------------------------------------------------


@pytest.mark.parametrize(("no_skips", "exit_code"), [("1", 1), ("", 0)])
def test_skipped_test_fails_the_run_only_where_nothing_may_be_skipped(
    tmp_path, no_skips, exit_code
):
    (tmp_path / "conftest.py").write_text((BASE_DIR / "tests" / "conftest.py").read_text())
    (tmp_path / "test_it.py").write_text(
        "def test_skipped(sources): pass\ndef test_passing(): pass\n"
    )

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", "pyproject.toml", "-n", "1", tmp_path],
        cwd=BASE_DIR,
        env=os.environ | {"NO_SKIPS": no_skips, "SOURCES": str(tmp_path / "nowhere")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == exit_code, done.stdout
    assert "1 passed, 1 skipped" in done.stdout
    # By name and reason.
    assert re.search(r"SKIPPED.*test_it\.py::test_skipped.*nowhere", done.stdout)
