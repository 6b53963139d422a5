"""Wordings that say what kind of sentence it is, where no heading does: duties, demands, notices and praise."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from hiringkit.disclosures.rules.reading.topics import APPLYING, BRINGS, EMPLOYER, LEGAL


class Cue(StrEnum):
    """What a sentence is, by its wording."""

    DUTY = "duty"
    HELP = "help"
    BRINGS = "brings"
    EMPLOYER = "employer"
    LEGAL = "legal"
    APPLYING = "applying"
    PERSON = "person"
    PROBLEM = "problem"
    ERRORS = "errors"
    ONBOARDING = "onboarding"
    TRAINING = "training"
    EXTRA = "extra"
    VAGUE_PAY = "vague pay"


_VERBS = (
    "answer|approve|arrange|assemble|assess|assign|audit|bill|build|check|clean|close|coach|code|collect|complete|"
    "conduct|"
    "configure|confirm|coordinate|count|create|deliver|debug|design|develop|dispatch|document|draft|drive|enter|"
    "ensure|"
    "escalate|estimate|file|fix|follow up|gather|greet|handle|inspect|install|investigate|keep|lead|load|maintain|"
    "manage|"
    "measure|monitor|obtain|operate|order|organi[sz]e|own|pack|perform|pick|plan|post|prepare|prioriti[sz]e|process|"
    "produce|"
    "provide|receive|reconcile|record|register|repair|reply|report|reproduce|research|resolve|respond|review|route|"
    "run|scan|"
    "schedule|ship|sort|stage|submit|supervise|teach|test|track|train|triage|troubleshoot|unload|update|verify|write"
)
_SUBJECT = (
    r"(?:you(?:'ll| will)|(?:in|as part of) (?:this|the) (?:role|job|position),? you(?:'ll| will)?|the (?:person"
    r"|successful candidate|role|job|position)"
    r"(?: in this role)? (?:will|involves|includes)|you are responsible for|responsible for|your (?:job|work"
    r"|task) is to|the job is to)"
)
_HELPS = r"(?:assist|help|contribute|participate in|collaborate)"
_DUTY = re.compile(
    rf"(?:{_SUBJECT}(?: also| then| be responsible for)? )(?!(?:be|have|need|report|get|receive|learn|love|find"
    rf"|enjoy|thrive|join|bring|earn|possess)\b)\w",
    re.IGNORECASE,
)
_VERB = re.compile(rf"(?:{_VERBS})(?:s|es|ing)?\b(?! (?:experience|skills))", re.IGNORECASE)
_WORDINGS: tuple[tuple[Cue, str], ...] = (
    (
        Cue.PERSON,
        r"[\w.+-]{1,60}@[\w-]{1,60}\.|\+[0-9][0-9 ()-]{7,18}[0-9]|\b\(?[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}\b",
    ),
    (
        Cue.LEGAL,
        (
            r"equal[- ](?:employment[- ])?opportunit|regard to race|basis of race|protected (?:veteran"
            r"|class|characteristic|status)|sexual orientation"
            r"|reasonable accommodation|e-verify|at-will|background check|drug (?:test|screen|free)"
            r"|affirmative action|gdpr|privacy (?:notice|policy)"
            r"|not (?:intended|designed) to (?:be|cover|contain)|reserves the right|all qualified applicants"
            r"|work authori[sz]ation|right to work|visa sponsor"
            r"|fair chance|this (?:job )?description (?:is|does|may)|recruitment agenc|unsolicited"
        ),
    ),
    (
        Cue.BRINGS,
        (
            r"\byears?'? (?:of )?(?:\w{1,20} ){0,3}experience|\bexperience (?:with|in|of|as|using|working|required"
            r"|preferred)|\bdegree\b|\bdiploma\b|\bGED\b|\bfluen(?:t|cy)\b"
            r"|\bproficien|\bfamiliar(?:ity)? with|\bknowledge of|\bability to|\bable to\b|\bcertifi(?:ed|cation)"
            r"|\bmust have|\byou (?:have|are an?|bring|possess|should have|know|love)\b"
            r"|\byou(?:'re| are) (?:comfortable|someone|organi[sz]ed|detail|passionate|curious|self)"
            r"|looking for (?:a|an|someone|somebody|people|candidates)\b"
            r"|ideal candidate|nice to have|\bpreferred\b|\bskills\b|communication skills|team player"
            r"|driver'?s licen[cs]e|\b(?:is|are) (?:a plus|required|desirable|essential)\b"
        ),
    ),
    (
        Cue.APPLYING,
        (
            r"\b(?:to apply|apply (?:now|today|online|via|through|with|here)|send (?:us )?(?:your|a) (?:cv"
            r"|resume|résumé|application)|cover letter|interview process)\b|https?://|\bwww\."
        ),
    ),
    (
        Cue.ERRORS,
        r"\b(?:reports? (?:their|your|an?) (?:own )?(?:error|mistake)|near[- ]miss|blame-?free|no-?blame)",
    ),
    (
        Cue.ONBOARDING,
        r"\b(?:onboarding|induction|orientation|your first (?:week|two weeks|weeks|month)|shadow(?:ing)?)\b",
    ),
    (
        Cue.TRAINING,
        (
            r"\b(?:paid training|training (?:is|will be) (?:provided|paid|given)|full training|we (?:will )?train you"
            r"|on-the-job training)\b"
        ),
    ),
    (
        Cue.EXTRA,
        (
            r"\b(?:health insurance|dental|vision|401\(?k\)?|pension|paid (?:time off|leave|holidays?|vacation)|pto\b"
            r"|vacation days|annual leave|days? (?:of )?(?:holiday|leave|vacation)"
            r"|sign-?on bonus|tuition|life insurance|stock options|gym|learning budget|benefits (?:include|are"
            r"|package)|employee discount|parental leave|sick pay)"
        ),
    ),
    (
        Cue.VAGUE_PAY,
        (
            r"\b(?:competitive (?:salary|pay|compensation|wage|package)|commensurate with experience"
            r"|depending on experience|\bDOE\b|attractive (?:salary|package))"
        ),
    ),
    (
        Cue.EMPLOYER,
        (
            r"\b(?:we(?:'re| are) (?:a|an|the|one of|proud|committed|passionate|on a mission|looking|hiring)"
            r"|our (?:mission|values|culture|customers love|story|vision)|founded in|award-winning"
            r"|market leader|leading provider|industry[- ]lead|world[- ]class|like a family|join (?:us|our)"
            r"|we (?:believe|value|love|strive|pride)|great place to work|fast[- ]growing|since (?:19|20)[0-9]{2})"
        ),
    ),
    (
        Cue.PROBLEM,
        (
            r"\b(?:backlogs?|turnover|overdue|behind|denial rate|error rate|complain\w{0,4}"
            r"|too (?:long|many|late|often)"
            r"|bottlenecks?|waiting times?|is not working|does not work|broken|inconsisten\w{2,5}|missed)\b"
        ),
    ),
)
_CUES = tuple((cue, re.compile(wording, re.IGNORECASE)) for cue, wording in _WORDINGS)
_HELP = re.compile(rf"(?:{_SUBJECT}(?: also)? )?{_HELPS}(?:s|es|ing|e|es)?\b", re.IGNORECASE)
_TEAM = re.compile(
    rf"{_HELPS}(?:s|ing|e)?\b.{{0,40}}\b(?:teams?|departments?|colleagues|manager|supervisor)\b", re.IGNORECASE
)
_GIVEN = frozenset({Cue.ERRORS, Cue.ONBOARDING, Cue.TRAINING, Cue.EXTRA})
_FIRST = frozenset({Cue.PERSON, Cue.LEGAL})
REASONS: Mapping[Cue, str] = MappingProxyType({
    Cue.PERSON: "It names a person’s address or number, which does not belong in a disclosure.",
    Cue.LEGAL: LEGAL,
    Cue.BRINGS: BRINGS,
    Cue.APPLYING: APPLYING,
    Cue.EMPLOYER: EMPLOYER,
    Cue.VAGUE_PAY: "It gives no figure. The question asks from and to.",
})  # fmt: skip


def is_set_aside(text: str) -> Cue | None:
    """Return the cue of what no heading can turn into an answer: a person's address, a standing notice.

    >>> is_set_aside("We are an equal opportunity employer.").value
    'legal'
    """
    return next((cue for cue, pattern in _CUES if cue in _FIRST and pattern.search(text)), None)


def helps_others(text: str) -> bool:
    """Tell whether a duty is help with what another team answers for.

    >>> helps_others("Help the inventory team with cycle counts")
    True
    """
    return _TEAM.match(text) is not None


def cue_of(text: str) -> Cue | None:
    """Return what a sentence is by its wording, or None.

    >>> cue_of("You will answer about 60 calls.").value, cue_of("Two years of experience in a warehouse.").value
    ('duty', 'brings')
    """
    if _HELP.match(text):
        return Cue.HELP
    if _DUTY.match(text):
        return Cue.DUTY
    found = next((cue for cue, pattern in _CUES if cue not in _FIRST and pattern.search(text)), None)
    return Cue.DUTY if found not in _GIVEN and _VERB.match(text) else found
