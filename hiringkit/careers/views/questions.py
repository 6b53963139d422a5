"""What candidates have asked about an opening, with the answers that everybody reads."""

from typing import Any

from flask import Response

from hiringkit.candidates import queries as candidates
from hiringkit.careers import queries
from hiringkit.careers.views.blueprint import bp, public_page
from hiringkit.careers.views.keeping import kept
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.foundation.access import public
from hiringkit.foundation.paging import page_number
from hiringkit.openings.models import Opening

SHOWN = 20
"""So many stand on the disclosure's own page; the others on a page of their own."""


def asked_context(opening: Opening) -> dict[str, Any]:
    """Return what the disclosure's page shows of them: the newest, and one more where there are more."""
    return {"answers": candidates.unscoped_newest_answers(opening.id, SHOWN + 1), "fields": FIELDS}


@bp.get("/careers/<slug>/questions")
@public
@kept
def questions(slug: str) -> Response:
    """List everything that was asked and answered, the newest first."""
    opening = queries.unscoped_public_disclosure(slug).opening
    page = candidates.unscoped_published_answers(opening.id, page_number())
    return public_page("careers/questions.html", opening=opening, page=page, fields=FIELDS)
