"""Questions that nobody may put to a candidate, as data per language, with the reason and the source of each kind.

Patterns are regular expressions over one sentence. Sources: SCIENCE.md 4.3 and what it names; not legal advice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DISABILITY = "It asks about health or disability, which must not be asked before an offer."
PAY_HISTORY = "It asks what the candidate earns or earned, which several places forbid; say what this job pays."
FAMILY = "It asks about pregnancy or family, which says nothing about how somebody does the work."


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of question.

    A pattern of `always` is by itself a question to the candidate; one of `when_asked` names a topic
    ("your salary history") and counts only in a sentence that asks for it.
    """

    reason: str
    source: str
    always: tuple[str, ...]
    when_asked: tuple[str, ...] = ()


_YOU = r"(?:you|the candidate|the applicant)"
_WHO = r"(?:you|they|the candidate|the applicant|candidates|applicants)"
_WHOSE = r"(?:your|(?:the )?(?:candidate|applicant)(?:s['’]|['’]s))"
_SOME = r"(?:(?!(?:with|who|whose|about|for|on|of|to|in|at|from|where|when)\b)[\w-]+ ){0,4}"
"""Up to four words before a noun; a preposition would make the noun belong to somebody else."""
_NOT_WORK = (
    r"\b(?![ -](?:insurance|claims?|benefits?|services?|law|laws|plans?|leave|cover|coverage|coding|codes?|records?"
    r"|awareness|training|cases?|management|rights|experience|policies|policy|care|accounts?|access|forms?|teams?"
    r"|denials?|appeals?|billing|systems?|authori[sz]ations?|patients?|work|notes?|files?|screening|supplies|clinics?"
    r"|(?:for|on|from|among|in) (?:each|every|all|the|our|a|file)\b))"
)
"""Not followed by a word that makes it a topic of work, such as "disability claims"."""
_CONDITION = (
    r"(?:disabilit(?:y|ies)|impairments?|disorders?|handicaps?|illness(?:es)?|diseases?|ailments?"
    r"|(?:medical|health|mental|physical|psychiatric|psychological)(?: health)?"
    r" (?:conditions?|problems?|issues?|history|limitations?|restrictions?|complaints?))" + _NOT_WORK
)
_NAMED = (
    r"(?:cancer|diabetes|epilepsy|depression|anxiety|asthma|hiv|heart (?:attacks?|disease|problems?)|back"
    r" (?:pain|problems?|injur(?:y|ies))|(?:work|workplace|serious) injur(?:y|ies)|nervous breakdowns?)" + _NOT_WORK
)
_ONES_HEALTH = (
    r"(?:(?:physical |mental |general |own )?health|disabilit(?:y|ies)|impairments?|diagnos[ie]s|illness(?:es)?"
    r"|medications?|medical (?:history|records?|conditions?)|sick(?:ness)? (?:days?|leave|record)|sickness absences?)"
    + _NOT_WORK
)
_PAID = r"(?:salary|salaries|pay|wages?|compensation|earnings|income|bonus(?:es)?|remuneration|pay rate|rate of pay)"
_BEFORE = r"(?:current|present|last|previous|prior|former|past|existing|most recent|latest)"
_NOW = r"(?:currently |now |presently |previously |actually |last |then )?"
_NOT_OURS = (
    r"\b(?! (?:expectations?|requirements?|wish(?:es)?|goals?|hopes?|questions?|polic(?:y|ies)|bands?|ranges?|scales?"
    r"|models?|process|system|review|plans?|schemes?|structures?|cycle|verifications?|checks?|limits?|thresholds?"
    r"|guidelines?|screening|rules?))"
)
"""Not followed by a word that makes it a hope of the candidate, or something of the employer's."""
_SLIPS = r"(?:pay ?slips?|pay ?stubs?|W-?2s?|tax returns?|wage statements?)"

