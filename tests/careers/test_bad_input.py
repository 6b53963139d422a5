"""The public list and its pages, asked for what cannot be: a page that says what was left out, and never a failure."""

import html

from tests.bad_input import HUGE, NONSENSE, NOTHING, WORDS
from tests.disclosures.factories import published
from tests.openings.factories import opening
from tests.world import Browser, World

LABELS = {"place": "Place", "where": "How", "period": "Paid", "until": "Applications open"}
NO_PAGE = (*NONSENSE.values(), "0", "9" * 30, "-" + "9" * 30, "1.5", "٣", "²")


def text(browser: Browser, address: str, **asked: str) -> str:
    """Return a page as it reads."""
    answer = browser.get(address, query_string=asked)
    assert answer.status_code == 200, (address, {name: typed[:20] for name, typed in asked.items()})
    return html.unescape(answer.get_data(as_text=True))


def test_a_filter_that_is_none_is_left_out_with_a_word_and_the_list_stands(sqlite_world: World) -> None:
    row = opening(sqlite_world, state="open")
    published(sqlite_world, row)
    browser = sqlite_world.browser()
    for odd in (*NONSENSE.values(), "x" * 20_000):
        page = text(browser, "/careers", **dict.fromkeys(LABELS, odd))
        assert row.title in page
        for label in LABELS.values():
            assert (f"” under “{label}”" in page) == bool(odd.strip("\x00")), (odd[:9], label)
    for odd in NOTHING.values():
        page = text(browser, "/careers", text=odd, **dict.fromkeys(LABELS, odd))
        assert row.title in page
        assert "It was left out." not in page


def test_words_that_are_odd_are_looked_for_as_they_read_and_too_many_are_cut_with_a_word(world: World) -> None:
    row = opening(world, "Cafe\u0301 Lead 👩\u200d👧 ٣ \u200fش", state="open")
    published(world, row)
    browser = world.browser()
    for odd in ("Cafe\u0301", "caf\xe9", "👩\u200d👧", "٣", "\u202eLead\u202c", "Le\x00ad", "\u200fش"):
        assert row.title in text(browser, "/careers", text=odd), odd
    for odd, _ in WORDS.values():
        text(browser, "/careers", text=odd)
    for odd in ("%", "_", "\\", "' OR 1=1 --", "Lead%"):
        assert "no opening" in text(browser, "/careers", text=odd * 3).lower() or odd == "_"
    for odd in HUGE.values():
        assert "what follows “" in text(browser, "/careers", text=odd[:20_000])
    contradiction = text(browser, "/careers", text="Lead", place=row.place, where="on-site")
    assert row.title not in contradiction


def test_a_page_or_version_number_that_is_none_gives_the_nearest(sqlite_world: World) -> None:
    row = opening(sqlite_world, state="open")
    published(sqlite_world, row)
    browser, own = sqlite_world.browser(), f"/careers/{row.slug}"
    for odd in NO_PAGE:
        assert row.title in text(browser, "/careers", page=odd), odd[:9]
        assert row.title in text(browser, f"{own}/questions", page=odd), odd[:9]
        assert row.title in text(browser, f"{own}/versions/1/changes", since=odd), odd[:9]
    for odd in ("0", "-1", "9" * 30, "%00", "%ED%A0%80", "٣", "1.5", "x" * 3_000):
        for below in (f"{own}/versions/{odd}", f"/careers/{odd}", f"/careers/{odd}.json"):
            assert browser.get(below).status_code == 404, below[:60]
