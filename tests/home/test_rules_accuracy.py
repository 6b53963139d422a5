"""The accuracy report: what is stale or named comes first, and its counts add up to what may be counted."""

from hypothesis import given
from hypothesis import strategies as st

from hiringkit.candidates.rules.truth import Told, TruthWord
from hiringkit.disclosures.rules.attesting import Tally
from hiringkit.disclosures.rules.fields import FIELDS, section
from hiringkit.home.rules.accuracy import TOO_FEW, accuracy_lines, accuracy_sections, counts_words

fields = st.sampled_from(["", *(one.key for one in section("workload").fields)])
told = st.lists(
    st.builds(
        Told,
        hire=st.integers(1, 9),
        day=st.sampled_from([30, 90]),
        section=st.just("workload"),
        word=st.sampled_from(TruthWord),
        field=fields,
    ),
    max_size=20,
)


@given(told, st.sets(st.sampled_from(sorted(FIELDS)), max_size=5))
def test_every_stale_or_named_question_is_listed_once_and_the_named_first(said: list[Told], stale: set[str]) -> None:
    lines = accuracy_lines(stale, {}, said)
    assert {one.asked.key for one in lines} == stale | {one.field for one in said if one.field}
    assert len(lines) == len({one.asked.key for one in lines})
    voices = [one.voices for one in lines]
    assert voices == sorted(voices, reverse=True)
    assert sum(voices) == sum(bool(one.field) for one in said)
    assert all(one.sentence for one in lines)


@given(told)
def test_sections_count_every_answer(said: list[Told]) -> None:
    (found,) = accuracy_sections(["workload"], {}, said)
    for day in (30, 90):
        words = [one.word for one in said if one.day == day]
        assert found.after[day] == counts_words({word: words.count(word) for word in TruthWord})
        assert (found.after[day] == TOO_FEW) == (not words)
    assert found.in_role == TOO_FEW


def test_disputes_and_answers_meet_on_a_line() -> None:
    tallies = {"workload": Tally(5, 3, {"workload.units": 1, "": 1})}
    said = [Told(1, 90, "workload", TruthWord.UNTRUE, "workload.units"), Told(1, 30, "pay", TruthWord.TRUE)]
    (line,) = accuracy_lines([], tallies, said)
    assert line.sentence == "1 person in the role disputes it. After 90 days: 1 not true."
    assert line.section_title == "Workload"
    sections = accuracy_sections(["workload"], tallies, said)
    assert [one.key for one in sections] == ["workload", "pay"]
    assert sections[0].in_role == tallies["workload"].sentence
