"""Named states for statistics that a set of ratings cannot give, so that NaN never appears."""

from enum import StrEnum


class Undefined(StrEnum):
    """Why a statistic has no value (SCIENCE 6, degenerate inputs); the value is the page's word."""

    CONSTANT_REFERENCE = "the reference ratings are all alike"
    NO_VARIATION = "the ratings do not vary"
    ONE_CATEGORY = "one category is used everywhere"
    ONE_RATER = "there is only one rater"
    ONE_TARGET = "there is only one target"
    MANY_RATERS = "there are more than two raters"
    NO_PAIRS = "no target is rated by two raters"
    GAPS = "not every rater rated every target"
    TOO_FEW = "there are too few targets"
