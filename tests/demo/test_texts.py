"""What the demo's people have written: each sentence once, each application in the order of time."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from hiringkit.calibration.rules.retries import PastAttempt, letter_to_rate
from hiringkit.candidates.rules.truth import TRUTH, day_asked
from hiringkit.demo.applications import COORDINATORS, Story, read_stories
from hiringkit.demo.calibrating import JUDGEMENT, OPERATIONS, SITTINGS, read_notes
from hiringkit.demo.days import Days
from hiringkit.demo.people import ROSTER
from hiringkit.disclosures.rules.fields import SECTIONS
from hiringkit.disclosures.rules.saying import draft_problems
from hiringkit.library.packs import STARTER_PACK, load_pack, shipped_pack_text

STORIES = read_stories()
BEFORE = read_stories(COORDINATORS)
DAYS = Days(datetime(2026, 11, 18, 15, 0, tzinfo=UTC))


def test_no_piece_of_evidence_is_written_twice() -> None:
    places = [place for story in (*STORIES, *BEFORE) for talk in story.talks for place in talk.places]
    texts = Counter(line.evidence for place in places for line in place.lines)
    assert len(texts) > 150
    assert [text for text, times in texts.items() if times > 1] == []


def forms_rated(exercise: str, letters: set[str]) -> Iterator[tuple[str, bool]]:
    """Give the letter of the form that each sitting is given, and whether it renews, in the order of time."""
    past: dict[str, list[PastAttempt]] = {}
    sittings = [one for one in SITTINGS if one.exercise == exercise]
    for sitting in sorted(sittings, key=lambda one: DAYS.moment(one.begins)):
        before = past.setdefault(sitting.who, [])
        letter = letter_to_rate(letters, before)
        before.append(PastAttempt(letter, ord(letter), passed=True, on=DAYS.moment(sitting.begins).date()))
        yield letter, len(before) > 1


def test_every_answer_that_somebody_rates_has_two_wordings_of_a_note_on_each_competency() -> None:
    pack = load_pack(shipped_pack_text(STARTER_PACK), STARTER_PACK)
    sets = {one.key: set(one.competencies) for one in pack.competency_sets}
    texts: list[str] = []
    rated: dict[str, set[str]] = {}
    for key in (JUDGEMENT, OPERATIONS):
        forms = {one.form: one for one in pack.exercises if one.set == key}
        sittings = set(forms_rated(key, set(forms)))
        rated[key] = {letter for letter, _ in sittings}
        notes = read_notes(key)
        # A refresh is drawn from all answers of its form, a whole form begins with the first block.
        answers = [one for letter, renews in sittings for one in forms[letter].responses if renews or one.block == 1]
        assert set(notes) == {one.key for one in answers}
        assert all(set(noted) == sets[key] for noted in notes.values())
        texts += [text for noted in notes.values() for wordings in noted.values() for text in wordings]
    assert rated == {JUDGEMENT: {"A", "B"}, OPERATIONS: {"A"}}
    assert len(set(texts)) == len(texts)


def test_no_note_repeats_a_rationale_of_the_reference() -> None:
    pack = load_pack(shipped_pack_text(STARTER_PACK), STARTER_PACK)
    answers = [answer for exercise in pack.exercises for answer in exercise.responses]
    rationales = {gold.rationale for answer in answers for gold in answer.gold.values()}
    notes = [read_notes(key) for key in (JUDGEMENT, OPERATIONS)]
    written = {text for note in notes for noted in note.values() for both in noted.values() for text in both}
    assert not written & rationales


@pytest.mark.parametrize("story", [*STORIES, *BEFORE], ids=lambda story: story.name)
def test_an_application_goes_forward_in_time(story: Story) -> None:
    days = [story.added, story.informed, story.acknowledged]
    moments = [DAYS.moment(day) for day in days if day is not None]
    for talk in story.talks:
        assert DAYS.moment(talk.booked) > moments[-1]
        starts = DAYS.moment(talk.starts or DAYS.next_start)
        assert starts > DAYS.moment(talk.booked)
        written = [place.submits or place.drafts for place in talk.places]
        assert all(DAYS.moment(day) > starts for day in written if day is not None)
    steps = [DAYS.moment(step.at) for step in story.steps]
    assert steps == sorted(steps)


def test_everybody_named_has_an_account() -> None:
    everybody = (*STORIES, *BEFORE)
    names = {place.who for story in everybody for talk in story.talks for place in talk.places}
    names |= {step.who for story in everybody for step in story.steps}
    assert names <= {person.name for person in ROSTER}
    assert len(ROSTER) == len({person.email for person in ROSTER})


def test_candidates_have_addresses_that_lead_nowhere() -> None:
    addresses = {story.email for story in (*STORIES, *BEFORE)}
    assert {one.partition("@")[2] for one in addresses} == {"example.com"}
    assert len(addresses) == len(STORIES) + len(BEFORE)
    assert len(STORIES) == 12


@pytest.mark.parametrize("today", [datetime(2026, 11, 18 + day, 15, 0, tzinfo=UTC) for day in range(7)], ids=str)
def test_hires_answer_what_they_are_asked_whatever_day_it_is(today: datetime) -> None:
    days, sections = Days(today), [one.key for one in SECTIONS]
    asked = [
        [day_asked(days.moment(step.at), days.moment(answer.at)) for answer in story.answers]
        for story in BEFORE
        for step in story.steps
        if step.does == "hire"
    ]
    assert sorted(asked) == [[30], [30, 90], [30, 90], [30, 90]]
    drafts = [answer.drafts for story in BEFORE for answer in story.answers]
    assert [draft_problems(one, TRUTH, sections) for one in drafts] == [{}] * len(drafts)
