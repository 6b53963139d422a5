"""The columns that pasted role profiles may have, under the names that tables give them, and those set apart."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

EXPERIENCE = "experience"


@dataclass(frozen=True, slots=True)
class CsvColumn:
    """One column: its own name, what goes in, an example, and other names for it."""

    key: str
    says: str
    example: str
    aliases: tuple[str, ...] = ()


COLUMNS = (
    CsvColumn("name", "The role; the only column that must be there", "Patient account manager",
              ("role", "role name", "title", "job title", "occupation")),
    CsvColumn("key", "A short name that stays the same; made from the role where it is absent", "account-manager"),
    CsvColumn("summary", "What people in the role do, in a sentence or two", "Runs the accounts side.",
              ("description", "what they do")),
    CsvColumn("pay_average", "Average pay a year", "$70,777",
              ("average pay", "average salary", "yearly salary", "annual salary", "salary", "yearly pay", "average",
               "average pay a year", "average annual salary")),
    CsvColumn("pay_minimum", "Lower end of the pay a year", "42000",
              ("minimum pay", "pay from", "pay min", "salary minimum", "minimum salary", "min salary")),
    CsvColumn("pay_maximum", "Upper end of the pay a year", "117000",
              ("maximum pay", "pay to", "pay max", "salary maximum", "maximum salary", "max salary")),
    CsvColumn("pay_range", "Both ends in one cell, instead of the two above", "42,000-117,000",
              ("salary range", "pay range a year")),
    CsvColumn("currency", "Three letters; where absent, the currency given with the text", "USD"),
    CsvColumn("hourly", "Pay an hour", "34.03", ("hourly rate", "hourly pay", "pay an hour", "hourly wage")),
    CsvColumn("growth", "Growth in the number of jobs, in per cent; a loss is below 0", "28%",
              ("growth rate", "growth percent", "job growth", "growth in jobs", "job growth rate")),
    CsvColumn("jobs", "Number of jobs", "152,009", ("number of jobs", "job count", "jobs in all")),
    CsvColumn("job_satisfaction", "Job satisfaction, as the source counts it", "4.1", ("satisfaction",)),
    CsvColumn("experience", "Years of experience: 4, 2-4 or 4+; as many columns as the source has figures, each with "
              "its label after a colon", "experience: as the table says"),
    CsvColumn("degree", "Most common degree, with its share if you like", "Bachelor’s degree, 55%",
              ("most common degree", "education")),
    CsvColumn("degree_share", "Share with that degree, in per cent", "55%", ("degree percent",)),
    CsvColumn("major", "Most common subject", "Business", ("most common major", "subject", "most common subject")),
    CsvColumn("college", "Most common college", "", ("most common college", "university")),
    CsvColumn("best_paid_city", "Best-paying city", "", ("highest paying city", "best paying city")),
    CsvColumn("best_paid_state", "Best-paying state", "", ("highest paying state", "best paying state")),
    CsvColumn("best_paid_company", "Best-paying company", "", ("best paying company", "highest paying company")),
    CsvColumn("best_paid_industry", "Best-paying industry", "", ("best paying industry", "highest paying industry")),
    CsvColumn("responsibilities", "One a line, or parted by |", "Settles claims | Holds the budget",
              ("duties", "example responsibilities", "duties and responsibilities")),
    CsvColumn("skills", "One a line, or parted by |, each with its share", "Patients 22% | Patient care 4%",
              ("top skills", "common skills", "skill shares")),
    CsvColumn("source", "Where this row comes from, if not where all of the text does", "",
              ("sources",)),
)  # fmt: skip

# Whatever is headed by one of these words describes people and not the role.
DEMOGRAPHIC_WORDS = frozenset({
    "age", "ages", "asian", "black", "caste", "children", "citizenship", "disabilities", "disability", "disabled",
    "ethnic", "ethnicities", "ethnicity", "female", "females", "gay", "gender", "genders", "hispanic", "indigenous",
    "language", "languages", "latina", "latino", "latinx", "lesbian", "lgbt", "lgbtq", "lgbtqia", "male", "males",
    "marital", "men", "migrant", "nationalities", "nationality", "native", "orientation", "parental", "parents",
    "pregnancy", "pregnant", "race", "races", "racial", "religion", "religious", "sex", "trans", "transgender",
    "veteran", "veterans", "white", "women",
})  # fmt: skip


def _names() -> Mapping[str, str]:
    named = {column.key.replace("_", " "): column.key for column in COLUMNS}
    named |= {alias: column.key for column in COLUMNS for alias in column.aliases}
    return MappingProxyType(named)


_NAMES = _names()


def folded(header: str) -> str:
    """Return a heading in small letters, its words parted by single spaces.

    >>> folded(" Pay_Minimum (USD) ")
    'pay minimum usd'
    """
    return " ".join(re.findall(r"[^\W_]+", header.casefold()))


def column_of(header: str) -> str | None:
    """Return the column that a heading stands for, or None for one that is not taken.

    >>> column_of("Most common degree"), column_of("Years of experience"), column_of("Average age")
    ('degree', 'experience', None)
    """
    words = folded(header)
    if is_demographic(header):
        return None
    if found := _NAMES.get(words):
        return found
    starts = ("experience ", "years of experience", "years to become", "time to become", "years as ")
    return EXPERIENCE if words.startswith(starts) else None


def experience_label(header: str) -> str:
    """Return the label of a figure of experience: what follows the colon of its heading, or all of the heading.

    >>> experience_label("experience: as the table says"), experience_label("Years of experience")
    ('as the table says', 'Years of experience')
    """
    _, colon, label = header.partition(":")
    return " ".join((label if colon and label.strip() else header).split())


def is_demographic(header: str) -> bool:
    """Tell whether a heading announces figures about people's groups.

    >>> is_demographic("Gender ratio"), is_demographic("Average pay"), is_demographic("% women")
    (True, False, True)
    """
    return not DEMOGRAPHIC_WORDS.isdisjoint(folded(header).split())
