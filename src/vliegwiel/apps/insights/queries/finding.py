"""What the search of the site finds here: insights, observations and terms."""

from django.db.models import Prefetch

from vliegwiel.apps.figures import in_language
from vliegwiel.apps.insights.models import Insight, Observation, Term, TermMeaning
from vliegwiel.apps.insights.vocabulary import numbered
from vliegwiel.apps.regions.models import Region
from vliegwiel.apps.regions.searching import (
    Found,
    Hit,
    Sought,
    find_in,
    find_kept,
    found_of,
    newest_of,
)


def find_insights(region: Region, what: Sought, most: int) -> Found:
    rows = find_in(
        Insight.objects.filter(region=region),
        what,
        titles=["title_nl", "title_en"],
        texts=["summary_nl", "summary_en"],
    )[:most]
    hits = [
        Hit(
            title=numbered(row.number, in_language(nl=row.title_nl, en=row.title_en)),
            text=in_language(nl=row.summary_nl, en=row.summary_en),
            at={"number": row.number},
        )
        for row in rows
    ]
    return found_of(rows, hits)


def find_observations(region: Region, what: Sought, most: int) -> Found:
    found = find_kept(Observation.objects.filter(region=region), what, titles=["text_nl"])
    rows = found.defer("words")[:most]
    hits = [
        Hit(
            title="",
            text=in_language(nl=row.text_nl, en=row.text_en or row.text_nl),
            at={"pk": row.pk},
            about=", ".join(
                filter(None, [row.get_kind_display(), row.role and row.get_role_display()])
            ),
        )
        for row in rows
    ]
    return newest_of(rows, hits)


def find_terms(region: Region, what: Sought, most: int) -> Found:
    """Terms by their word, or by what is meant by it; a term is found once."""
    standing = TermMeaning.objects.filter(replaced_at__isnull=True, term__region=region)
    by_meaning = find_in(standing, what, titles=["term__word"], texts=["text_nl", "text_en"])
    wanted = Term.objects.filter(region=region, pk__in=by_meaning.values("term"))
    by_alias = find_in(
        Term.objects.filter(region=region), what, titles=["word"], texts=["aliases__word"]
    )
    pks = wanted.values("pk").union(by_alias.values("pk"))
    rows = list(
        Term.objects.filter(pk__in=pks).prefetch_related(
            Prefetch("meanings", standing, to_attr="standing")
        )
    )
    hits = [
        Hit(
            title=row.word,
            text=" ".join(
                in_language(nl=meaning.text_nl, en=meaning.text_en or meaning.text_nl)
                for meaning in getattr(row, "standing", ())
            ),
            at={"pk": row.pk},
        )
        for row in rows[:most]
    ]
    return Found(len(rows), hits)
