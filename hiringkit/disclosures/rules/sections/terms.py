"""Sections "Constraints", "First 90 days", "Pay and level" and "Growth"."""

from hiringkit.disclosures.rules.shapes import Column, Kind, Section, choices, several, single

CONSTRAINTS = Section(
    "constraints",
    "Constraints",
    "What makes the work hard and will not go away, named rather than hidden.",
    (
        several(
            "constraints.named", "Named constraints", "What makes this job hard, and how would I notice on a Tuesday?",
            (
                Column("constraint", "Constraint"),
                Column("shows", "How it shows in the work", Kind.LONGTEXT),
                Column("response", "What is done about it", Kind.LONGTEXT, required=False),
            ),
            required=True, unique="constraint",
        ),
    ),
)  # fmt: skip

FIRST_90_DAYS = Section(
    "first-90-days",
    "First 90 days",
    "What should be true after two, six and twelve weeks, and how it is measured.",
    (
        several(
            "first-90-days.windows", "Outcomes by window",
            "What should I have done after two, six and twelve weeks, and who measures it?",
            (
                Column("window", "Weeks", Kind.CHOICE,
                       choices=choices(weeks_1_2="Weeks 1–2", weeks_3_6="Weeks 3–6", weeks_7_12="Weeks 7–12")),
                Column("outcome", "Outcome", Kind.LONGTEXT),
                Column("measure", "How it is measured", Kind.LONGTEXT),
            ),
            required=True, min_rows=3, max_rows=3, unique="window",
        ),
    ),
)  # fmt: skip

PAY = Section(
    "pay",
    "Pay and level",
    "What the job pays, how the level is decided, and until when one can apply.",
    (
        several(
            "pay.band", "Pay", "What does it pay?",
            (
                Column("minimum", "From", Kind.MONEY, maximum=100_000_000),
                Column("maximum", "To", Kind.MONEY, maximum=100_000_000),
                Column("currency", "Currency", Kind.CURRENCY, hint="Three letters, such as USD or EUR."),
                Column("period", "Period", Kind.CHOICE,
                       choices=choices(year="a year", month="a month", week="a week", day="a day", hour="an hour")),
            ),
            required=True, max_rows=1,
        ),
        several(
            "pay.band-policy", "Band policy", "Would I be paid less somewhere else?",
            (
                Column("policy", "The band is set by", Kind.CHOICE,
                       choices=choices(national="One band for the country", location="The place where you live",
                                       site="The site you belong to", agreement="A collective agreement")),
                Column("detail", "In words", Kind.LONGTEXT, required=False),
            ),
            required=True, max_rows=1,
        ),
        several(
            "pay.differentials", "Differentials", "What is paid on top for late, weekend or extra hours?",
            (Column("when", "For"), Column("worth", "Paid")), unique="when",
        ),
        several(
            "pay.extras", "Extras and benefits", "What comes besides the pay?",
            (Column("what", "Extra"), Column("worth", "Worth")), unique="what",
            hint="Sign-on, refreshers, paid leave, learning budget, health, retirement.",
        ),
        single("pay.level", "Level", "Which level is this?", required=True),
        several(
            "pay.rubric", "What separates the levels", "What would I have to do to be one level higher?",
            (Column("level", "Level"), Column("difference", "What separates it", Kind.LONGTEXT)), unique="level",
        ),
        single("pay.deadline", "Apply by", "Until when can I apply?", kind=Kind.DATE, required=True,
               none_label="Open until filled"),
    ),
)  # fmt: skip

GROWTH = Section(
    "growth",
    "Growth",
    "Where the job leads, and which credentials open or close a door.",
    (
        several(
            "growth.ladder", "The ladder", "What comes after this job, and who has taken that step?",
            (Column("step", "Step"), Column("change", "What changes", Kind.LONGTEXT)), unique="step",
        ),
        several(
            "growth.credentials", "Credentials", "Which credentials would open or limit a move?",
            (
                Column("credential", "Credential"),
                Column("effect", "What it does", Kind.CHOICE,
                       choices=choices(opens="Opens a move", limits="Limits a move without it")),
                Column("detail", "In words", required=False),
            ),
            unique="credential",
        ),
    ),
)  # fmt: skip
