"""What is drawn of the work: the same hours in the bar, in the table and in the words, busy as large as typical."""

import pytest

from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.document import Document, canonical_document, read_document
from hiringkit.disclosures.rules.leaflet import leaflet_of
from hiringkit.disclosures.rules.workload.inputs import Missing
from hiringkit.disclosures.rules.workload.picture import WorkloadPicture, picture_of, season_picture
from tests.disclosures.answers import claim, complete

SEASON = "196 171 152 141 136 132 128 139 146 152 178 210"


def picture(*more: Claim, without: tuple[str, ...] = ()) -> WorkloadPicture:
    """Return the picture of the complete answers, with others instead of some."""
    dropped = {one.field for one in more if one.row == 0} | set(without)
    drawn = picture_of([*(one for one in complete() if one.field not in dropped), *more])
    assert isinstance(drawn, WorkloadPicture)
    return drawn


def figures(drawn: WorkloadPicture) -> dict[str, tuple[str, str]]:
    """Return the large figures by their label."""
    return {label: (figure, small) for day in drawn.figures for label, figure, small in day}


def test_the_worked_case_is_printed_as_the_model_has_it() -> None:
    drawn = picture(claim("workload.peak-hour", 0, value="15"))
    assert [day.words for day in drawn.days] == ["7.58 h of work in 7.5 h", "9.92 h of work in 7.5 h"]
    assert [day.over_words for day in drawn.days] == ["0.08 h of work left over", "2.42 h of work left over"]
    assert {label: figure for label, (figure, _) in figures(drawn).items()} == {
        "Utilisation, typical day": "101 %", "People needed, typical day": "8", "Staffing ratio, typical day": "25",
        "Work is left over above": "147.86", "Utilisation, busy day": "132 %", "People needed, busy day": "11",
        "Staffing ratio, busy day": "35", "Busiest hour, busy day": "+5.8",
    }  # fmt: skip
    assert drawn.peak.endswith("6 people can finish 25.7: the backlog grows by 5.8 in that hour.")
    assert "6 × 5.75 × 60 / 14 = 147.86 a day" in [line for step in drawn.steps for line in step.numbers]
    assert drawn.summary == (
        "A typical day is 101 % full, a busy one 132 %. People needed at 85 %: 8 on a typical day, 11 on a busy one; "
        "6 on shift. Above 147.86 a day, work is left over."
    )


def test_bar_and_table_hold_the_same_hours() -> None:
    drawn = picture(claim("workload.people", 0, value="9"))
    rows = {row[0]: row[1:] for row in drawn.rows}
    for place, day in enumerate(drawn.days):
        assert {part.name: part.words for part in day.parts} == {
            part.name: rows[part.name][place] for part in day.parts
        }
        total = sum(part.hours for part in day.parts)
        assert total == pytest.approx(max(day.work, drawn.available))
        assert ("slack" in {part.key for part in day.parts}) == (not day.over)


def test_every_input_keeps_its_basis_source_and_date() -> None:
    drawn = picture(claim("workload.utilisation", 0, value="80"), claim("workload.peak-hour", 0, value="15"))
    assert [one.label for one in drawn.sources] == [
        "Units of work", "Minutes per unit", "Interruptions", "Paid hours and breaks", "Fixed hours",
        "People on shift", "Target utilisation", "The busiest hour",
    ]  # fmt: skip
    assert all(one.claim.basis and one.claim.source and one.claim.as_of for one in drawn.sources)
    assert figures(drawn)["People needed, typical day"][1] == "at 80 % full; on shift: 6"
    assert figures(picture())["People needed, typical day"][1] == "at 85 % full, the usual target; on shift: 6"


def test_several_units_are_drawn_together_and_say_so() -> None:
    drawn = picture(
        claim("workload.units", 0, unit="Orders", typical="100", busy="150"),
        claim("workload.units", 1, unit="Appeals", typical="20", busy="30"),
        claim("workload.minutes", 0, unit="Orders", handling="10", documentation="4"),
        claim("workload.minutes", 1, unit="appeals", handling="20", documentation="15"),
    )
    assert figures(drawn)["Work is left over above"][1] == "units of all kinds a day, at the present mix"
    assert "the mean at the typical day’s mix" in drawn.steps[-1].numbers[0]
    assert drawn.summary.endswith("work is left over, at the typical day’s mix of units.")


def test_figures_that_do_not_exist_are_words() -> None:
    crowded = picture(claim("workload.fixed-hours", 0, value="5.5"))
    assert figures(crowded)["People needed, busy day"] == (
        "No number", "is enough: a day is 85 % full without a single unit",
    )  # fmt: skip
    full = picture(claim("workload.fixed-hours", 0, value="7"))
    assert figures(full)["Work is left over above"] == ("no figure", "interruptions and fixed hours fill the whole day")
    assert "Above" not in full.summary
    assert full.steps[-1].numbers == ("interruptions and fixed hours fill the whole day",)


def test_a_busiest_hour_that_fits_says_how_full_it_is() -> None:
    drawn = picture(claim("workload.peak-hour", 0, value="10"))
    assert figures(drawn)["Busiest hour, busy day"] == ("82 %", "of everybody’s time, if nothing interrupts")
    assert drawn.peak.endswith("it fits, and takes 82 % of their time.")
    assert picture().peak == ""
    even = picture(
        claim("workload.units", 0, unit="Orders", typical="10", busy="60"),
        claim("workload.minutes", 0, unit="Orders", handling="30", documentation="0"),
        claim("workload.peak-hour", 0, value="20"),
    )
    assert even.peak.endswith("exactly as many, so that nothing that waits is caught up.")


def test_one_person_alone_is_one_person() -> None:
    drawn = picture(claim("workload.people", 0, value="1"))
    assert drawn.intro.endswith("one person does all the work.")


def test_the_year_names_the_months_above_the_limit() -> None:
    year = season_picture([*complete(), claim("workload.season", 0, value=SEASON)])
    assert year is not None
    assert year.limit_words == "Above 147.86 a day, work is left over"
    assert year.sentence == "Above it in 6 of 12 months: January, February, March, October, November and December."
    for value, words in (("1", "No month’s typical day is above it."), ("999", "every month is above it.")):
        flat = season_picture([*complete(), claim("workload.season", 0, value=" ".join([value] * 12))])
        assert flat is not None
        assert flat.sentence.endswith(words)
    alone = season_picture([claim("workload.season", 0, value=SEASON)])
    assert alone is not None
    assert (alone.limit, alone.sentence, [month.is_above for month in alone.months]) == (None, "", [False] * 12)
    assert season_picture(complete()) is None


def test_a_leaflet_has_the_picture_or_says_what_is_missing() -> None:
    leaflet = leaflet_of(read_document(canonical_document(complete())))
    assert [one.key for one in leaflet.sections if one.workload] == ["workload"]
    assert leaflet.undrawn is None
    partly = leaflet_of(Document((), tuple(one for one in complete() if one.field != "workload.people")))
    assert [one.key for one in partly.sections if one.workload] == []
    assert partly.undrawn == Missing(("workload.people",))
