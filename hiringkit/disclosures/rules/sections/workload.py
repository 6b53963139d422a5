"""Section "Workload": volumes, minutes, hours, seasons and how priorities are set."""

from hiringkit.disclosures.rules.shapes import Column, Kind, Section, several, single

_VOLUME = 1_000_000
_DAY_MINUTES = 1_440

WORKLOAD = Section(
    "workload",
    "Workload",
    "How much work there is on a typical and on a busy day, how long it takes, and when.",
    (
        several(
            "workload.units", "Units of work", "How many cases arrive on a typical day, and how many on a busy one?",
            (
                Column("unit", "Unit", hint="In the team's own words: registrations, appeals, calls."),
                Column("planned", "Planned", Kind.NUMBER, required=False, unit="a day", maximum=_VOLUME,
                       hint="What the staffing was planned for."),
                Column("typical", "Typical day", Kind.NUMBER, unit="a day", maximum=_VOLUME,
                       hint="Half of all days are below this."),
                Column("busy", "Busy day", Kind.NUMBER, unit="a day", maximum=_VOLUME,
                       hint="One day in ten is worse."),
            ),
            required=True, max_rows=12, unique="unit", hint="For the whole team, not for one person.",
        ),
        several(
            "workload.minutes", "Minutes per unit",
            "How long does one case take, and how long does writing it up take?",
            (
                Column("unit", "Unit", hint="The same words as in the line above."),
                Column("handling", "Handling", Kind.MINUTES, unit="minutes", maximum=_DAY_MINUTES),
                Column("documentation", "Documentation", Kind.MINUTES, unit="minutes", maximum=_DAY_MINUTES),
            ),
            required=True, max_rows=12, unique="unit",
        ),
        several(
            "workload.interruptions", "Interruptions",
            "How often am I interrupted, how long does each one cost, and who counted?",
            (
                Column("per_hour", "An hour", Kind.NUMBER, unit="an hour", maximum=60),
                Column("minutes", "Each one costs", Kind.MINUTES, unit="minutes", maximum=60),
            ),
            required=True, max_rows=1, none_label="No interruptions",
        ),
        several(
            "workload.hours", "Paid hours and breaks", "How many hours a day are paid, and how much of that is break?",
            (
                Column("paid", "Paid hours", Kind.NUMBER, unit="hours a day", minimum=1, maximum=24),
                Column("breaks", "Breaks", Kind.MINUTES, unit="minutes a day", maximum=480),
            ),
            required=True, max_rows=1,
        ),
        single(
            "workload.fixed-hours", "Fixed hours", "How many hours a day go to meetings and handover?",
            kind=Kind.NUMBER, required=True, unit="hours a day for one person", maximum=24,
        ),
        single(
            "workload.people", "People on shift", "How many people share the work on an ordinary day, me included?",
            kind=Kind.NUMBER, required=True, unit="people", minimum=1, maximum=10_000,
        ),
        single(
            "workload.peak-hour", "The busiest hour", "What share of the day arrives in the busiest hour?",
            kind=Kind.PERCENT, unit="% of the day's units", maximum=100,
        ),
        single(
            "workload.utilisation", "Target utilisation", "How full is the day meant to be?",
            kind=Kind.PERCENT, unit="% of available hours", minimum=1, maximum=100,
            hint="85 is common; 80 where an error hurts somebody.",
        ),
        single(
            "workload.staffing-ratio", "Staffing ratio", "How many units a day is one person meant to carry?",
            kind=Kind.NUMBER, unit="units a day for one person", maximum=100_000,
            hint="The rule, if there is one; what happens follows from the volumes.",
        ),
        several(
            "workload.review", "Review load", "How many approvals does a change need, and who unblocks me?",
            (
                Column("approvals", "Approvals for a change", Kind.NUMBER, unit="approvals", maximum=100, whole=True),
                Column("unblocks", "Who unblocks it"),
            ),
            max_rows=1,
        ),
        single("workload.after-hours", "After hours", "How often would I work late or early?", required=True,
               hint="“Two late shifts a week, until 20:00” is better than “some flexibility”."),
        single("workload.weekends", "Weekends", "How often would I work at a weekend?", required=True),
        single("workload.on-call", "On call", "Would I be on call, and what does a call mean?", required=True),
        single("workload.travel", "Travel", "How many days a year would I be away?",
               kind=Kind.NUMBER, unit="days a year", maximum=366),
        single(
            "workload.season", "The year by month", "Which months are the heavy ones?",
            kind=Kind.MONTHS, unit="units on a typical day of each month", maximum=_VOLUME,
            hint="Twelve numbers, January to December.",
        ),
        single("workload.good-week", "A good week",
               "What does a good week look like?", kind=Kind.LONGTEXT, required=True),
        single("workload.bad-week", "A bad week", "What does a bad week look like?", kind=Kind.LONGTEXT, required=True,
               hint="Something that happened, not something that might."),
        several(
            "workload.planning", "Backlog and planning", "Who owns the backlog, and how often is it planned?",
            (Column("owner", "Who owns the backlog"), Column("cadence", "How often it is planned")),
            max_rows=1,
        ),
        single("workload.recut", "When priorities change",
               "When priorities change in mid-week, who decides and how would I hear?",
               kind=Kind.LONGTEXT),
        single("workload.focus", "Time without interruption",
               "How is time for concentrated work protected?", kind=Kind.LONGTEXT),
        single("workload.target", "Productivity target",
               "What number would I be held to, and what happens when I miss it?",
               kind=Kind.LONGTEXT, required=True, needs_basis=True, none_label="No target"),
        single("workload.place", "Where the work is done", "Where would I work, and how often must I be on site?"),
        single("workload.remote", "When remote",
               "What is different for somebody who works remotely?", kind=Kind.LONGTEXT,
               none_label="Nothing is different"),
    ),
)  # fmt: skip
