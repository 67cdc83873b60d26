"""Marks words that parties use differently; load with {% load terms %}."""

from django import template
from django.template.loader import render_to_string

from vliegwiel.apps.insights import queries
from vliegwiel.web.term_marks import mark_terms

register = template.Library()


class _TermsNode(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        html = self.nodelist.render(context)
        region = context.get("region")
        # Only who has a role in the region may see what stands in its glossary.
        if not region or region not in (context.get("my_regions") or ()):
            return html
        words = queries.marked_words(region)
        marked = mark_terms(html, words)
        if not marked.found:
            return html
        explained = queries.terms_by_id(region, marked.found)
        notes = render_to_string("insights/term_notes.html", {"terms": explained, "region": region})
        return f"{marked.html}{notes}"


@register.tag
def explained(parser: template.base.Parser, _token: template.base.Token) -> _TermsNode:
    """{% explained %}…{% endexplained %}: marks terms in what stands between, and explains them."""
    nodelist = parser.parse(("endexplained",))
    parser.delete_first_token()
    return _TermsNode(nodelist)
