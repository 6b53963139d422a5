"""Section "Scope": what the person owns, decides, escalates and may not do."""

from hiringkit.disclosures.rules.shapes import Column, Kind, Section, choices, several, single

SCOPE = Section(
    "scope",
    "Scope",
    "What the person answers for, what belongs to others, and who decides when the two meet.",
    (
        several(
            "scope.owns", "Owns", "What would be mine to decide and to answer for?",
            (Column("what", "You own"),), required=True, unique="what",
        ),
        several(
            "scope.contributes", "Contributes to", "What would I help with that somebody else answers for?",
            (Column("what", "You contribute to"),), unique="what",
        ),
        several(
            "scope.does-not-own", "Does not own", "What will people bring to me that is not mine?",
            (Column("what", "You don't own"), Column("owner", "Who does", required=False)),
            required=True, unique="what",
        ),
        single(
            "scope.operate-share", "Running and building",
            "How much of my week is running things, and how much is changing them?",
            kind=Kind.PERCENT, unit="% of the week spent running the operation", maximum=100,
            hint="The rest is building or improving.",
        ),
        several(
            "scope.decision-rights", "Decision rights", "Who decides, and who can say stop?",
            (
                Column("decision", "Decision"),
                Column("decides", "Decides"),
                Column("consulted", "Is asked first", required=False),
                Column("stop", "Can say “stop”"),
                Column("settles", "Settles a disagreement", required=False),
                Column("alone", "Decided alone at this level", Kind.BOOLEAN, required=False),
            ),
            required=True, unique="decision",
            hint="One line for each decision that people argue about.",
        ),
        several(
            "scope.escalation", "Escalation", "When something goes wrong, whom do I call and how fast do they answer?",
            (
                Column("trigger", "What happened"),
                Column("to", "Goes to"),
                Column("within", "Answer within", Kind.MINUTES, unit="minutes", minimum=1, maximum=10_080),
            ),
            required=True, unique="trigger", hint="A day is 1,440 minutes.",
        ),
        several(
            "scope.boundaries", "Boundaries", "What may I not do, whatever the pressure?",
            (
                Column("kind", "Set by", Kind.CHOICE,
                       choices=choices(licence="A licence", credential="A credential", policy="A policy")),
                Column("boundary", "The boundary", Kind.LONGTEXT),
            ),
            required=True, none_label="No boundaries",
        ),
        single("scope.reports-to", "Reports to", "Whom would I report to?", required=True,
               hint="The position, not the person's name."),
        single(
            "scope.budget-distance", "Distance from the budget",
            "How many steps is this job from the person who holds the budget?",
            kind=Kind.NUMBER, unit="steps", maximum=20, whole=True, needs_basis=False,
            hint="0: the job holds it. 1: your manager does.",
        ),
    ),
)  # fmt: skip
