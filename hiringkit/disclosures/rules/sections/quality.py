"""Section "Quality and safety": what counts as good work and what happens after an error."""

from hiringkit.disclosures.rules.shapes import Column, Kind, Section, choices, several, single

QUALITY = Section(
    "quality",
    "Quality and safety",
    "What counts as good work, in order of weight, and how anybody finds out.",
    (
        several(
            "quality.ranking", "What quality means here", "When quality and speed collide, which comes first?",
            (
                Column(
                    "what", "Comes in this order", Kind.CHOICE,
                    choices=choices(
                        outcomes="Outcomes", safety="Safety checks",
                        experience="The experience of the people served", throughput="Throughput",
                    ),
                ),
                Column("means", "How you would notice", required=False),
            ),
            required=True, min_rows=2, max_rows=4, unique="what", hint="The first line weighs most.",
        ),
        several(
            "quality.audit", "How work is audited", "How much of my work is checked, by whom, and when do I hear?",
            (
                Column("what", "What is checked"),
                Column("share", "Share", Kind.PERCENT, unit="%", maximum=100),
                Column("by", "By whom"),
                Column("days", "Feedback after", Kind.NUMBER, unit="days", maximum=366),
            ),
            required=True, max_rows=12, none_label="Not audited",
        ),
        single(
            "quality.errors", "Errors and near misses", "What happens to somebody who reports their own mistake?",
            kind=Kind.LONGTEXT,
        ),
    ),
)  # fmt: skip
