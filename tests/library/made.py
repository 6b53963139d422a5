"""A small pack that lints clean, made anew for each test, so that one fault can be planted in it."""

from typing import Any

KEYS = ("safety", "rules", "records", "flow", "words")
PROFILE = (1, 6, 3, 7, 4)


def pack() -> dict[str, Any]:
    """Return the plain data of the pack."""
    return {
        "format": 1,
        "key": "small",
        "name": "Small",
        "version": "1",
        "language": "en",
        "summary": "A pack for tests.",
        "source": "Made up.",
        "tracks": [{"key": "only", "name": "Only", "summary": "One.", "first_question": "Which one?"}],
        "competencies": [_competency(key) for key in KEYS],
        "competency_sets": [{"key": "all", "name": "All", "competencies": list(KEYS)}],
        "scenarios": [_scenario()],
        "red_flags": ["No learning."],
        "artefacts": [{"key": "note", "name": "Note", "ask": "Bring a note."}],
        "loop_template": {"key": "loop", "name": "Loop", "bar": 4.5, "gate_level": 2, "stages": [_stage()]},
        "disclosure_template": {"key": "draft", "name": "Draft", "claims": {"workload.people": {"value": 6}}},
        "preparation": [{"key": "story", "text": "Have a story.", "stages": ["talk"]}],
        "role_profiles": [_profile()],
        "exercises": [_exercise()],
    }


def _competency(key: str) -> dict[str, Any]:
    return {
        "key": key,
        "name": key.title(),
        "definition": "Whether it is so.",
        "safety_critical": key in {"safety", "rules", "records"},
        "points": 7,
        "anchors": {"1": "Unsafe: it is not so.", "3": "A little.", "5": "Mostly.", "7": "Wholly."},
        "positive_signals": ["Good."],
        "red_flags": ["Bad."],
        "proof": ["A paper."],
    }


def _scenario() -> dict[str, Any]:
    return {
        "key": "queue",
        "name": "The queue",
        "minutes": 20,
        "context": "A queue.",
        "prompt": "What do you do?",
        "twist": "And now?",
        "probes": ["Who decides?"],
        "listen_for": {key: ["It."] for key in KEYS},
        "red_flags": ["Nothing."],
        "positive_signals": ["Something."],
    }


def _stage() -> dict[str, Any]:
    return {
        "key": "talk",
        "name": "Talk",
        "minutes": 30,
        "mode": "video",
        "panel": 2,
        "scenarios": ["queue"],
        "competencies": list(KEYS),
        "artefacts": ["note"],
        "candidate_brief": "We talk.",
    }


def _profile() -> dict[str, Any]:
    nothing = {"city": None, "state": None, "company": None, "industry": None}
    return {
        "key": "clerk",
        "name": "Clerk",
        "source": "A page.",
        "looked_up": "2025",
        "summary": "Keeps files.",
        "pay": {"average": 43633, "minimum": None, "maximum": None, "currency": "USD"},
        "hourly": 20.98,
        "growth_percent": -4,
        "jobs": None,
        "job_satisfaction": None,
        "highest_paying": nothing,
        "experience_years": [{"label": "text", "low": 2, "high": 4}, {"label": "table", "low": 4, "high": 4}],
        "education": {"degree": None, "degree_share": None, "major": None, "college": None},
        "responsibilities": ["Files."],
        "skills": [{"name": "Filing", "share": 39}],
        "demographics": {
            "use": "fairness-report-only",
            "average_age": 40,
            "gender": [{"group": "Female", "percent": 79.2}],
            "race": [],
            "lgbt_percent": None,
        },
    }


def _exercise() -> dict[str, Any]:
    """Twelve answers whose profiles are one profile turned by a place each time."""
    responses = []
    for number in range(12):
        ratings = [PROFILE[(number + place) % len(PROFILE)] for place in range(len(KEYS))]
        responses.append(
            {
                "key": f"r{number + 1}",
                "block": 1 if number < 8 else 2,
                "scenario": "queue",
                "prompt": "What did you do?",
                "response": "This.",
                "gold": {
                    key: {"rating": rating, "rationale": "So."} for key, rating in zip(KEYS, ratings, strict=True)
                },
            }
        )
    return {
        "key": "all-a",
        "set": "all",
        "form": "A",
        "title": "All, form A",
        "gold_basis": "drafted",
        "gold_note": "Drafted with the pack.",
        "minutes_per_response": 5,
        "responses": responses,
    }
