"""Typed refusals; `foundation.web` turns each of them into one page or one JSON answer."""

from collections.abc import Mapping


class HiringkitError(Exception):
    """A refusal that a person can read: a sentence, and what to do about it."""

    status = 500
    title = "Something went wrong here"

    def __init__(self, sentence: str = "", *, remedy: str = "") -> None:
        """Keep the sentence for the page and the remedy for the line under it."""
        super().__init__(sentence or self.title)
        self.sentence = sentence or self.title
        self.remedy = remedy


class BadRequestError(HiringkitError):
    """The request itself makes no sense."""

    status = 400
    title = "That request could not be read"


class ForbiddenError(HiringkitError):
    """The thing may be seen, the act may not be done."""

    status = 403
    title = "You may not do this"


class NotFoundError(HiringkitError):
    """Absent, or not for this viewer: the two look the same."""

    status = 404
    title = "There is nothing here for you"


class ConflictError(HiringkitError):
    """The act does not fit the present state of things."""

    status = 409
    title = "This has changed meanwhile"


class WrongStateError(ConflictError):
    """A lifecycle has no such move from its present state."""

    title = "That is not possible in the present state"


class StaleEditError(ConflictError):
    """Somebody else saved first; `current` holds what is stored now, by form field name."""

    title = "Somebody saved this before you"

    def __init__(self, version: int, current: Mapping[str, str], sentence: str = "") -> None:
        """Remember the stored version and values, so that the page can show both."""
        super().__init__(sentence or "Your text is kept below, beside what is saved now.")
        self.version = version
        self.current = dict(current)


class InvalidError(HiringkitError):
    """A rule refuses the values; `problems` maps a form field name to its sentence."""

    status = 422
    title = "Some of this cannot be taken as it is"

    def __init__(self, sentence: str = "", problems: Mapping[str, str] | None = None) -> None:
        """Keep one sentence for the page and one for each field concerned."""
        super().__init__(sentence)
        self.problems = dict(problems or {})


class TooManyError(HiringkitError):
    """A rate was exceeded; `retry_after` is in seconds."""

    status = 429
    title = "Too many tries in a short time"

    def __init__(self, sentence: str = "", *, retry_after: int = 60) -> None:
        """Keep the number of seconds after which a try makes sense again."""
        super().__init__(sentence)
        self.retry_after = retry_after


class UnavailableError(HiringkitError):
    """The database is locked, full or away; trying again later makes sense."""

    status = 503
    title = "This cannot be saved just now"


class SetupError(HiringkitError):
    """The installation is not ready; a command prints the sentence and exits with 2."""
