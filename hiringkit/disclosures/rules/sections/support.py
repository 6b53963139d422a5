"""Section "Support": supervision, onboarding, training, tools and who unblocks."""

from hiringkit.disclosures.rules.shapes import Column, Kind, Section, several, single

SUPPORT = Section(
    "support",
    "Support",
    "Who helps, how soon, and with what.",
    (
        several(
            "support.supervision", "Supervision", "Who supervises me, how, and how many others do they have?",
            (
                Column("model", "How supervision works", Kind.LONGTEXT),
                Column("ratio", "People per supervisor", Kind.NUMBER, unit="people", minimum=1, maximum=1_000),
            ),
            required=True, max_rows=1,
        ),
        single("support.onboarding", "Onboarding", "What happens in my first weeks, and who has time for it?",
               kind=Kind.LONGTEXT, required=True),
        single("support.training", "Training", "What would I be taught, and is it in paid time?", kind=Kind.LONGTEXT),
        several(
            "support.tools", "Tools", "What would I work with, and what is wrong with it?",
            (Column("tool", "Tool"), Column("trouble", "Known trouble", required=False)),
            unique="tool",
        ),
        single("support.unblocks", "Who unblocks", "When I am stuck, who unblocks me and how quickly?", required=True),
    ),
)  # fmt: skip
