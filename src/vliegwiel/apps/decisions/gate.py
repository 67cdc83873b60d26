"""What keeps the way to scaling shut although this evidence is hard; the database asks the same."""

from django.utils.translation import gettext as _

#: The place of the main outcome in a plan.
MAIN = 0


def shut_because(*, position: int, harm: bool) -> str:
    """A sentence that says why hard evidence of an outcome opens nothing; empty when it does.

    `position` is that of the outcome in its plan. `harm` says that the newest evidence of an
    outcome of the initiative shows harm.
    """
    if position != MAIN:
        return _("Scaling up rests on the main outcome of the plan; this is another outcome.")
    if harm:
        return _(
            "Hard evidence shows that another outcome got worse. Scaling up stays shut as long as "
            "that is so."
        )
    return ""
