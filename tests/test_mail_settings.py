"""The settings of mail: the console, unless a server is given and all that goes with it.

And of the address of the site, which mails and published files name.
"""

import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

SETTINGS = Path(__file__).resolve().parent.parent / "napmonitor" / "settings.py"
SERVER = {
    "EMAIL_HOST": "mail.example",
    "DEFAULT_FROM_EMAIL": "NAP-monitor <nap@example.org>",
    "SITE_URL": "https://nap.example/",
}
OTHERS = ("EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL", "CONTACT_EMAIL", "SECURITY_CONTACT")
# As on a developer's machine.
NOTHING = {**dict.fromkeys([*SERVER, *OTHERS], ""), "DEBUG": "1"}


@pytest.fixture
def read(monkeypatch):
    """Reads the settings with these variables in the environment."""

    def read_settings(values):
        for name, value in (NOTHING | values).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return read_settings


def test_without_a_mail_server_mails_go_to_the_console(read):
    settings = read({})

    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend"
    assert settings["SITE_URL"] == "http://127.0.0.1:8000"


def test_with_a_mail_server_mails_go_there(read):
    settings = read(SERVER | {"EMAIL_PORT": "587", "EMAIL_USE_TLS": "1"})

    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert settings["EMAIL_HOST"] == "mail.example"
    assert settings["EMAIL_PORT"] == 587
    assert settings["EMAIL_USE_TLS"] is True
    assert settings["EMAIL_TIMEOUT"] == 10
    assert settings["SITE_URL"] == "https://nap.example"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"DEBUG": "0"}, "SITE_URL is not set"),
        (SERVER | {"DEFAULT_FROM_EMAIL": ""}, "DEFAULT_FROM_EMAIL is not set"),
        ({"SITE_URL": "nap.example"}, "SITE_URL must be an address such as https://nap.example"),
        ({"SITE_URL": "https://nap.example/?a=1"}, "SITE_URL must be an address"),
        ({"EMAIL_PORT": "smtp"}, "EMAIL_PORT must be a whole number"),
        ({"EMAIL_USE_TLS": "1", "EMAIL_USE_SSL": "1"}, "EMAIL_USE_TLS .* or EMAIL_USE_SSL"),
    ],
)
def test_what_cannot_work_is_refused_at_the_start(values, sentence, read):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        read(values)


@pytest.mark.parametrize(
    ("said", "contact"),
    [
        ("", ""),
        ("veilig@nap.example", "mailto:veilig@nap.example"),
        ("https://nap.example/melden", "https://nap.example/melden"),
    ],
)
def test_weaknesses_are_reported_by_mail_or_on_a_page(read, said, contact):
    assert read({"SECURITY_CONTACT": said})["SECURITY_CONTACT"] == contact


@pytest.mark.parametrize("name", ["CONTACT_EMAIL", "SECURITY_CONTACT"])
@pytest.mark.parametrize("said", ["niemand", "http://nap.example", "a@b.nl, c@d.nl", "<a@b.nl>"])
def test_what_is_no_address_to_write_to_is_refused(read, name, said):
    with pytest.raises(ImproperlyConfigured, match=name):
        read({name: said})
