"""Reads of the public side, gathered: the list, one disclosure and its versions, and how people are interviewed."""

from hiringkit.careers.queries.disclosures import (
    InterviewPlan,
    PublicDisclosure,
    unscoped_ended_disclosure,
    unscoped_interview_plan,
    unscoped_public_disclosure,
    unscoped_public_version,
    unscoped_public_versions,
)
from hiringkit.careers.queries.listing import (
    unscoped_open_disclosures,
    unscoped_places,
    unscoped_published_lately,
    unscoped_slugs,
)
from hiringkit.careers.queries.written import unscoped_last_written

__all__ = [
    "InterviewPlan",
    "PublicDisclosure",
    "unscoped_ended_disclosure",
    "unscoped_interview_plan",
    "unscoped_last_written",
    "unscoped_open_disclosures",
    "unscoped_places",
    "unscoped_public_disclosure",
    "unscoped_public_version",
    "unscoped_public_versions",
    "unscoped_published_lately",
    "unscoped_slugs",
]