_HEALTH_QUESTIONS = Kind(
    DISABILITY,
    "ADA Title I, 42 U.S.C. 12112(d)",
    always=(
        rf"\b(?:do|did|does) {_WHO} (?:\w+ )?(?:have|suffer from|live with) {_SOME}{_CONDITION}",
        rf"\b(?:have|has|had) {_WHO} (?:ever |recently )?(?:had|suffered from|lived with) {_SOME}{_CONDITION}",
        rf"\bare {_WHO} (?:suffering from|living with) {_SOME}{_CONDITION}",
        rf"\b(?:do|did|have|has|does) {_YOU} (?:ever )?(?:have|had|suffer(?:ed)? from) {_SOME}{_NAMED}",
        rf"\b(?:what|which|how many) {_SOME}{_CONDITION} (?:do|did|have) {_WHO} (?:have|had|suffer)\b",
        rf"\b(?:is|are) there any(?:thing)? {_SOME}(?:in|about|with) {_WHOSE} {_ONES_HEALTH}",
        (
            rf"\b(?:are|were|is|was) {_YOU} (?:currently |now |often |frequently |ever )?(?:disabled|handicapped"
            r"|able-bodied|healthy|in good health|ill|sick|on (?:any )?medication|in therapy|on disability)"
            r"\b(?! of\b|-)"
        ),
        (
            rf"\b(?:have|has) {_YOU} (?:ever )?(?:been |had been )?(?:diagnosed|hospitali[sz]ed|in (?:therapy|rehab)"
            r"|treated for|on disability|under (?:a doctor['’]s|medical|psychiatric) care)\b"
        ),
        (
            rf"\b(?:do|did|does) {_YOU} (?:currently |regularly )?(?:take|need|use) (?:any |prescribed |prescription )*"
            r"(?:medications?|medicines?|drugs|a wheelchair|hearing aids?|a hearing aid)"
            r"\b(?! (?:back|from|orders?|ramp))"
        ),
        (
            rf"\b(?:how many|how much|number of) (?:sick(?:ness)?|ill) (?:days?|leaves?) (?:did|have|do) {_YOU} "
            r"(?:\w+ )?(?:take|taken|use|used|have|had|miss|missed)\b"
        ),
        rf"\bhow (?:many days|often) (?:were|are|have|did) {_YOU} (?:been )?(?:off |call(?:ed)? in )?(?:sick|ill)\b",
        (
            rf"\b(?:have|has|did) {_YOU} (?:ever )?(?:filed?|made?|received?|collected?|claim(?:ed)?|been on|had)"
            r" (?:a |an |any |for )*workers['’]? comp(?:ensation)?\b"
        ),
        rf"\bhow (?:is|are|was) {_WHOSE} {_ONES_HEALTH}",
        rf"\b(?:will|do|would) {_YOU} (?:\w+ )?need (?:\w+ ){{0,4}}(?:medical|psychiatric) (?:treatment|care|leave)\b",
    ),
    when_asked=(
        rf"\b{_WHOSE} (?:\w+ )?{_ONES_HEALTH}",
        rf"\bany {_SOME}{_CONDITION} (?:that )?{_WHO} (?:\w+ )?(?:have|has|had)\b",
        rf"\b{_YOU} (?:\w+ )?(?:absent|off work|miss(?:ed)?|away) (?:\w+ ){{0,5}}(?:illness|sickness|health reasons)\b",
        rf"\b(?:whether|if) {_WHO} (?:have|has) {_SOME}{_CONDITION}",
    ),
)
_PAY_QUESTIONS = Kind(
    PAY_HISTORY,
    "Directive (EU) 2023/970, art. 5(2); California Labor Code 432.3; others",
    always=(
        (
            rf"\b(?:what|how much) (?:do|did|are|were|have|does) {_YOU} {_NOW}(?:earn|earned|earning|paid|being paid"
            r"|get paid|getting paid|been paid|been earning)\b"
        ),
        (
            rf"\b(?:what|how much) (?:do|did|are|were|have) {_YOU} {_NOW}(?:make|making|made)"
            r" (?:at your|in your|there|per|a year|an hour|a month|now|before)\b"
        ),
        rf"\bhow much (?:money )?(?:do|did|are|were|have) {_YOU} {_NOW}(?:make|making|made)\b(?! (?:of|up|do)\b)",
        (
            rf"\b(?:what|which|how much|how high) {_SOME}{_PAID} (?:do|did|are|were|have) {_YOU} {_NOW}"
            r"(?:get|got|on|have|had|earn|earned|receive|received|receiving|paid)\b(?! in mind)"
        ),
        rf"\b(?:what|how much|how high) (?:is|was|were|has been) {_WHOSE} (?:\w+ ){{0,2}}{_PAID}{_NOT_OURS}",
        rf"\b(?:what|how much) (?:does|did) {_WHOSE} {_BEFORE} (?:employer|job|role|position|company) pay\b",
        rf"\b{_PAID} history (?:\(?(?:is |are )?(?:required|needed)|must be)\b",
        rf"^(?:please )?(?:attach|upload|enclose|bring|submit|send) (?:[\w-]+ ){{0,4}}?{_SLIPS}\b(?! to\b)",
    ),
    when_asked=(
        rf"\b(?:{_WHOSE}|their|his|her) {_BEFORE} (?:\w+ )?{_PAID}{_NOT_OURS}",
        rf"\b{_PAID} (?:in|at|of|from) {_WHOSE} {_BEFORE} (?:job|role|position|employer|company)\b",
        rf"\b(?:{_PAID}|salary and benefits) history\b",
        rf"\b{_WHOSE} {_PAID} (?:so far|to date|until now|today|before)\b",
        rf"\b{_WHOSE} (?:[\w-]+ ){{0,3}}{_SLIPS}\b",
        rf"\b(?:what|how much) {_WHO} (?:earned|made before|were paid|(?:currently|now|presently) (?:earn|make|get))\b",
        rf"\b(?:what|how much) {_YOU}(?:['’]re| are) (?:currently |now )?(?:making|earning)\b",
        (
            rf"\b(?:what|how much) {_WHO} (?:earn|make|are paid|are earning)(?=[.?!,;:)”\"]| now| today| at present"
            r"| (?:in|at) (?:your|their)\b)"
        ),
    ),
)
_FAMILY_QUESTIONS = Kind(
    FAMILY,
    "Title VII, 42 U.S.C. 2000e(k); Directive 2006/54/EC, art. 14",
    always=(
        (
            rf"\b(?:are|were|is) {_YOU} (?:currently |now |(?:planning|trying) to (?:be|become|get) )?"
            r"(?:pregnant|expecting a (?:baby|child))\b"
        ),
        (
            rf"\b(?:do|are|would) {_YOU} (?:want|plan|planning|intend|intending|hope|hoping|like|trying)(?: to| on)?"
            r" (?:have|having|start|starting|raise) (?:a |any |more |your )*(?:child|children|kids?|baby|babies|family)"
            r"\b(?!['’])"
        ),
        (
            rf"\bwhen (?:do|will|are) {_YOU} (?:\w+ ){{0,3}}(?:have|having|start|starting) (?:a |any )*"
            r"(?:children|kids?|baby|family)\b"
        ),
        rf"\b(?:do|does) {_YOU} have (?:any |small |young |little )*(?:children|kids|a baby|a child)\b(?!['’])",
        rf"\bhow many (?:children|kids) (?:do|have) {_YOU} (?:have|got)\b",
        rf"\bhow old are {_WHOSE} (?:children|kids)\b",
        rf"\bwho (?:looks after|takes care of|minds|cares for|will look after) {_WHOSE} (?:children|kids|child)\b",
        rf"\b(?:are|is) {_YOU} (?:married|divorced|widowed|single)\b(?!-)",
        rf"\bwhat does {_WHOSE} (?:husband|wife|spouse|partner) (?:do|earn|think)\b",
    ),
    when_asked=(
        rf"\b{_WHOSE} (?:marital|family|parental) (?:status|plans?|planning|situation)\b",
        rf"\b{_WHOSE} (?:child-?care|child care) (?:arrangements?|plans?)\b",
        rf"\b{_WHOSE} pregnancy\b",
    ),
)
REFUSED_QUESTIONS: Mapping[str, tuple[Kind, ...]] = MappingProxyType(
    {"en": (_HEALTH_QUESTIONS, _PAY_QUESTIONS, _FAMILY_QUESTIONS)}
)
TOPICS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": (
            "disab", "impair", "disorder", "handicap", "able-bod", "illness", " ill", "disease", "ailment", "medic",
            "cancer", "diabet", "epilep", "depress", "anxi", "asthma", "hiv", "heart", "back ", "injur", "nervous",
            "health", "mental", "physical", "psych", "diagnos", "hospital", "therap", "rehab", "sick", "drugs", "wheel",
            "hearing", "workers", "salar", "pay", "paid", "wage", "compensat", "earn", "income", "bonus", "remunerat",
            "w-2", "w2", "tax", "make", "making", "made", "pregnan", "expecting", "child", "kid", "baby", "babies",
            "family", "married", "divorced", "widowed", "single", "husband", "wife", "spouse", "partner", "marital",
            "parental",
        )
    }
)  # fmt: skip
"""Parts of words without which no sentence is one of these questions; most sentences have none of them."""
