"""What a question on a disclosure and its answer must be: within bounds, telling nobody who asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hiringkit.disclosures.rules.claims import Claim
from hiringkit.disclosures.rules.clarity import Gap, open_questions
from hiringkit.disclosures.rules.fields import FIELDS
from hiringkit.library.rules.phrases import refused_phrases

QUESTION_LIMIT = 2000
ASKED_LIMIT = 500
ANSWER_LIMIT = 4000
WORDS_IN_A_ROW = 10
"""So many words taken over as they were written are somebody's own wording, by which they may be known."""
SHORTEST_NAME = 3
WHOLE = "the whole description"
NAMED = "This names the person who asked. Everybody will read it, so leave the name and the address out."
COPIED = f"This repeats {WORDS_IN_A_ROW} words or more of the question as it was sent. Ask it in your own words."


@dataclass(frozen=True)
class AnswerDraft:
    """An answer as typed; `asked` is the question as everybody may read it, and counts in a public answer alone."""

    text: str
    is_public: bool
    asked: str = ""


def about_words(field: str) -> str:
    """Return what a question is about, as it reads within a sentence.

    >>> about_words("pay.band"), about_words("")
    ('“Pay”', 'the whole description')
    """
    return f"“{FIELDS[field].label}”" if field in FIELDS else WHOLE


def question_problems(text: str, field: str) -> dict[str, str]:
    """Return what is wrong with a question, by form field; empty when it can be asked.

    >>> question_problems("", "pay.band")
    {'text': 'Write your question.'}
    """
    problems = {}
    if not text:
        problems["text"] = "Write your question."
    elif len(text) > QUESTION_LIMIT:
        problems["text"] = f"Use up to {QUESTION_LIMIT:,} characters; these are {len(text):,}."
    if field and field not in FIELDS:
        problems["field"] = "Choose what your question is about."
    return problems


def answer_problems(draft: AnswerDraft, question: str, name: str, address: str) -> dict[str, str]:
    """Return what is wrong with an answer, by form field; `question` is what was sent, by whom the two others say.

    What may not be asked of a candidate may not be asked by way of an answer either. The question itself is the
    candidate's, to the employer: “How many sick days do you have?” is a fair one.

    >>> answer_problems(AnswerDraft("Two evenings.", is_public=True), "", "Noor Bakker", "")
    {'asked': 'Write the question as everybody may read it.'}
    """
    problems = {}
    if not draft.text:
        problems["text"] = "Write the answer."
    elif len(draft.text) > ANSWER_LIMIT:
        problems["text"] = f"Use up to {ANSWER_LIMIT:,} characters; these are {len(draft.text):,}."
    elif draft.is_public and is_named(draft.text, name, address):
        problems["text"] = NAMED
    elif refused := refused_phrases(draft.text):
        problems["text"] = " ".join(one.sentence for one in refused)
    if draft.is_public:
        problems |= _asked_problem(draft.asked, question, name, address)
    return problems


def _asked_problem(asked: str, question: str, name: str, address: str) -> dict[str, str]:
    if not asked:
        return {"asked": "Write the question as everybody may read it."}
    if len(asked) > ASKED_LIMIT:
        return {"asked": f"Use up to {ASKED_LIMIT:,} characters; these are {len(asked):,}."}
    if is_named(asked, name, address):
        return {"asked": NAMED}
    return {"asked": COPIED} if is_copied(asked, question) else {}


def is_named(text: str, name: str, address: str) -> bool:
    """Tell whether a text has the person's whole name, mail address, or one of the names as a name is written.

    One name alone counts with its capital and within a sentence, because "Will" and "Grace" begin some as well.

    >>> is_named("We told Will so.", "Will Day", ""), is_named("Will it pay by the day?", "Will Day", "")
    (True, False)
    """
    folded = _words(text)
    if address and address.casefold() in text.casefold():
        return True
    if _has_run(folded, _words(name)):
        return True
    parts = {part for part in re.findall(r"\w+", name) if len(part) >= SHORTEST_NAME and not part.islower()}
    return any(found in parts for found in re.findall(r"(?<=[\w,;:“(]\s)\w+", text))


def is_copied(asked: str, question: str) -> bool:
    """Tell whether so many words in a row stand in both.

    >>> words = "how many evenings of a usual month would I be on call"
    >>> is_copied(words.upper(), f"Please say {words}!"), is_copied("How often is one on call?", words)
    (True, False)
    """
    own, sent = _words(asked), _words(question)
    runs = (own[place : place + WORDS_IN_A_ROW] for place in range(len(own) - WORDS_IN_A_ROW + 1))
    return any(_has_run(sent, run) for run in runs)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _has_run(words: list[str], run: list[str]) -> bool:
    return bool(run) and any(words[place : place + len(run)] == run for place in range(len(words) - len(run) + 1))


def is_left_open(field: str, claims: Sequence[Claim], today: date) -> bool:
    """Tell whether the disclosure itself does not answer the question, or only in vague words.

    >>> is_left_open("pay.band", [], date(2027, 1, 4)), is_left_open("", [], date(2027, 1, 4))
    (True, False)
    """
    if field not in FIELDS:
        return False
    return any(one.gap in {Gap.UNANSWERED, Gap.VAGUE} for one in open_questions(FIELDS[field], claims, today))
