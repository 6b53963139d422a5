"""An open opening as a schema.org JobPosting, from the same claims and words as the page."""

from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from hiringkit.careers.rules.account import Published
from hiringkit.careers.rules.searching import is_remote
from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.disclosures.rules.values import Value
from hiringkit.disclosures.rules.wording import answer_words

DESCRIBED = (
    "why.problem",
    "scope.owns",
    "scope.does-not-own",
    "workload.hours",
    "workload.after-hours",
    "workload.weekends",
    "workload.place",
)
"""The answers that a description of a few lines has room for; the page has all of them."""
UNITS = {"year": "YEAR", "month": "MONTH", "week": "WEEK", "day": "DAY", "hour": "HOUR"}


def page_description(title: str, organisation: str) -> str:
    """Return what a page about an opening holds, as search engines and shared links show it."""
    return (
        f"What the work of {title} at {organisation} is, how much of it there is, who decides, what it pays and how "
        "you will be interviewed."
    )


def job_posting(published: Published) -> dict[str, object]:
    """Return the JobPosting; what the disclosure does not say is left out, never guessed."""
    claims = published.document.claims
    found: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": published.title,
        "description": _description(published),
        "datePosted": published.published_on.isoformat(),
        "hiringOrganization": {"@type": "Organization", "name": published.organisation},
        "identifier": {"@type": "PropertyValue", "name": published.organisation, "value": published.slug},
        "url": published.address,
        "directApply": False,
        "jobLocation": {"@type": "Place", "name": published.place, "address": published.place},
    }
    if is_remote(published.place):
        found["jobLocationType"] = "TELECOMMUTE"
    band, deadline = _values(claims, "pay.band"), _values(claims, "pay.deadline").get("value")
    if band:
        found["baseSalary"] = _salary(band)
    if deadline is not None and not isinstance(deadline, str | bool | Decimal | tuple):
        last = datetime.combine(deadline, time(23, 59, 59), ZoneInfo(published.zone))
        found["validThrough"] = last.isoformat()
    return found


def _values(claims: tuple[Claim, ...], key: str) -> Mapping[str, Value]:
    return next((one.values for one in claims if one.field == key), {})


def _description(published: Published) -> str:
    lines = [page_description(published.title, published.organisation)]
    for key in DESCRIBED:
        asked = FIELDS[key]
        answers = [str(answer_words(asked, one)) for one in published.document.claims if one.field == key]
        if answers:
            lines.append(f"{asked.label}: {'; '.join(answers)}")
    return "\n".join(lines)


def _salary(band: Mapping[str, Value]) -> dict[str, object]:
    least, most = _number(band["minimum"]), _number(band["maximum"])
    amount: dict[str, object] = {"value": least} if least == most else {"minValue": least, "maxValue": most}
    return {
        "@type": "MonetaryAmount",
        "currency": band["currency"],
        "value": {"@type": "QuantitativeValue", **amount, "unitText": UNITS[str(band["period"])]},
    }


def _number(value: Value) -> int | float:
    """Return a JSON number, whole where the amount is; nine figures and six decimals are what a float still holds."""
    number = Decimal(str(value))
    return int(number) if number == number.to_integral_value() else float(number)
