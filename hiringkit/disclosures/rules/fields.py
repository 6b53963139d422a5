"""The field registry: every section and field of a disclosure, in the order in which they are printed."""

from collections.abc import Mapping
from types import MappingProxyType

from hiringkit.disclosures.rules.sections.quality import QUALITY
from hiringkit.disclosures.rules.sections.scope import SCOPE
from hiringkit.disclosures.rules.sections.support import SUPPORT
from hiringkit.disclosures.rules.sections.terms import CONSTRAINTS, FIRST_90_DAYS, GROWTH, PAY
from hiringkit.disclosures.rules.sections.why import WHY
from hiringkit.disclosures.rules.sections.workload import WORKLOAD
from hiringkit.disclosures.rules.shapes import Field, Section

SECTIONS: tuple[Section, ...] = (
    WHY, SCOPE, WORKLOAD, QUALITY, SUPPORT, CONSTRAINTS, FIRST_90_DAYS, PAY, GROWTH,
)  # fmt: skip
FIELDS: Mapping[str, Field] = MappingProxyType({one.key: one for section in SECTIONS for one in section.fields})
ORDER: Mapping[str, int] = MappingProxyType({key: place for place, key in enumerate(FIELDS)})
REQUIRED: tuple[Field, ...] = tuple(one for one in FIELDS.values() if one.required)


def section(key: str) -> Section:
    """Return the section of that key, or raise KeyError.

    >>> section("pay").title
    'Pay and level'
    """
    for one in SECTIONS:
        if one.key == key:
            return one
    raise KeyError(key)


def section_after(key: str) -> Section | None:
    """Return the section that follows, or None after the last.

    >>> section_after("why").key
    'scope'
    """
    keys = [one.key for one in SECTIONS]
    place = keys.index(key) + 1
    return SECTIONS[place] if place < len(SECTIONS) else None
