"""What the headings of postings are about, as data per language: phrases, and what becomes of the words under them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Way(StrEnum):
    """What becomes of the words under a heading."""

    ROWS = "rows"
    """Each line is a row of one question."""
    WORDS = "words"
    """All lines together are the answer to one question."""
    SORT = "sort"
    """Each sentence goes where its own wording says."""
    ASIDE = "aside"
    """No question of a disclosure asks for it."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a heading announces; `reads` are the kinds of single values looked for in the words under it."""

    key: str
    way: Way
    field: str = ""
    column: str = "value"
    reason: str = ""
    reads: frozenset[str] = frozenset()


PAY, DATES, HOURS, PLACE, LINES, VOLUMES, WHY = "pay", "dates", "hours", "place", "lines", "volumes", "why"
ALL = frozenset({PAY, DATES, HOURS, PLACE, LINES, VOLUMES, WHY})
BRINGS = (
    "It says what the person brings. A disclosure says what the work is; what is rated stands in the interview plan."
)
EMPLOYER = "It is about the employer, not about this work."
LEGAL = "It is the employer’s standing notice, not about this work."
APPLYING = "How one applies stands on the opening’s public page."
_RECORD = "It is kept with the opening itself, or not at all."
_SUM = "It sums the job up. A disclosure asks for each fact by itself."
_WINDOWS = "The question asks for weeks 1–2, 3–6 and 7–12, each with its measure; this names none of the three."
_MEASURES = "The question asks for an order of weights, or for shares and names, which this does not give."


def _rows(key: str, field: str, column: str, *reads: str) -> Topic:
    return Topic(key, Way.ROWS, field, column, reads=frozenset(reads))


def _words(key: str, field: str, column: str = "value", *reads: str) -> Topic:
    return Topic(key, Way.WORDS, field, column, reads=frozenset(reads))


def _sort(key: str, reason: str, *reads: str) -> Topic:
    return Topic(key, Way.SORT, reason=reason, reads=frozenset(reads) or ALL)


def _aside(key: str, reason: str, *reads: str) -> Topic:
    return Topic(key, Way.ASIDE, reason=reason, reads=frozenset(reads))


TOPICS: Mapping[str, Topic] = MappingProxyType(
    {
        one.key: one
        for one in (
            _words("why", "why.problem", "value", WHY),
            _sort("summary", _SUM),
            _rows("owns", "scope.owns", "what", PAY, DATES, HOURS, LINES, VOLUMES),
            _rows("contributes", "scope.contributes", "what", VOLUMES),
            _rows("does-not-own", "scope.does-not-own", "what"),
            _rows("decisions", "scope.decision-rights", "decision"),
            _sort("escalation", "The question asks what happened, to whom it goes and within how many minutes.", LINES),
            _rows("boundaries", "scope.boundaries", "boundary"),
            _words("reports-to", "scope.reports-to"),
            _sort("workload", "No single volume, time or place can be read from it."),
            _sort("schedule", "No working time can be read from it.", HOURS, PLACE, LINES, DATES, PAY),
            _words("on-call", "workload.on-call"),
            _words("weekends", "workload.weekends"),
            _words("after-hours", "workload.after-hours"),
            _sort("travel", "The question asks for days a year.", HOURS),
            _words("place", "workload.place", "value", HOURS),
            _words("remote", "workload.remote"),
            _words("good-week", "workload.good-week"),
            _words("bad-week", "workload.bad-week"),
            _words("target", "workload.target"),
            _words("recut", "workload.recut"),
            _words("focus", "workload.focus"),
            _sort("quality", _MEASURES, LINES, VOLUMES),
            _words("errors", "quality.errors"),
            _words("supervision", "support.supervision", "model", LINES),
            _words("onboarding", "support.onboarding"),
            _words("training", "support.training"),
            _rows("tools", "support.tools", "tool"),
            _words("unblocks", "support.unblocks"),
            _rows("constraints", "constraints.named", "constraint", VOLUMES),
            _sort("first-90-days", _WINDOWS, LINES),
            _sort("pay", "No range from and to can be read from it.", PAY, DATES),
            _rows("extras", "pay.extras", "what", PAY, DATES),
            _rows("differentials", "pay.differentials", "when", PAY),
            _words("level", "pay.level"),
            _sort("deadline", "No day can be read from it.", DATES),
            _rows("ladder", "growth.ladder", "step"),
            _aside("brings", BRINGS, HOURS, DATES),
            _aside("employer", EMPLOYER, PAY, DATES, LINES),
            _aside("legal", LEGAL, PAY, DATES),
            _aside("applying", APPLYING, PAY, DATES),
            _aside("record", _RECORD, PAY, DATES),
        )
    }
)
NO_HEADING = _sort("", "No heading above it and no wording in it says which question it answers.")
UNKNOWN = _sort("unknown", "It stands under “{}”, which is no section of a disclosure.")

