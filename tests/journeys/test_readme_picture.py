"""The picture in README: the debrief with the open gate, as the demo tells it."""

import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from hiringkit.candidates.models import Application
from hiringkit.debriefs.models import Gate, GateResolution
from hiringkit.demo.story import tell
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

PICTURE = Path(__file__).with_name("readme.png")
PASSWORD = "amber-birch-cedar-12"
WIDTH, HEIGHT = 1280, 1500


def test_debrief_with_an_open_gate_is_fit_for_the_readme(site: Site, visit: Callable[..., Visitor]) -> None:
    with site.app.app_context():
        tell(PASSWORD, now(), lambda _line: None)
        open_gate = Gate.id.not_in(select(GateResolution.gate_id))
        application = db.session.scalars(select(Application).join(Gate).where(open_gate)).one()
        address = f"/debriefs/{application.public_id}"
    dana = visit("Dana", viewport={"width": WIDTH, "height": 900})
    dana.open(address)
    dana.page.get_by_label("Mail address").fill("dana.whitlock@larkmere.example")
    dana.page.get_by_label("Password").fill(PASSWORD)
    with dana.page.expect_navigation():
        dana.page.get_by_role("button", name="Sign in").click()
    assert dana.heading.startswith("Debrief for")
    dana.reads("Open gate", "Then talk about these", "The rule says")
    if os.environ.get("HIRINGKIT_PICTURES"):
        dana.page.screenshot(path=PICTURE, full_page=True, clip={"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT})
    assert PICTURE.is_file()
