"""Role profiles in the library: imported from packs, pasted tables and files, each state once, demographics apart."""

import html
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from hiringkit.audit.models import AuditEvent
from hiringkit.foundation.access import Actor
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import db
from hiringkit.foundation.errors import ForbiddenError, InvalidError
from hiringkit.library import cli, operations, queries
from hiringkit.library.models import RoleProfile, RoleProfileDemographics
from hiringkit.library.rules.profiles import years
from hiringkit.library.rules.profiling.reading import ProfilesDraft
from hiringkit.library.rules.profiling.storing import read_profile
from tests.library.factories import Plain, small_pack, starter_pack
from tests.statements import counted
from tests.world import Browser, World

OPERATOR = Actor.operator("test")
TABLE = "role,average salary,currency,jobs,average age,mood\nClerk,43000,USD,0,41,good\nFiler,,,not stated,,\n"
FIELDS = {"text": TABLE, "source": "A table of a made-up office", "as_of": "2026-04-30"}


def draft(text: str = TABLE, day: date = date(2026, 4, 30)) -> ProfilesDraft:
    return ProfilesDraft(text, "A table", day)


def rows() -> list[RoleProfile]:
    return list(db.session.scalars(select(RoleProfile).order_by(RoleProfile.id)))


def text(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.get_data(as_text=True))


def test_a_pack_brings_its_profiles_once_and_new_figures_as_a_new_state(world: World) -> None:
    small_pack(world)
    small_pack(world)
    (first,) = rows()
    assert (first.key, first.name, first.source, first.as_of) == ("clerk", "Clerk", "A page.", None)

    def raise_pay(data: Plain) -> None:
        data["version"] = "2"
        data["role_profiles"][0]["pay"]["average"] = 50000

    def back(data: Plain) -> None:
        data["version"] = "3"

    small_pack(world, raise_pay)
    small_pack(world, back)
    assert [read_profile(row.content).pay_average for row in rows()] == [43633, 50000, 43633]
    assert len({row.content_hash for row in rows()}) == 3
    assert queries.unscoped_current_profiles(["clerk"])["clerk"].id == rows()[-1].id


def test_demographics_stand_in_their_own_table(world: World) -> None:
    small_pack(world)
    (kept,) = db.session.scalars(select(RoleProfileDemographics))
    assert kept.profile_id == rows()[0].id
    assert "79.2" in kept.content
    assert "79.2" not in rows()[0].content


def test_a_pack_that_was_imported_before_profiles_were_stored_is_filled_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hiringkit.library.operations.packs.keep_profiles", lambda _profiles, _at: [])
    small_pack(world)
    assert rows() == []  # As an installation from before stands.
    small_pack(world, by=OPERATOR)
    small_pack(world, by=OPERATOR)
    assert [row.key for row in rows()] == ["clerk"]
    assert db.session.scalar(select(func.count()).where(AuditEvent.tag == "profiles:imported")) == 1


def test_importing_a_pack_again_leaves_newer_pasted_figures_in_force(world: World) -> None:
    small_pack(world)
    operations.import_profiles(draft(), by=world.admin, at=now())
    small_pack(world)
    assert queries.unscoped_current_profiles(["clerk"])["clerk"].source == "A table"


def test_pasted_profiles_are_stored_with_source_and_day(world: World) -> None:
    made = operations.import_profiles(draft(), by=world.admin, at=now())
    assert [(row.key, row.source, row.as_of) for row in made] == [
        ("clerk", "A table", date(2026, 4, 30)),
        ("filer", "A table", date(2026, 4, 30)),
    ]
    clerk, filer = (read_profile(row.content) for row in made)
    assert clerk.jobs == 0
    assert filer.jobs is None
    assert db.session.scalar(select(func.count()).select_from(RoleProfileDemographics)) == 1
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.tag == "profiles:imported")).one()
    assert event.subject_id == made[0].public_id
    assert "Clerk" not in event.content


def test_the_same_table_again_changes_nothing_and_a_later_day_is_a_new_state(world: World) -> None:
    operations.import_profiles(draft(), by=world.admin, at=now())
    assert operations.import_profiles(draft(), by=world.admin, at=now()) == []
    later = operations.import_profiles(draft(day=date(2026, 5, 1)), by=world.admin, at=now())
    assert len(later) == 2
    assert len(rows()) == 4


