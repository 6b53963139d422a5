"""What a candidate is told about where the application stands, in plain words."""

from hiringkit.candidates.rules.lifecycle import ApplicationState

STATUS = {
    ApplicationState.ADDED: "We have your application. Next we send you an honest description of the work.",
    ApplicationState.INFORMED: "We have described the work to you. Read it, and tell us that you have.",
    ApplicationState.ACKNOWLEDGED: "You have read what the work is. Next we arrange the conversations with you.",
    ApplicationState.INTERVIEWING: "The conversations are under way.",
    ApplicationState.IN_DEBRIEF: "The conversations are over. The people who met you compare what they heard.",
    ApplicationState.DECIDED: "A decision was made. You hear it from us in person.",
    ApplicationState.OFFERED: "You have an offer from us.",
    ApplicationState.HIRED: "You have taken the job. Welcome.",
    ApplicationState.DECLINED: "This application has ended without an offer.",
    ApplicationState.WITHDRAWN: "This application was withdrawn and has ended.",
    ApplicationState.ERASED: "What we knew about you was erased.",
}
