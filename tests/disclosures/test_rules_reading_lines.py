"""Pasted text becomes plain lines and sentences; no word and no line number is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.disclosures.rules.reading.headings import heading_topic, label_of
from hiringkit.disclosures.rules.reading.lines import Line, folded, has_words, normalised, read_lines, sentences
from hiringkit.disclosures.rules.reading.topics import LEADING, PHRASES, TOPICS, TRAILING, Way


@pytest.mark.parametrize(
    ("pasted", "plain"),
    [
        ("Pay:\r\n£18\r", "Pay:\n£18"),
        ("a\u00a0b\u2003 c\tlast", "a b c\tlast"),
        ("Salary &amp; benefits&nbsp;&ndash; 5&#37;", "Salary & benefits – 5%"),
        ("<ul><li>Pick</li><li>Pack</li></ul>", "Pick\nPack"),
        ("<h2 class='x'>Pay</h2><p>£18 <b>an hour</b></p>", "# Pay\n£18 an hour"),
        ("**Pay**\n__Shift:__ nights", "# Pay\nShift: nights"),
        ("| Pay | £18 |\n|---|---|", "Pay\t£18"),
        ("5 < 6 and <person@example.org>", "5 < 6 and <person@example.org>"),
        ("zero\u200bwidth and soft\u00adhyphen", "zerowidth and softhyphen"),
        ("***\n•\n \n", ""),
    ],
)
def test_a_text_from_anywhere_becomes_plain_lines(pasted: str, plain: str) -> None:
    assert normalised(pasted) == plain


@pytest.mark.parametrize(
    "bullet",
    [
        "• ",
        "•",
        "- ",
        "– ",
        "* ",
        "+ ",
        "o ",
        "▪ ",
        "\u00b7\t",
        "§\t",
        "1. ",
        "2) ",
        "(3) ",
        "a) ",
        "iv. ",
        "🚀 ",
        "➢ ",
        "✔️ ",
    ],
)
def test_every_kind_of_bullet_is_taken_off(bullet: str) -> None:
    (line,) = read_lines(f"{bullet}Register patients")
    assert line.text == "Register patients"
    assert line.mark


def test_wrapped_lines_are_joined_and_lists_without_bullets_are_not() -> None:
    wrapped = "Verify insurance coverage before each visit and obtain\nprior authorizations.\nCollect co-payments"
    assert [(one.number, one.text) for one in read_lines(wrapped)] == [
        (1, "Verify insurance coverage before each visit and obtain prior authorizations."),
        (3, "Collect co-payments"),
    ]
    assert [one.text for one in read_lines("answer calls\nregister patients")] == ["answer calls", "register patients"]
    apart = "Verify insurance coverage before each visit and obtain\n\nprior authorizations."
    assert len(read_lines(apart)) == 2


def test_numbers_are_those_of_the_pasted_lines() -> None:
    assert [one.number for one in read_lines("\n\nPay\n\n\n<br>£18\r\n\r\nHours")] == [3, 6, 8]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Work approx. 8 hrs. on site. No weekends.", ["Work approx. 8 hrs. on site.", "No weekends."]),
        ("7 a.m. to 3 p.m. daily. Then home.", ["7 a.m. to 3 p.m. daily.", "Then home."]),
        ("Ends 5.5 h later", ["Ends 5.5 h later"]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, parts: list[str]) -> None:
    assert [one.text for one in sentences(Line(1, text))] == parts


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Responsibilities", "owns"), ("KEY RESPONSIBILITIES", "owns"), ("# What you’ll do", "owns"),
        ("What you will do at Fennimore", "owns"),
        ("2. Duties and Responsibilities:", "owns"), ("**Your role**", "owns"),
        ("In this role you will:", "owns"), ("Job duties include:", "owns"), ("Compensation & Benefits", "extras"),
        ("Salary range", "pay"), ("WORK SCHEDULE", "schedule"), ("On-call", "on-call"), ("Who you are", "brings"),
        ("Nice to have:", "brings"), ("About us", "employer"), ("Equal Opportunity Employer", "legal"),
        ("Your first 90 days", "first-90-days"), ("Training & Onboarding", "onboarding"), ("💰 Pay", "pay"),
        ("Why this role exists", "why"), ("How to apply", "applying"), ("Career path", "ladder"),
    ],
)  # fmt: skip
def test_headings_are_known_in_many_spellings(text: str, key: str) -> None:
    (line,) = read_lines(text)
    topic = heading_topic(line)
    assert topic is not None
    assert topic.key == key


@pytest.mark.parametrize(
    "text",
    ["- Travel", "Responsibilities are shared by all of us.", "We offer you a job.", "Patient Access Specialist", ""],
)
def test_a_row_or_a_sentence_is_no_heading(text: str) -> None:
    assert [one for one in read_lines(text) if heading_topic(one)] == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Reports to: Lead", "reports-to"),
        ("Pay\t£18", "pay"),
        ("Location – Leeds", "place"),
        ("Closing date: 1 May 2027", "deadline"),
    ],
)
def test_a_label_stands_before_its_words(text: str, key: str) -> None:
    label = label_of(text)
    assert label is not None
    assert label.topic.key == key


def test_no_label_without_words_after_it_or_with_a_clock_before_the_colon() -> None:
    assert label_of("Pay:") is None
    assert label_of("Hours from 8:00 to 4:30") is None
    assert label_of("https://example.org") is None


def test_phrases_are_spelled_as_headings_are_read_and_lead_somewhere() -> None:
    for language, phrases in PHRASES.items():
        assert LEADING[language]
        assert TRAILING[language]
        for phrase, topic in phrases.items():
            assert topic in TOPICS, phrase
            found = heading_topic(Line(1, phrase, weight=3), language)
            assert found is not None
            assert found.key == topic, phrase
    assert {one.key for one in TOPICS.values() if one.way in {Way.ROWS, Way.WORDS}} <= set(PHRASES["en"].values())
    assert all(one.reason for one in TOPICS.values() if one.way in {Way.SORT, Way.ASIDE})


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(st.text(st.sampled_from("ab .!?:;\t-•*#&<>/p12\n\r\u00a0\u200b’“\u2028"), max_size=200))
def test_lines_and_sentences_keep_every_letter_and_digit(text: str) -> None:
    def seen(words: str) -> str:
        return "".join(letter for letter in words if letter.isalnum())

    plain = [line for line in normalised(text).split("\n") if has_words(line)]
    lines = read_lines(text)
    kept = seen("".join(part.text for line in lines for part in sentences(line)))
    assert kept == seen("".join(line.text for line in lines))
    missing = list(seen("".join(plain)))
    for letter in kept:
        missing.remove(letter)
    assert all(letter in "12abpo" for letter in missing), "only the numbers and letters of bullets may go"
