"""Templates that are compiled for each language, so that their words are translated once."""

from django.template.loaders import cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language


class LoaderByLanguage(cached.Loader):
    """Keeps each template once for each language, with the words and files that it names.

    To look them up again takes an eighth of the time of a page. A template that is rendered in
    another language than it was got in looks them up each time.
    """

    def cache_key(self, template_name, skip=None):
        return f"{get_language()} {super().cache_key(template_name, skip)}"

    def get_template(self, template_name, skip=None):
        template = super().get_template(template_name, skip)
        if not hasattr(template, "language"):
            template.language = get_language()
            for node in template.nodelist.get_nodes_by_type((TranslateNode, StaticNode)):
                if _is_constant(node):
                    _keep_first(node, template.language)
        return template


def _is_constant(node):
    if isinstance(node, StaticNode):
        named, expression = node.varname, node.path
    else:
        named, expression = node.asvar, node.filter_expression
    # A literal has no lookups, be it a Variable or a text.
    is_literal = getattr(expression.var, "lookups", None) is None
    return is_literal and not expression.filters and not named


def _keep_first(node, language):
    """From now on the node gives what it gives the first time in this language."""

    def render(context):
        text = type(node).render_annotated(node, context)
        # What was rendered in another one would be kept for everybody.
        if get_language() == language:
            node.render_annotated = lambda _context: text
        return text

    node.render_annotated = render
