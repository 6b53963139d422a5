"""The record in words: what each tag says was done, with states and numbers, and never any content."""

from collections.abc import Mapping

SENTENCES = {
    "accommodation:arranged": "recorded an arrangement for an accommodation",
    "accommodation:asked": "asked for an accommodation",
    "application:added": "added the application",
    "application:moved": "moved the application from “{from}” to “{to}”",
    "application:withdrawn": "recorded the withdrawal",
    "assignment:accepted": "accepted a place on a panel",
    "assignment:declined": "declined a place on a panel",
    "assignment:handed_over": "handed a place on a panel over",
    "assignment:made": "gave somebody a place on a panel as {role}",
    "attempt:started": "started an exercise",
    "attempt:submitted": "submitted ratings of an exercise",
    "attestation:made": "said whether a published disclosure is true",
    "calibration_policy:adopted": "adopted calibration policy {number}",
    "candidate:added": "added a candidate",
    "candidate:conflict_marked": "marked a conflict of interest",
    "candidate:edited": "changed a candidate’s details",
    "decision:answered": "answered a proposed decision as the second manager",
    "decision:made": "made the decision",
    "decision:proposed": "proposed a decision against the rule",
    "delivery:acknowledged": "acknowledged the disclosure",
    "delivery:made": "delivered the disclosure",
    "disclosure:copied": "started the disclosure from another opening’s",
    "disclosure:filled_from_posting": "filled the disclosure from a pasted posting",
    "disclosure:published": "published the disclosure",
    "disclosure:review_answered": "answered a review of the disclosure",
    "disclosure:review_asked": "asked for a review of the disclosure",
    "disclosure:section_saved": "saved a section of the disclosure",
    "disclosure:started": "started the disclosure",
    "disclosure:started_from_posting": "started the disclosure from a pasted posting",
    "disclosure:withdrawn": "withdrew a version of the disclosure",
    "drift:alarm_given": "noticed that ratings drift, so that a refresh is due",
    "drift:sessions_compared": "compared the sealed sessions of an application",
    "exercise:begun": "began an exercise with {forms} forms",
    "exercises:imported": "took over a pack’s exercises",
    "expert:asked": "asked somebody to rate a form as an expert",
    "expert:declined": "left a form that they were asked to rate as an expert, with a reason",
    "expert:sealed": "sealed their ratings of a form as an expert",
    "expert:settled": "settled a rating of a form as an expert",
    "expert:withdrawn": "withdrew an expert from a form, with a reason",
    "form_draft:ended": "ended a form on its way",
    "form_draft:published": "published version {number} of a form, rated by {experts} experts",
    "form_draft:rating_closed": "closed the experts’ rating of a form",
    "form_draft:response_saved": "saved a response of a form on its way",
    "form_draft:settling_closed": "closed the experts’ settling of a form",
    "form_draft:started": "started a new version of a form",
    "gate:opened": "opened a safety gate",
    "gate:resolved": "closed a safety gate",
    "incumbent:ended": "marked somebody as no longer in the role",
    "incumbent:marked": "marked somebody as being in the role",
    "incumbent:taken_up": "marked somebody as being in the role again",
    "interview:booked": "booked an interview",
    "interview:moved": "moved an interview from “{from}” to “{to}”",
    "interview:rescheduled": "gave an interview another time",
    "invitation:revoked": "revoked an invitation",
    "invitation:sent": "sent an invitation",
    "invitation:used": "joined by invitation",
    "link:made": "made a personal link",
    "link:revoked": "revoked a personal link",
    "loop:edited": "edited the loop",
    "loop:frozen": "froze the loop",
    "loop:put_in_use": "put the loop in use",
    "loop:started": "started the loop",
    "member:disabled": "disabled a member",
    "member:edited": "changed their own name or time zone",
    "member:enabled": "enabled a member",
    "member:password_changed": "changed their password",
    "membership:added": "gave somebody a capacity in a team",
    "membership:ended": "took a capacity in a team away",
    "opening:created": "created the opening",
    "opening:edited": "changed the opening’s details",
    "opening:moved": "moved the opening from “{from}” to “{to}”",
    "organisation:set_up": "set the organisation up",
    "pack:imported": "imported a pack",
    "path:credited": "credited somebody’s past work as “{step}”",
    "path:guide_read": "read the guide of a competency set",
    "profiles:imported": "imported role profiles",
    "question:answered": "answered a question about the disclosure",
    "question:asked": "asked a question about the disclosure",
    "reading:recorded": "was noted as a reader of the scorecards",
    "reverse_shadow:signed_off": "said whether a reverse shadow may lead",
    "refresh:invited": "invited somebody to renew a calibration",
    "scorecard:abstained": "abstained from a scorecard",
    "scorecard:amended": "amended a scorecard",
    "scorecard:submitted": "submitted a scorecard",
    "scorecards:opened": "opened the scorecards",
    "scorecards:opened_early": "opened the debrief early",
    "setup_code:made": "made a one-time code for the first administrator",
    "sign_in:all_ended": "signed out everywhere",
    "sign_in:ended": "signed out",
    "sign_in:started": "signed in",
    "standing:earned": "earned a calibration standing",
    "standing:session_counted": "counted an interview towards a standing",
    "standing:suspended": "suspended a standing",
    "team:created": "created a team",
    "team:edited": "changed a team",
    "team:review_set": "changed whether disclosures are reviewed",
    "truth:answered": "said after {day} days whether the disclosure was true",
    "truth:asked": "asked by mail, {day} days after the hire, whether the disclosure was true",
}


# What hiringkit does by itself when something else is done.
BY_ITSELF = {
    "assignment:accepted": "noted that a place on a panel was taken up",
    "delivery:made": "delivered the changed disclosure",
}


class _Told(dict[str, object]):
    """Values of an event; one that it does not have reads as a gap, for old events stay as they were written."""

    def __missing__(self, key: str) -> str:
        return "–"


def event_words(tag: str, values: Mapping[str, object], kind: str = "member") -> str:
    """Return what an event says was done; a tag without a sentence is read out. `kind`: of who did it.

    >>> event_words("opening:moved", {"from": "draft", "to": "open"})
    'moved the opening from “draft” to “open”'
    >>> event_words("kettle:boiled_over", {})
    'kettle: boiled over'
    """
    sentence = BY_ITSELF.get(tag) if kind == "system" else None
    sentence = sentence or SENTENCES.get(tag)
    if sentence is None:
        return tag.replace(":", ": ").replace("_", " ")
    return sentence.format_map(_Told(values))


def actor_words(kind: str, actor_id: str, names: Mapping[str, str]) -> str:
    """Return who did it: a member by name, else in which quality somebody acted.

    >>> actor_words("member", "abc", {"abc": "Ana Ruiz"}), actor_words("operator", "operator:root", {})
    ('Ana Ruiz', 'The operator')
    """
    if kind == "member":
        return names.get(actor_id, "A former member")
    return {"system": "hiringkit", "candidate": "The candidate", "operator": "The operator"}.get(kind, "Somebody new")
