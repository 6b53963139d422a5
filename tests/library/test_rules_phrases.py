"""Questions about disability and pay history are refused; the same words about the work are not."""

import pytest

from hiringkit.library.rules.phrases import DISABILITY, PAY_HISTORY, refused_phrases


@pytest.mark.parametrize(
    "question",
    [
        "Do you have a disability that we should know of?",
        "Have you ever been diagnosed with anything serious?",
        "Do you take any medication?",
        "How many sick days did you take last year?",
        "Are you pregnant?",
        "Do they have any mental health issues?",
        "Tell us about your medical history.",
        "Have you ever filed workers' compensation claims?",
        "Do you have\n  any physical\n  problems?",
    ],
)
def test_questions_about_health_are_refused(question: str) -> None:
    assert [found.reason for found in refused_phrases(question)][:1] == [DISABILITY]


@pytest.mark.parametrize(
    "question",
    [
        "What is your current salary?",
        "What did you earn there?",
        "How much were you paid?",
        "Tell us your salary history.",
        "What does your current employer pay?",
        "WHAT WAS YOUR LAST BONUS?",
        "How much do you currently make?",
    ],
)
def test_questions_about_pay_history_are_refused(question: str) -> None:
    assert [found.reason for found in refused_phrases(question)][:1] == [PAY_HISTORY]


@pytest.mark.parametrize(
    "question",
    [
        "A patient with a disability calls about her chair. What do you do?",
        "What did you make of the finding?",
        "Which medicines would you hold?",
        "The payer denies it for a pre-existing medical condition. What now?",
        "How do you document a diagnosis that is cut off?",
        "Can you do this work, with or without an accommodation?",
        "What would you want to be paid?",
        "Who pays first, and how did you find out?",
        "",
    ],
)
def test_questions_about_the_work_pass(question: str) -> None:
    assert refused_phrases(question) == ()


def test_the_refused_words_are_shown_as_written() -> None:
    assert refused_phrases("And Your Current Pay?")[0].written == "Your Current Pay"