def test_only_who_may_import_packs_imports_profiles(world: World) -> None:
    world.member("ina")
    with pytest.raises(ForbiddenError):
        operations.import_profiles(draft(), by=world.actor("ina"), at=now())
    assert rows() == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (ProfilesDraft(TABLE, "", date(2026, 4, 30)), "source"),
        (ProfilesDraft(TABLE, "x" * 301, date(2026, 4, 30)), "source"),
        (ProfilesDraft("jobs\n4\n", "A table", date(2026, 4, 30)), "text"),
    ],
)
def test_what_cannot_be_imported_is_refused_at_its_field(sqlite_world: World, wrong: ProfilesDraft, field: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        operations.import_profiles(wrong, by=sqlite_world.admin, at=now())
    assert set(refusal.value.problems) == {field}


def test_a_day_still_to_come_is_refused(sqlite_world: World) -> None:
    with pytest.raises(InvalidError) as refusal:
        operations.check_profiles(draft(day=now().date() + timedelta(days=3)), at=now())
    assert "still to come" in refusal.value.problems["as_of"]


def test_pasting_shows_what_was_read_before_anything_is_stored(world: World) -> None:
    world.manager()
    browser = world.browser("manager")
    shown = browser.submit("/library/profiles/new", "/library/profiles", **FIELDS)
    page = html.unescape(shown.get_data(as_text=True))
    assert shown.status_code == 200
    assert rows() == []
    for words in ("Import 2 role profiles", "average age", "kept for the fairness report, never shown with the role",
                  "mood", "USD 43,000", "not stated", "30 April 2026"):  # fmt: skip
        assert words in page
    assert ">41<" not in page.replace(html.escape(TABLE), "")
    hidden = dict(re.findall(r'name="(csrf_token|form_key|checked)"[^>]*value="([^"]*)"', page))
    done = browser.post("/library/profiles", data={**FIELDS, **hidden})
    assert (done.status_code, done.headers["Location"]) == (303, "/library/profiles")
    again = browser.post("/library/profiles", data={**FIELDS, **hidden})
    assert again.status_code == 303
    assert [row.key for row in rows()] == ["clerk", "filer"]
    listed = text(browser, "/library/profiles")
    assert "2 role profiles are in the library now." in listed
    shown_again = browser.submit("/library/profiles/new", "/library/profiles", **FIELDS)
    assert "with exactly these figures" in shown_again.get_data(as_text=True)


def test_a_table_that_was_changed_after_its_check_is_shown_again_and_not_imported(world: World) -> None:
    world.manager()
    browser = world.browser("manager")
    page = browser.submit("/library/profiles/new", "/library/profiles", **FIELDS).get_data(as_text=True)
    hidden = dict(re.findall(r'name="(csrf_token|form_key|checked)"[^>]*value="([^"]*)"', page))
    other = {**FIELDS, "text": TABLE.replace("43000", "44000")}
    answer = browser.post("/library/profiles", data={**other, **hidden})
    assert answer.status_code == 200
    assert "The table has changed since you checked it" in answer.get_data(as_text=True)
    assert rows() == []


def test_a_table_with_findings_comes_back_with_them_and_with_its_text(world: World) -> None:
    world.manager()
    pasted = "role,growth\nClerk,up\n"
    answer = world.browser("manager").submit("/library/profiles/new", "/library/profiles", **{**FIELDS, "text": pasted})
    page = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 422
    for words in ("“up” is not a number", "2, “growth”", "There is 1 finding; see the list.", pasted, FIELDS["source"]):
        assert words in page.replace("\r\n", "\n")
    assert rows() == []


@pytest.mark.parametrize("missing", ["text", "source", "as_of"])
def test_table_source_and_day_are_required_and_nothing_typed_is_lost(sqlite_world: World, missing: str) -> None:
    browser = sqlite_world.browser("admin")
    sent = {**FIELDS, missing: ""}
    answer = browser.submit("/library/profiles/new", "/library/profiles", **sent)
    page = html.unescape(answer.get_data(as_text=True)).replace("\r\n", "\n")
    assert answer.status_code == 422
    assert all(value in page for value in sent.values())


@pytest.mark.parametrize("pasted", ["\x00", "a", '"', "name\n\x00\n", "=cmd()|x", "name;" * 400, "\u202ename\nx"])
def test_any_text_gets_a_page(sqlite_world: World, pasted: str) -> None:
    answer = sqlite_world.browser("admin").submit(
        "/library/profiles/new", "/library/profiles", **{**FIELDS, "text": pasted}
    )
    assert answer.status_code in {200, 422}


def test_an_administrator_imports_and_reads_no_profiles(world: World) -> None:
    browser = world.browser("admin")
    page = browser.submit("/library/profiles/new", "/library/profiles", **FIELDS).get_data(as_text=True)
    hidden = dict(re.findall(r'name="(csrf_token|form_key|checked)"[^>]*value="([^"]*)"', page))
    assert browser.post("/library/profiles", data={**FIELDS, **hidden}).headers["Location"] == "/library"
    assert browser.get("/library/profiles").status_code == 403


def test_a_profile_page_says_where_it_is_from_and_points_to_newer_figures(world: World) -> None:
    world.member("ina")
    old, _ = operations.import_profiles(draft(), by=world.admin, at=now())
    new, _ = operations.import_profiles(draft(day=date(2026, 5, 1)), by=world.admin, at=now())
    browser = world.browser("ina")
    page = text(browser, f"/library/profiles/{old.public_id}")
    assert "Looked up 30 April 2026" in page
    assert f"/library/profiles/{new.public_id}" in page
    assert f"/library/comparison?with={old.public_id}" in page
    assert browser.get("/library/profiles/none").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_whatever_its_length(world: World, count: int) -> None:
    world.manager()
    table = "name\n" + "".join(f"Role {number}\n" for number in range(count))
    operations.import_profiles(draft(table), by=world.admin, at=now())
    browser = world.browser("manager")
    for address in ("/library/profiles", f"/library/profiles/{rows()[0].public_id}", "/library/profiles/new"):
        with counted() as seen:
            answer = browser.get(address)
        assert answer.status_code == 200
        assert len(seen) <= 8, (address, seen)


def test_the_command_says_findings_and_what_came_of_it(sqlite_world: World, tmp_path: Path) -> None:
    file = tmp_path / "roles.csv"
    file.write_text("\ufeff" + TABLE, encoding="utf-8")
    said: list[str] = []
    for _ in range(2):
        cli.import_profile_file(
            str(file), source="A table", as_of=date(2026, 4, 30), currency="", by=OPERATOR, at=now(), say=said.append
        )
    assert said == [
        "Kept for the fairness report, never shown with the role: average age.",
        "Not taken: mood.",
        "“Clerk”: imported.",
        "“Filer”: imported.",
        "Kept for the fairness report, never shown with the role: average age.",
        "Not taken: mood.",
        "“Clerk”: in the library before with exactly this; nothing has changed.",
        "“Filer”: in the library before with exactly this; nothing has changed.",
    ]
    file.write_text("role,growth\nClerk,up\n", encoding="utf-8")
    said.clear()
    with pytest.raises(InvalidError, match="was not imported: 1 finding"):
        cli.import_profile_file(
            str(file), source="A table", as_of=date(2026, 4, 30), currency="", by=OPERATOR, at=now(), say=said.append
        )
    assert said == [f"{file}:2: column 2, “growth”: “up” is not a number, such as 43633 or 20.98."]


def test_the_starter_pack_keeps_what_contradicts_itself_with_its_labels(world: World) -> None:
    starter_pack(world)
    profile = read_profile(queries.unscoped_current_profiles(["patient-relations-manager"])[
        "patient-relations-manager"
    ].content)  # fmt: skip
    assert [years(one).rpartition(": ")[2] for one in profile.experience_years] == ["2 to 4", "4"]
    assert len({one.label for one in profile.experience_years}) == 2


def test_nothing_of_a_small_pack_is_lost_by_storing_it(world: World) -> None:
    pack = small_pack(world)
    stored = read_profile(rows()[0].content)
    assert stored == queries.pack_content(pack).role_profiles[0]
