"""Single facts in a sentence: whom one reports to, volumes, people, why the job is open, limits and escalation."""

import re

from hiringkit.disclosures.rules.reading.finds import NUMBER_WORDS, Finds, Found, Refused, number_of

_NUMBER = r"(?P<number>[0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,6}(?:\.[0-9])?)"
_COUNT = rf"(?P<number>[0-9]{{1,4}}|{'|'.join(NUMBER_WORDS)})"
_REPORTS = re.compile(
    r"\breport(?:s|ing)?(?: directly)? (?:in)?to (?:the |our |a |an )?(?P<whom>[A-Za-z][^.,;:()\n]{2,80})",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s(?:and (?:you|will|work|works|is|are|the|this|has|have|supervis|manag|leads?)|who|which|while|with|within|in"
    r"|at|on|for)\b",
    re.IGNORECASE,
)
_NOT_A_BOSS = re.compile(r"(?:work|duty|the office|site|you|this|the role|him|her|it|them|us|me)\b", re.IGNORECASE)
_REPORTING = re.compile(
    rf"\b(?:(?:{_COUNT}|no) direct reports?|(?:supervis|manag|lead|overse)\w{{0,4}} (?:a |an )?(?:team of |group of "
    rf"|up to |about )?"
    r"(?:[0-9]{1,4}) (?:people|associates|staff|employees|agents|specialists|persons|fte|team members|direct))\b",
    re.IGNORECASE,
)
_UNIT = r"(?P<unit>(?:[a-z][a-z'-]{0,24} ){0,2}[a-z][a-z'-]{1,24})"
_VOLUME = re.compile(
    rf"(?<![\w.,$£€-]){_NUMBER}\+? {_UNIT}(?: (?:a|per|each|every) day\b| daily\b| ?/ ?day\b)", re.IGNORECASE
)
_SPAN = re.compile(
    r"(?<![\w.,$£€])[0-9][0-9,]{0,6} ?(?:-|to) ?[0-9][0-9,]{0,6}\+? (?P<unit>(?:[a-z'-]{1,24} ){0,2}[a-z'-]{2,24})"
    r"(?: (?:a|per|each|every) day\b| daily\b| ?/ ?day\b)",
    re.IGNORECASE,
)
_OTHER_PERIOD = re.compile(
    rf"(?<![\w.,$£€-]){_NUMBER}\+? (?P<unit>calls|tickets|cases|orders|claims|patients|registrations|referrals"
    rf"|pallets|lines|units|picks"
    r"|parcels|emails|chats|visits|requests|accounts|authori[sz]ations|invoices|appeals|admissions|shipments"
    r"|customers)"
    r" (?:an?|per|each|every) (?:hour|shift|week|month|year)\b",
    re.IGNORECASE,
)
_BUSY = re.compile(
    rf"\b{_NUMBER}(?: [a-z'-]{{1,24}}){{0,2}} (?:on (?:a|the|our)|at|in|during) (?:busy|busiest|peak"
    rf"|heavy)\w{{0,3}}\b",
    re.IGNORECASE,
)
_NO_UNITS = re.compile(
    r"\b(?:hours?|hrs?|minutes?|mins?|times?|days?|shifts?|miles?|steps?|lbs?|pounds|kg|breaks?|weeks?|meals?|km"
    r"|dollars?|percent)\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\b(?:per (?:person|agent|specialist|associate|nurse|rep)|each (?:person|agent|specialist|associate|nurse|rep)"
    r"|you(?:'ll| will)?"
    r" (?:\w{1,12} )?(?:handle|take|process|answer|complete|resolve|work|close|register|pick|manage))\b",
    re.IGNORECASE,
)
_JOIN_TEAM = re.compile(rf"\bjoin(?:ing)?\b.{{0,40}}?\bteam of (?:about |around )?{_COUNT}\b", re.IGNORECASE)
_RATIO = re.compile(
    rf"\b(?:one|1|a|each) (?:[a-z]{{1,15}} )?(?:supervisor|lead|manager|preceptor|nurse|mentor) (?:for|per|to"
    rf"|supervises|oversees|leads|manages|covers)"
    rf" (?:every |about |around )?{_COUNT}\b",
    re.IGNORECASE,
)
_KINDS = (
    (
        "backfill",
        re.compile(
            r"\b(?:replac(?:es?|ing|ement)(?: (?:for|of))? (?:a|an|the|our|somebody|someone|colleague)"
            r"|backfill\w{0,3}"
            r"|(?:is|are) leaving us|has left)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "new",
        re.compile(
            r"\b(?:newly created|(?:this is a |a )?(?:brand[- ])?new(?:ly)? (?:position|role|job|post)"
            r"|role is new)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "growth",
        re.compile(
            r"\b(?:(?:our|the) team is growing|growing our team|expanding (?:our|the) team|team is expanding"
            r"|due to growth|additional headcount)\b",
            re.IGNORECASE,
        ),
    ),
)
_LIMIT = re.compile(
    r"\b(?:you|staff|specialists?|agents?|employees?|associates?|leads?|this role|the role|this position)"
    r" (?:must not|may not|can ?not|can't|are not (?:permitted|allowed|authori[sz]ed)|is not (?:permitted|allowed"
    r"|authori[sz]ed))\b",
    re.IGNORECASE,
)
_NOT_OWNED = re.compile(
    r"\b(?:(?:you will not|you won't|you do not|you don't|this role does not|the role does not|this job does not)"
    r" (?:be asked to |have to |need to |be )?(?:decide|own|manage|handle|supervise|hire|approve|set|responsible"
    r"|sell|do)"
    r"|(?:is|are) not responsible for|not part of (?:this|the) (?:job|role))\b",
    re.IGNORECASE,
)
_ESCALATE = re.compile(
    r"\bescalat(?:e|es|ing) (?P<what>[^.,;:]{3,80}?) to (?:the |your "
    r"|our )?(?P<to>[^.,;:]{3,60}?) within (?P<within>[0-9]{1,4}) min(?:ute)?s?\b",
    re.IGNORECASE,
)
A_DAY = "The question asks for a day. This is another period, and converting it would need a guess."
A_SPAN = "The question asks for a typical day and for a busy one. This range does not say which end is which."
NO_PEOPLE = "No question asks how many people report to the job. If the team is theirs, it belongs to “Owns”."
WHOLE_TEAM = "The question is about the whole team. Check that this is its volume, and what a busy day brings."
ONE_PERSON = "Read as what one person carries. Check that it is not the whole team’s volume."
POSITION = "The position, not the person’s name."
THIS_JOB = "Check that all of them do this very job."


def fact_finds(text: str, *, with_volumes: bool, with_why: bool) -> Finds:
    """Yield the single facts of a sentence.

    >>> [one.values for one in fact_finds("Reports to the Shift Manager.", with_volumes=True, with_why=True)]
    [{'value': 'Shift Manager'}]
    """
    yield from _reports(text)
    yield from _limits(text)
    if with_volumes:
        yield from volume_finds(text)
    if with_why:
        yield from why_finds(text)


def _reports(text: str) -> Finds:
    if (found := _REPORTS.search(text)) and not _NOT_A_BOSS.match(found["whom"]):
        cut = _CUT.search(found["whom"])
        whom = found["whom"][: cut.start()] if cut else found["whom"]
        end = found.start("whom") + len(whom)
        yield Found(found.start(), end, "scope.reports-to", {"value": whom.strip()}, POSITION)
    if found := _REPORTING.search(text):
        yield Refused(found.start(), found.end(), NO_PEOPLE)
    if found := _RATIO.search(text):
        yield Found(0, len(text), "support.supervision", {"model": text, "ratio": number_of(found["number"])})


def _limits(text: str) -> Finds:
    if found := _ESCALATE.search(text):
        values = {"trigger": found["what"], "to": found["to"], "within": found["within"]}
        yield Found(found.start(), found.end(), "scope.escalation", values)
    if _LIMIT.search(text):
        yield Found(0, len(text), "scope.boundaries", {"boundary": text})
    elif _NOT_OWNED.search(text):
        yield Found(0, len(text), "scope.does-not-own", {"what": text})


def volume_finds(text: str) -> Finds:
    """Yield how much work there is, where the sentence says it for a day.

    >>> [one.values for one in volume_finds("We ship 150 orders a day, 210 on a busy one.")]
    [{'unit': 'orders', 'typical': '150', 'busy': '210'}]
    """
    if not any(letter.isdigit() for letter in text):
        return
    if found := _SPAN.search(text):
        if not _NO_UNITS.search(found["unit"]):
            yield Refused(found.start(), found.end(), A_SPAN)
        return
    found = _VOLUME.search(text)
    if found is not None and not _NO_UNITS.search(found["unit"]):
        number = number_of(found["number"])
        if _EACH.search(text):
            yield Found(found.start(), found.end(), "workload.staffing-ratio", {"value": number}, ONE_PERSON)
        else:
            values, end = {"unit": found["unit"], "typical": number}, found.end()
            if busy := _BUSY.search(text, found.end()):
                values, end = {**values, "busy": number_of(busy["number"])}, busy.end()
            yield Found(found.start(), end, "workload.units", values, WHOLE_TEAM)
    if found := _OTHER_PERIOD.search(text):
        yield Refused(found.start(), found.end(), A_DAY)


def why_finds(text: str) -> Finds:
    """Yield why the job is open, and how many people do it.

    >>> [one.values for one in why_finds("This is a newly created position.")]
    [{'value': 'new'}]
    """
    for kind, pattern in _KINDS:
        if found := pattern.search(text):
            yield Found(found.start(), found.end(), "why.kind", {"value": kind})
            break
    if found := _JOIN_TEAM.search(text):
        yield Found(found.start(), found.end(), "why.in-role", {"value": number_of(found["number"])}, THIS_JOB)