_ENGLISH: Mapping[str, str] = MappingProxyType({
    "why": "why this opening|why this role|why this job|why this position|why we are hiring|why we're hiring|why now|"
        "why this role exists|the problem|the problem to solve|the problem to fix|problem statement|"
        "reason for hire|reason for the vacancy|reason for vacancy|the need",
    "summary": "about the role|about the job|about the position|about this role|about this job|about this position|"
    "the role|"
        "the job|the position|the opportunity|opportunity|role summary|job summary|position summary|summary|overview|"
        "role overview|job overview|position overview|job description|role description|position description|"
        "description|purpose|job purpose|role purpose|purpose of the role|purpose of the job|at a glance|"
        "your mission|the mission|role profile|introduction|general summary",
    "owns": "responsibilities|roles and responsibilities|duties|tasks|accountabilities|essential functions|"
        "essential job functions|essential duties|essential responsibilities|duties and responsibilities|"
        "responsibilities and duties|tasks and responsibilities|responsibilities and tasks|key result areas|"
        "what you will do|what you'll do|what you do|what you will be doing|what you'll be doing|what you'll own|"
        "what you will own|what you own|what the job involves|what the role involves|"
        "what you will be responsible for|you will be responsible for|you'll be responsible for|"
        "you will|you'll|in this role you will|in this role you'll|in this position you will|your role|your tasks|"
        "your duties|your responsibilities|your impact|how you'll make an impact|day to day|your day to day|"
        "day to day responsibilities|day to day duties|daily responsibilities|daily duties|daily tasks|the work|"
        "work performed|scope|scope of work|scope of the role|job duties|owns|you own|responsible for|"
        "responsibilities include|duties include|what does the job involve|what will you do",
    "contributes": "contributes to|you contribute to|you will contribute to|you will help with|you'll help with|"
        "you will support|you'll support|you will assist with|secondary responsibilities|secondary duties",
    "does-not-own": "does not own|what you will not do|what you won't do|what you don't own|what you will not own|"
        "what this role is not|what this job is not|what the role is not|not in scope|out of scope|"
        "not part of this job|not part of this role|not your job|you will not|you won't",
    "decisions": "decision rights|decisions|what you decide|your decisions|decision making|decision making authority|"
        "decision authority|authority",
    "escalation": "escalation|escalations|escalation path|when to escalate",
    "boundaries": "boundaries|limits|scope limits|scope of practice|what you may not do|restrictions|"
    "limits of authority",
    "reports-to": "reports to|report to|reporting to|reports into|reporting line|reporting lines|"
    "reporting relationship|"
        "reporting structure|line manager|direct manager|manager|supervisor|reporting manager|reports directly to|"
        "job reports to|accountable to|responsible to",
    "workload": "workload|volume|volumes|work volume|call volume|caseload|case load|the numbers|by the numbers|"
        "a typical day|a day in the life|typical day|a typical week|typical week|what a day looks like|"
        "what a typical day looks like|team|the team|your team|about the team|who you'll work with",
    "schedule": "schedule|schedules|work schedule|working schedule|hours|working hours|work hours|hours of work|"
        "hours per week|weekly hours|shift|shifts|shift times|shift pattern|shift details|shift schedule|"
        "schedule and location|"
        "rota|roster|working pattern|work pattern|working time|schedule and hours|hours and schedule|days and hours|"
        "shift and hours|work environment|working conditions|work conditions|conditions|availability|time commitment",
    "on-call": "on call|on call duty|on call rotation|on call expectations|standby",
    "weekends": "weekend|weekends|weekend work|weekend requirement|weekend requirements|weekend rotation",
    "after-hours": "after hours|evenings|overtime|evening work|night work|late shifts|nights",
    "travel": "travel|travel requirements|travel requirement|travel required|travel expectations|travel percentage|"
        "amount of travel|business travel|willingness to travel",
    "place": "location|locations|work location|job location|workplace|place of work|where you'll work|"
    "where you will work|"
        "where|work site|worksite|remote|remote work|remote or on site|remote status|remote type|work arrangement|"
        "work mode|workplace type|work model|hybrid|hybrid working|office location|base|based in|on site",
    "remote": "when remote|working remotely|remote working policy|remote policy|remote expectations",
    "good-week": "a good week|good week|what a good week looks like",
    "bad-week": "a bad week|bad week|what a bad week looks like|a hard week|a hard day|a bad day",
    "target": "target|targets|productivity target|productivity targets|productivity|kpis|key performance indicators|"
        "performance targets|performance measures|performance metrics|performance standards|metrics|quota|quotas|"
        "how success is measured|how you'll be measured|how you will be measured|goals|success metrics|"
        "performance expectations|production standards",
    "recut": "priorities|how priorities are set|when priorities change|changing priorities",
    "focus": "focus time|time without interruption|concentrated work|quiet time",
    "quality": "quality|quality and safety|quality standards|what good looks like|what success looks like|"
        "what quality means|quality checks|audits|audit",
    "errors": "errors|mistakes|when things go wrong|errors and near misses|near misses|incident reporting",
    "supervision": "supervision|supervision and support|support and supervision|how you are supervised|"
        "supervision received|clinical supervision|your manager|management|how you'll be managed",
    "onboarding": "onboarding|induction|orientation|onboarding and training|training and onboarding|first weeks|"
        "your first weeks|your first week|your first month|induction and training|orientation and training|ramp up",
    "training": "training|training and development|learning|training provided|learning and development|"
        "training and support|what you'll learn|what you will learn",
    "tools": "tools|systems|tools and systems|software|equipment|tech stack|technology|technologies|our stack|stack|"
        "our tech stack|the stack|technical environment|tools we use|tools you'll use|tools you will use|"
        "systems used",
    "unblocks": "who unblocks|who unblocks you|when you are stuck",
    "constraints": "constraints|challenges|the challenges|challenges of the role|the hard parts|hard parts|"
        "what makes it hard|what makes this hard|what makes this job hard|what's hard about this job|"
        "what is hard about this job|what is difficult|the hard part|downsides|what you might not like|"
        "challenges you will face|challenges you'll face|reasons not to apply",
    "first-90-days": "first 90 days|your first 90 days|the first 90 days|in your first 90 days|30 60 90|"
        "30 60 90 day plan|first 30 days|first 60 days|first three months|your first three months|in your first year|"
        "within 90 days|what you'll achieve|milestones|first 3 months|probation",
    "pay": "pay|salary|compensation|wage|wages|rate|pay rate|rate of pay|hourly rate|hourly pay|salary range|"
        "pay range|wage range|compensation range|base salary|base pay|base salary range|annual salary|starting pay|"
        "starting salary|remuneration|pay scale|pay band|salary band|total compensation|pay transparency|"
        "hiring range|rate range|salary details|pay details|pay and level|what it pays|posted range|"
        "compensation details|target salary|expected salary range|estimated salary|package",
    "extras": "benefits|perks|benefit|what we offer|we offer|what you get|what you'll get|what you will get|"
        "what's in it for you|what is in it for you|benefits and perks|perks and benefits|compensation and benefits|"
        "salary and benefits|pay and benefits|benefits and compensation|benefits package|our offer|our benefits|"
        "employee benefits|what we provide|extras|bonus|bonuses|pto|paid time off|holiday|holidays|annual leave|"
        "vacation|total rewards|rewards|rewards and benefits|pension|retirement|leave|benefits include|"
        "our benefits include|wage and benefits|sign on bonus|equity|insurance|relocation",
    "differentials": "differentials|shift differential|shift differentials|differential|shift premium|shift premiums|"
        "shift allowance|premium pay|weekend differential|night differential|allowances|enhancements",
    "level": "level|job level|grade|pay grade|job grade|salary grade|career level|seniority|seniority level|"
        "experience level",
    "deadline": "deadline|application deadline|apply by|closing date|close date|applications close|apply before|"
        "closing|application closing date|last day to apply|posting closes|posting end date|closes|"
        "application window|end date for applications|applications close on",
    "ladder": "career path|career paths|growth|career growth|career progression|progression|career development|"
        "career ladder|where this leads|what comes next|advancement|growth path|growth opportunities|"
        "career opportunities|opportunities for growth|your path|next steps in your career|promotion path",
    "brings": "requirements|qualifications|job requirements|minimum requirements|minimum qualifications|required|"
        "preferred|preferred qualifications|required qualifications|basic qualifications|desired qualifications|"
        "preferred requirements|additional qualifications|education|experience|education and experience|"
        "experience and education|required experience|preferred experience|work experience|minimum education|"
        "skills|required skills|preferred skills|skills and experience|experience and skills|skills and abilities|"
        "knowledge skills and abilities|knowledge|competencies|abilities|technical skills|soft skills|about you|"
        "who you are|"
        "what you bring|what you'll bring|what you will bring|what you have|you have|your profile|your background|"
        "what you need|what you'll need|what you will need|what we're looking for|what we are looking for|"
        "who we're looking for|who we are looking for|we're looking for|we are looking for|you are|you bring|"
        "must have|must haves|nice to have|nice to haves|bonus points|desirable|essential|essential criteria|"
        "desirable criteria|person specification|the ideal candidate|ideal candidate|the ideal candidate has|"
        "you should have|"
        "licenses|licences|certifications|licenses and certifications|certification|license|licensure|"
        "physical demands|physical requirements|physical requirements and working conditions|languages|language|"
        "your skills|skills required|requirements and qualifications|qualifications and requirements|"
        "qualifications and skills|skills and qualifications|background|minimum experience|eligibility|"
        "is this you|you might be a fit if|you may be a good fit if|you'll thrive if|qualities|requirements include",
    "employer": "about us|who we are|about the company|our company|the company|company|company overview|"
    "company description|our mission|"
        "mission|our vision|vision|our values|values|culture|our culture|why join us|why us|why work here|"
        "why work with us|why work for us|our story|life at|about our company|what we do|about the employer|"
        "mission and values|who are we|about the organisation|about the organization|why you'll love it here|"
        "why you'll love working here|about our team|diversity|diversity and inclusion|inclusion|our commitment",
    "legal": "equal opportunity|equal opportunity employer|equal employment opportunity|eeo|eeo statement|"
        "equal opportunities|accommodations|accommodation|reasonable accommodation|reasonable accommodations|"
        "privacy|privacy notice|disclaimer|background check|background checks|legal|notice|pre employment screening|"
        "data protection|safeguarding|disclosures|note|notes|please note|other duties|affirmative action|"
        "drug screening|work authorization|visa sponsorship|visa|agencies|recruiters|notice to recruiters",
    "applying": "how to apply|application process|interview process|hiring process|the process|our process|"
    "next steps|"
        "contact|contact us|contact details|apply|apply now|to apply|application|applications|selection process|"
        "recruitment process|how we hire|questions|interested|what happens next|contact person",
    "record": "job title|title|position title|role title|job type|employment type|type|contract|contract type|"
        "position type|job category|category|department|division|job id|job code|requisition|requisition id|req id|"
        "req|job number|reference|reference number|ref|posted|date posted|posting date|start date|flsa status|flsa|"
        "status|employment status|exempt|industry|sector|function|job family|number of openings|openings|vacancies|"
        "position|role|job|facility|business unit|cost center|union|duration|contract length|date|employer|"
        "organization|organisation|client|website|openings available|job status|full time|part time",
})  # fmt: skip
PHRASES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"en": MappingProxyType({phrase: topic for topic, phrases in _ENGLISH.items() for phrase in phrases.split("|")})}
)
"""By language: the phrase of a heading, in small letters and without signs, and the topic it announces."""
LEADING: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "en": frozenset(
            [
                "key",
                "main",
                "your",
                "our",
                "the",
                "primary",
                "core",
                "general",
                "major",
                "overall",
                "typical",
                "job",
                "role",
                "position",
            ]
        )
    }
)
"""Words before a phrase that do not change what it announces."""
TRAILING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "en": (
            "of the role", "of this role", "of the job", "of this job", "of the position", "of this position",
            "for the role", "for this role", "for this position", "in this role", "in the role", "in this job",
            "include", "includes", "are", "is", "details", "overview", "required", "requirements",
            "the following", "with us", "here", "offered",
        )
    }
)  # fmt: skip
