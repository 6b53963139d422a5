"""Questions about health, pay history and family are refused; the same words about the work are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringkit.library.rules.phrases import refused_phrases
from hiringkit.library.rules.refused_questions import DISABILITY, FAMILY, PAY_HISTORY, REFUSED_QUESTIONS, TOPICS


def reasons(text: str) -> list[str]:
    """Return why a text is refused."""
    return [found.reason for found in refused_phrases(text)]


@pytest.mark.parametrize(
    "question",
    [
        "Do you have a disability that we should know of?",
        "Do you have any disability?",
        "Have you ever been diagnosed with anything serious?",
        "Have you ever been hospitalised?",
        "Have you been treated for a mental health condition?",
        "Do you take any medication?",
        "How many sick days did you take last year?",
        "How many sick days did you have?",
        "How often were you sick last winter?",
        "Do they have any mental health issues?",
        "Does the candidate have a chronic illness?",
        "Tell us about your medical history.",
        "Please describe your health.",
        "How is your health?",
        "Are you in good health?",
        "Are you disabled?",
        "Were you often ill in your last job?",
        "What health problems do you have?",
        "Is there anything about your health that would keep you from night shifts?",
        "Have you ever filed workers' compensation claims?",
        "Did you ever receive workers’ comp?",
        "Applicants must disclose any medical condition they have.",
        "We ask whether you have a physical limitation.",
        "Candidates are asked about the candidate’s sickness absences.",
        "Do you have\n  any physical\n  problems?",
        "Why did you not disclose your illness?",
        "Have you ever had cancer?",
        "Do you have back problems?",
        "Have you had any workplace injuries?",
        "Do you have a disability of any kind?",
        "How many days of work did you miss because of illness?",
        "Will you need time off for medical treatment?",
        "If you don't mind: do you have any health conditions?",
        "You run the team today. Do you have any illness that would get in the way?",
    ],
)
def test_questions_about_health_are_refused(question: str) -> None:
    assert reasons(question) == [DISABILITY]


@pytest.mark.parametrize(
    "question",
    [
        "What is your current salary?",
        "What was your previous base pay?",
        "What did you earn there?",
        "How much were you paid?",
        "How much are you paid now?",
        "Tell us your salary history.",
        "Provide your salary history with the application.",
        "What does your current employer pay?",
        "WHAT WAS YOUR LAST BONUS?",
        "How much do you currently make?",
        "What did you make in your last job?",
        "What salary are you on?",
        "Which wage did you get before?",
        "Please state your present wage.",
        "Bring your last three payslips.",
        "Attach payslips of the past year.",
        "Candidates must disclose their current salary.",
        "Tell us what you earned in your last role.",
        "Be ready to tell us what you earn now.",
        "Ask the candidate what they earned before.",
        "We ask for pay history.",
        "Salary history required.",
        "What's your current salary?",
        "Can you tell us what you’re currently making?",
        "How much did your last job pay?",
        "And your most recent compensation?",
        "If you don’t mind telling us, how much did you earn?",
    ],
)
def test_questions_about_pay_history_are_refused(question: str) -> None:
    assert reasons(question) == [PAY_HISTORY]


@pytest.mark.parametrize(
    "question",
    [
        "Are you pregnant?",
        "Are you planning to become pregnant in the next year?",
        "Do you plan to have children?",
        "When will you start a family?",
        "Do you have small children?",
        "How many children do you have?",
        "How old are your kids?",
        "Who looks after your children when you work late?",
        "Are you married?",
        "What does your husband do?",
        "Tell us about your family plans.",
        "Describe your childcare arrangements.",
    ],
)
def test_questions_about_pregnancy_and_family_are_refused(question: str) -> None:
    assert reasons(question) == [FAMILY]


@pytest.mark.parametrize(
    "text",
    [
        "A patient with a disability calls about her chair. What do you do?",
        "Have you worked with patients who have a disability?",
        "Do you have experience with disability claims?",
        "Have you handled workers' compensation claims?",
        "Workers' compensation claims are a fifth of the queue.",
        "Disability benefits claims are processed here.",
        "Patients with disabilities use the side entrance; what do you tell them?",
        "The payer denies it for a pre-existing medical condition. What now?",
        "How do you document a diagnosis that is cut off?",
        "You take a medical history from each caller.",
        "Ask every patient about their medical history and their medications.",
        "Ask the caller whether they have a health condition that makes waiting unsafe.",
        "What did you make of the finding?",
        "How much did you make up on Friday?",
        "Which medicines would you hold?",
        "Do you need an accommodation for the interview?",
        "Can you do this work, with or without an accommodation?",
        "Tell us how we can make the interview work for you.",
        "Which accommodations for employees with disabilities have you arranged?",
        "Do you have a documented health history for each caller?",
        "Do they have diabetes supplies at home?",
        "Do you take medicines back from callers?",
        "Is the candidate ill-prepared, or only nervous?",
        "What is your income verification step, and who checks it?",
        "Have you had a patient with a health problem at the desk?",
        "Are you sick of the old system? Say what you would change.",
        "How many children attend the clinic on a typical day?",
        "Do you have children’s services experience?",
        "Who looks after your cases when you are ill?",
    ],
)
def test_questions_about_the_work_pass(text: str) -> None:
    assert reasons(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Health insurance: three quarters of the premium.",
        "Your health insurance starts on the first day.",
        "Medical coding, certified.",
        "Sick leave: 10 days a year, paid. The number of sick days is the same for everybody.",
        "How many sick days do I get? Ten.",
        "Disability insurance and parental leave of 16 weeks.",
        "You send payslips to 400 people each month.",
        "Ask guarantors for payslips and tax returns when they apply for help.",
        "W-2 employment; we provide a laptop.",
        "We never ask for your salary history.",
        "We do not ask what you earned before; the band is the band.",
        "Nobody asks you about your health here.",
        "Please do not tell us your current salary.",
        "You need not tell us about a disability that you have.",
        "State your salary expectations.",
        "What are your salary expectations?",
        "What pay do you have in mind?",
        "What would you want to be paid?",
        "What is your pay policy?",
        "What is your bonus plan?",
        "Before the interview we will tell you what you earn.",
        "Who pays first, and how did you find out?",
        "Your previous pay does not matter.",
        "The pay history of the band is on the intranet.",
        "Family practice, four clinicians.",
        "病人的健康 🙂",
        "",
    ],
)
def test_claims_about_the_work_and_what_it_gives_pass(text: str) -> None:
    assert reasons(text) == []


def test_the_refused_words_are_shown_as_written_with_reason_and_source() -> None:
    (found,) = refused_phrases("And Your Current Pay?")
    assert found.written == "Your Current Pay"
    assert found.sentence == f"“Your Current Pay” is refused. {PAY_HISTORY} ({found.source})"
    assert "2023/970" in found.source


def test_each_sentence_is_told_once_for_each_kind() -> None:
    text = "Are you married, and do you have any illness or disability? What did you earn? What was your last pay?"
    assert reasons(text) == [DISABILITY, FAMILY, PAY_HISTORY, PAY_HISTORY]


def test_a_language_without_a_list_refuses_nothing() -> None:
    assert refused_phrases("What is your current salary?", "de") == ()
    assert refused_phrases("What is your current salary?", "en-GB") == refused_phrases("What is your current salary?")
    assert set(REFUSED_QUESTIONS) == set(TOPICS) == {"en"}


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for found in refused_phrases(text):
        assert found.written in " ".join(text.split())


@pytest.mark.parametrize(
    "text", ["do you have " * 3_000, "what is your " * 3_000 + "pay?", "a" * 40_000, "not " * 10_000]
)
def test_a_hostile_text_takes_no_long_time(text: str) -> None:
    refused_phrases(text)
