"""The work in pictures: what the public, the team and the candidate see, and what the team reads without one."""

import html
import re

from hiringkit.disclosures.rules.typed import TypedAnswer
from hiringkit.openings.models import Opening
from tests.candidates.factories import application, delivery, link
from tests.disclosures.factories import draft, published, saved
from tests.openings.factories import opening
from tests.world import World

FIGURES = (
    "7.58 h of work in 7.5 h", "9.92 h of work in 7.5 h", "101 %", "132 %", "2.42 h of work left over",
    "Above 147.86 a day, work is left over", "January, February, March, October, November and December",
    "the backlog grows by 5.8 in that hour", "6 × 5.75 × 60 / 14 = 147.86 a day",
)  # fmt: skip


def text(world: World, address: str, key: str | None = None) -> str:
    """Return a page as it reads, entities resolved."""
    answer = world.browser(key).get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def preview(row: Opening) -> str:
    """Return the address of the team's preview."""
    return f"/openings/{row.public_id}/disclosure/preview"


def test_the_public_the_team_and_the_candidate_see_the_same_pictures(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world, state="open")
    made = application(world, row)
    published(world, row)
    delivery(world, made)
    pages = {
        "public": text(world, f"/careers/{row.slug}"),
        "team": text(world, preview(row), "manager"),
        "candidate": text(world, f"/portal/{link(world, made)}/disclosure"),
    }
    missing = [(who, words) for who, page in pages.items() for words in FIGURES if words not in page]
    assert missing == []


def test_each_picture_has_a_title_a_description_and_its_numbers(sqlite_world: World) -> None:
    row = opening(sqlite_world, state="open")
    published(sqlite_world, row)
    page = text(sqlite_world, f"/careers/{row.slug}")
    charts = re.findall(r'<svg class="chart"[^>]*aria-labelledby="(\S+) (\S+)">', page)
    assert len(charts) == 2
    for title, description in charts:
        assert re.search(rf'<title id="{title}">\S', page)
        assert re.search(rf'<desc id="{description}">\S', page)
    assert page.count("The numbers behind the picture") == 2
    assert "style=" not in page
    filled = set(re.findall(r'fill="url\(#([^)]+)\)"', page))
    assert filled == set(re.findall(r'<pattern id="([^"]+)"', page)) == {"day-stripes", "day-dots"}
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_team_reads_which_answer_is_missing_and_the_public_nothing_wrong(sqlite_world: World) -> None:
    world = sqlite_world
    row = opening(world, state="open")
    saved(world, draft(world, row), "workload", {"workload.people": TypedAnswer()})
    page = text(world, preview(row), "manager")
    assert "The working day cannot be drawn yet" in page
    assert "It needs numbers for: People on shift." in page
    assert "Utilisation, typical day" not in page
    assert "The year by month" in page
    assert "work is left over" not in page
    overview = text(world, preview(row).removesuffix("/preview"), "manager")
    assert "It needs numbers for: People on shift." in overview
    none = {"workload.people": TypedAnswer(none_reason="It changes every day.")}
    saved(world, draft(world, row), "workload", none)
    published(world, row)
    public = text(world, f"/careers/{row.slug}")
    assert "None. It changes every day." in public
    assert [words for words in ("The working day", "cannot be drawn", "Utilisation, typical") if words in public] == []


def test_the_overview_says_what_the_workload_amounts_to(sqlite_world: World) -> None:
    row = opening(sqlite_world)
    draft(sqlite_world, row)
    page = text(sqlite_world, preview(row).removesuffix("/preview"), "manager")
    assert "A typical day is 101 % full, a busy one 132 %. People needed at 85 %: 8 on a typical day, 11" in page
