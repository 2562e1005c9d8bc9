"""The addresses of the admin, taken from the admin itself, so that a new model is tested too."""

from django.contrib import admin
from django.urls import reverse
from django.utils.text import capfirst
from playwright.sync_api import expect

from actions.models import StatusEntry
from tests.conftest import AXE

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


def address(row_or_model, page, *args):
    """The address of a page, such as `address(entry, "change", entry.pk)`."""
    opts = row_or_model._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args)


def change(row):
    return address(row, "change", row.pk)


def history(row):
    return address(row, "history", row.pk)


def editor_of(page, field="explanation"):
    """The rich text editor in a browser, found as a screen reader finds it: by its field's name.

    Until it is there, the text area that it stands for has the same role and name.
    """
    name = capfirst(StatusEntry._meta.get_field(field).verbose_name)
    return page.get_by_role("textbox", name=name).and_(page.locator(".ProseMirror"))


# Whether nothing stands in the editor behind the caret.
IS_AT_THE_END = """(editor) => {
  const { focusNode, focusOffset } = getSelection()
  if (!editor.contains(focusNode)) return false
  const behind = document.createRange()
  behind.selectNodeContents(editor)
  behind.setStart(focusNode, focusOffset)
  return behind.toString() === ""
}"""


def type_at_the_end(page, text):
    """Types after what stands in the editor, and waits until it stands there."""
    # In a window that is behind another one the caret may move too late.
    page.bring_to_front()
    editor = editor_of(page)
    editor.press("Control+End")
    page.wait_for_function(IS_AT_THE_END, arg=editor.element_handle())
    page.keyboard.type(text)
    expect(editor).to_contain_text(text.strip())


def what_axe_finds(page, scheme="light"):
    """The serious barriers that axe finds on a page in a browser."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_timeout(300)  # The colours of links change over a sixth of a second.
    page.evaluate(AXE.read_text())
    return [
        (rule["id"], node["html"][:200], node["failureSummary"])
        for rule in page.evaluate("axe.run()")["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def form_values(response, **values):
    """What a browser would send for the form of a page, with these values changed."""
    context = response.context
    forms = [context["adminform"].form if "adminform" in context else context["form"]]
    for inline in context.get("inline_admin_formsets", []):
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                sent[bound.html_name] = value
    return {**sent, **values}
