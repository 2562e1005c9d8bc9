"""The content security policy of the admin: what the editor needs, and not a source more."""

import re

import pytest
from django.urls import reverse

from tests.admin.pages import change, history


def policy_of(response):
    directives = response["Content-Security-Policy"].split("; ")
    return {name: sources for name, *sources in map(str.split, directives)}


@pytest.mark.parametrize("name", ["login", "index", "password_change", "jsi18n"])
def test_every_page_carries_the_policy_of_the_admin(name, client, signed_in, coordinator):
    if name != "login":
        signed_in(coordinator)

    policy = policy_of(client.get(reverse(f"admin:{name}")))

    assert policy["default-src"] == ["'none'"]
    assert policy["style-src"] == ["'self'", "'unsafe-inline'"]
    assert policy["img-src"] == ["'self'", "data:"]
    assert policy["script-src"] == ["'self'"]


def test_the_import_map_of_the_editor_carries_the_nonce_of_the_page(signed_in, editor, entry):
    page = signed_in(editor).get(change(entry))

    [tag] = re.findall(r"<script[^>]*importmap[^>]*>", page.content.decode())
    [nonce] = re.findall(r'nonce="([^"]+)"', tag)
    assert policy_of(page)["script-src"] == ["'self'", f"'nonce-{nonce}'"]


def test_a_nonce_is_never_given_twice(signed_in, editor, entry):
    client = signed_in(editor)

    policies = {client.get(change(entry))["Content-Security-Policy"] for _visit in range(3)}

    assert len(policies) == 3


def test_a_page_holds_no_script_of_its_own_but_the_import_map(signed_in, editor, entry):
    client = signed_in(editor)

    for url in (change(entry), history(entry), reverse("admin:index")):
        page = client.get(url).content.decode()
        inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page)
        assert all("importmap" in tag or "application/json" in tag for tag in inline), url
        assert not re.search(r"<[^>]+\son[a-z]+=", page), url


def test_public_pages_keep_the_strict_policy(client, db):
    assert "unsafe-inline" not in client.get("/")["Content-Security-Policy"]
