"""What happens in the demo, in the order of time, whatever order it was thought of in."""

from collections.abc import Callable
from datetime import datetime

from hiringkit.demo.days import Day, Days

Act = Callable[[datetime], object]


class Agenda:
    """Acts with their moments; running it does the earliest first, and never one that lies ahead."""

    def __init__(self, today: datetime) -> None:
        self.days = Days(today)
        self._planned: list[tuple[datetime, Act]] = []

    def plan(self, day: Day, act: Act) -> None:
        """Plan an act, which is called with its moment."""
        self.plan_at(self.days.moment(day), act)

    def plan_at(self, moment: datetime, act: Act) -> None:
        """Plan an act for a moment that was worked out already."""
        if moment > self.days.today:
            message = f"{moment} lies ahead; nothing of the demo happens before it is made"
            raise ValueError(message)
        self._planned.append((moment, act))

    def run(self) -> None:
        """Do everything that is planned; acts of one moment keep the order in which they were planned."""
        for moment, act in sorted(self._planned, key=lambda planned: planned[0]):
            act(moment)
