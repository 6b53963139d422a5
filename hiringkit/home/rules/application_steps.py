"""The one next step of an application, for a manager or a coordinator of its team."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hiringkit.candidates.rules.lifecycle import ApplicationState
from hiringkit.debriefs.rules.deciding import Verdict
from hiringkit.home.rules.facts import ApplicationFacts, InterviewFacts, Waiting
from hiringkit.home.rules.steps import Page, Step, Urgency


def application_step(one: ApplicationFacts, at: datetime, *, manages: bool) -> Step:
    """Return the next step of an application: of hiring, or what the candidate has asked for where that is more urgent.

    >>> from datetime import UTC
    >>> day = datetime(2026, 11, 24, tzinfo=UTC)
    >>> new = ApplicationFacts("a", "Piotr Lis", ApplicationState.ADDED, day)
    >>> application_step(new, day, manages=True).title
    'Send Piotr Lis the disclosure'
    """
    return min((_hiring_step(one, at, manages=manages), *asked_steps(one)), key=lambda step: step.urgency)


def asked_steps(one: ApplicationFacts) -> list[Step]:
    """Return what the candidate waits for: an arrangement before an interview, and an answer.

    >>> from datetime import UTC
    >>> added, day = ApplicationState.ADDED, datetime(2026, 11, 24, tzinfo=UTC)
    >>> asked_steps(ApplicationFacts("a", "Piotr Lis", added, day, accommodation=Waiting.YOURS))[0].title
    'Arrange what Piotr Lis asked for'
    """
    found = []
    if one.is_active and one.accommodation is Waiting.YOURS:
        title = f"Arrange what {one.name} asked for"
        text = "Something is to be different in the interviews. Only coordinators read what."
        step = _of(one, Urgency.ARRANGE, title, text, "Read and arrange", Page.ACCOMMODATIONS)
        found.append(replace(step, word="To arrange", shape="due"))
    elif one.is_active and one.accommodation is Waiting.NOBODY:
        text = f"{one.name} asked for something to be different, and only a coordinator may read what."
        step = _of(one, Urgency.ARRANGE, "Name a coordinator for this team", text, "Open the application")
        found.append(replace(step, word="No coordinator", shape="due"))
    if one.question is not None:
        title, text = f"Answer a question about {one.question.about}", f"{one.name} asked it."
        about = one.question.public_id
        found.append(Step(Urgency.REPLY, title, text, "Read and answer", Page.QUESTION, about, "Question to answer"))
    return found


def _hiring_step(one: ApplicationFacts, at: datetime, *, manages: bool) -> Step:
    if one.state is ApplicationState.ADDED or (one.state is ApplicationState.INFORMED and not one.has_link):
        return _delivery_step(one)
    is_complete = one.state is ApplicationState.INTERVIEWING and _is_complete(one)
    if one.state is ApplicationState.IN_DEBRIEF or is_complete:
        return _debrief_step(one, manages=manages)
    if one.state is ApplicationState.DECIDED:
        return _decided_step(one)
    if one.state is ApplicationState.OFFERED:
        return _wait_for(one, f"{one.name} has your offer", "Offer made", "Record the answer when it comes.")
    if not one.is_active:
        return Step(Urgency.NOTHING, "Nothing for you", word=one.state.value.capitalize(), shape="off")
    return _interview_step(one, at)


def _delivery_step(one: ApplicationFacts) -> Step:
    if one.state is ApplicationState.ADDED:
        text = "Nobody is interviewed before they could read it."
        return _of(one, Urgency.DELIVER, f"Send {one.name} the disclosure", text, "Send the disclosure")
    text = "The disclosure was delivered. By the link it is read and acknowledged, without a password."
    return _of(one, Urgency.DELIVER, f"Make a personal link for {one.name}", text, "Make the link")


def _of(
    one: ApplicationFacts, urgency: Urgency, title: str, text: str, label: str, page: Page = Page.APPLICATION
) -> Step:
    return Step(urgency, title, text, label, page, one.public_id, one.state.value.capitalize())


def _wait_for(one: ApplicationFacts, title: str, word: str, text: str = "") -> Step:
    return Step(Urgency.WAIT, title, text, "Open the application", Page.APPLICATION, one.public_id, word)


def _is_complete(one: ApplicationFacts) -> bool:
    """Tell whether the debrief is open although no scorecard has moved the application there."""
    is_booked = bool(one.interviews) and not one.to_book
    return is_booked and not any(interview.lacks or interview.missing for interview in one.interviews)


def _debrief_step(one: ApplicationFacts, *, manages: bool) -> Step:
    if not manages:
        return _wait_for(one, f"Managers decide on {one.name}", "In debrief")
    if one.proposal is not None and not one.proposal.is_own:
        text = "It is against the rule, so a second manager must agree or not."
        title = f"Answer what {one.proposal.by} proposes for {one.name}"
        return _of(one, Urgency.ANSWER, title, text, "Open the debrief", Page.DEBRIEF)
    if one.open_gates:
        named = " and ".join(one.open_gates)
        word = f"{len(one.open_gates)} open safety {'gate' if len(one.open_gates) == 1 else 'gates'}"
        text = "While it is open, only a decline can be decided."
        title = f"Close the gate on {named} for {one.name}"
        return Step(Urgency.GATE, title, text, "Open the debrief", Page.DEBRIEF, one.public_id, word, "stop")
    if one.proposal is not None:
        text = "Another manager of the team answers your proposal."
        return Step(
            Urgency.WAIT, f"A second manager decides on {one.name}", text,
            "Open the debrief", Page.DEBRIEF, one.public_id, "Proposed",
        )  # fmt: skip
    if one.has_read:
        text = "You have opened the scorecards."
        return _of(one, Urgency.DECIDE, f"Decide on {one.name}", text, "Open the debrief", Page.DEBRIEF)
    text = "The scorecards may be opened."
    return _of(one, Urgency.OPEN_DEBRIEF, f"Open the debrief for {one.name}", text, "Open the debrief", Page.DEBRIEF)


def _decided_step(one: ApplicationFacts) -> Step:
    if one.verdict is Verdict.OFFER:
        text = "The decision is to make an offer."
        return _of(one, Urgency.CARRY_OUT, f"Make {one.name} the offer", text, "Open the application")
    text = "The decision is to decline."
    return _of(one, Urgency.CARRY_OUT, f"Tell {one.name} the decision", text, "Open the application")


def _interview_step(one: ApplicationFacts, at: datetime) -> Step:
    late = [interview for interview in one.interviews if interview.ends_at <= at and interview.missing]
    if late:
        names = list(dict.fromkeys(name for interview in late for name in interview.missing))
        count = sum(len(interview.missing) for interview in late)
        word = f"{count} {'scorecard' if count == 1 else 'scorecards'} to come"
        stages = _listed([interview.stage for interview in late])
        text = f"{stages} with {one.name} {'is' if len(late) == 1 else 'are'} over."
        title = f"Ask {_listed(names)} for {'the scorecard' if count == 1 else 'their scorecards'}"
        return Step(Urgency.CHASE, title, text, "See what is missing", Page.DEBRIEF, one.public_id, word, "due")
    lacking = next((interview for interview in one.interviews if interview.lacks), None)
    if lacking is not None:
        return _find_somebody(one, lacking)
    if one.to_book:
        what = one.to_book[0] if len(one.to_book) == 1 else f"{len(one.to_book)} interviews"
        return _of(one, Urgency.BOOK, f"Book {what} with {one.name}", _read_words(one), "Book", Page.BOOKING)
    return _wait_for(one, f"Interviews with {one.name} go on", "Interviewing", _next_words(one.interviews, at))


def _find_somebody(one: ApplicationFacts, interview: InterviewFacts) -> Step:
    title = f"Find a {_listed(list(interview.lacks))} for {interview.stage} with {one.name}"
    text, word = "Only people whose calibration covers the stage can take it.", f"No {interview.lacks[0]} yet"
    return Step(Urgency.ASSIGN, title, text, "Find somebody", Page.INTERVIEW, interview.public_id, word, "due")


def _read_words(one: ApplicationFacts) -> str:
    if one.delivered is None:
        return ""
    read = "read" if one.acknowledged_at is not None else "was sent"
    return f"{one.name} {read} version {one.delivered} of the disclosure."


def _next_words(interviews: Sequence[InterviewFacts], at: datetime) -> str:
    coming = sum(interview.ends_at > at for interview in interviews)
    return f"{coming} of {len(interviews)} still to come." if coming else ""


def _listed(words: list[str]) -> str:
    """Join words as a sentence does, for rules may not reach for the words of pages."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
