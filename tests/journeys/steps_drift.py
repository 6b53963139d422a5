"""Steps of drift: how one's own ratings run, for nobody else, and the panel without names."""

from tests.journeys.visitor import Visitor


def see_how_own_ratings_run(interviewer: Visitor) -> None:
    """Read, as an interviewer, that the line has not begun yet; there are too few interviews."""
    interviewer.open("/calibration")
    interviewer.follow("How your ratings run")
    interviewer.reads("Only you see this page", "of the 15 interviews are compared")


def see_how_the_panel_rates(manager: Visitor, team: str) -> None:
    """Read, as a manager, that it takes more people for a picture in which nobody is known."""
    manager.open("/calibration")
    manager.follow(team)
    manager.follow(f"How ratings run in {team}")
    manager.reads("without names", "There is no picture yet")
