"""Section "Why this opening": what happened, what is wrong today, and who says so."""

from hiringkit.disclosures.rules.shapes import Column, Kind, Section, choices, several, single

WHY = Section(
    "why",
    "Why this opening",
    "Why the job exists now, what it should put right, and what happened to the people before.",
    (
        single(
            "why.kind", "Kind of opening",
            "Is this job open because somebody left, because the team grows, or is it new?",
            kind=Kind.CHOICE, required=True,
            options=choices(backfill="Somebody left", growth="The team is growing", new="The job is new"),
        ),
        single(
            "why.problem", "The problem to fix", "What is going wrong today that this hire should put right?",
            kind=Kind.LONGTEXT, required=True,
            hint="Name the problem as the team would over lunch. A figure helps.",
        ),
        single(
            "why.in-role", "People in the role now", "How many people do this job today?",
            kind=Kind.NUMBER, unit="people", maximum=10_000, whole=True, hint="0 is an answer.",
        ),
        several(
            "why.left", "Who left", "How many people left this job in the last 12 months, and why?",
            (
                Column("left", "People who left in 12 months", Kind.NUMBER, unit="people", maximum=10_000, whole=True),
                Column("reasons", "Main reasons", Kind.LONGTEXT, required=False,
                       hint="What they said when they left. Never anything that identifies one of them."),
            ),
            max_rows=1, none_label="Nobody left",
        ),
        several(
            "why.users", "Who uses this work", "Who depends on this work, and what do they complain about?",
            (
                Column("who", "Who uses it"),
                Column("complaint", "What they complain about", Kind.LONGTEXT),
            ),
            unique="who",
        ),
    ),
)  # fmt: skip
