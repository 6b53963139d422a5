"""Public pages about the conversations: how one is interviewed and scored, and how to prepare."""

from flask import Response

from hiringkit.careers import queries
from hiringkit.careers.rules.judging import (
    combining_sentences,
    deciding_sentences,
    gate_sentences,
    scale_meaning,
)
from hiringkit.careers.views.blueprint import bp, public_page, whole_address
from hiringkit.careers.views.keeping import kept
from hiringkit.foundation.access import public


@bp.get("/careers/<slug>/interviews")
@public
@kept
def interviews(slug: str) -> Response:
    """Show how one is interviewed and scored, composed from the loop in use and without its scenarios."""
    view = queries.unscoped_public_disclosure(slug)
    plan = queries.unscoped_interview_plan(view.opening)
    content = plan.content if plan else None
    return public_page(
        "careers/interviews.html",
        opening=view.opening,
        plan=plan,
        scale=scale_meaning(content.rule.points) if content else (),
        combining=combining_sentences(content) if content else (),
        gates=gate_sentences(content) if content else (),
        deciding=deciding_sentences(content) if content else (),
        address=whole_address("careers.interviews", slug=slug),
    )


@bp.get("/careers/<slug>/preparation")
@public
@kept
def preparation(slug: str) -> Response:
    """Show how to prepare for each conversation and for all of them."""
    view = queries.unscoped_public_disclosure(slug)
    return public_page(
        "careers/preparation.html",
        opening=view.opening,
        plan=queries.unscoped_interview_plan(view.opening),
        address=whole_address("careers.preparation", slug=slug),
    )
