"""Laws about imports that no contract of import-linter can say."""

from collections.abc import Iterable

import grimp
import pytest

# Who may ask who is signed in; everybody else is handed an Actor.
LOGIN_MODULES = ("hiringkit.people", "hiringkit.foundation.access")

Import = tuple[str, str]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("hiringkit", include_external_packages=True, cache_dir=None)


def test_no_room_uses_the_forms_of_another(graph: grimp.ImportGraph) -> None:
    assert forms_of_others(_imports(graph)) == set()


def test_only_people_and_access_know_who_is_signed_in(graph: grimp.ImportGraph) -> None:
    importers = graph.find_modules_that_directly_import("flask_login") if "flask_login" in graph.modules else set()
    assert importers, "flask_login is imported nowhere: this test looks at the wrong package"
    assert {name for name in importers if not name.startswith(LOGIN_MODULES)} == set()


def test_the_forms_of_another_room_would_be_found() -> None:
    inside = ("hiringkit.people.views", "hiringkit.people.forms")
    below = ("hiringkit.people.forms", "hiringkit.foundation.forms")
    across = ("hiringkit.portal.views", "hiringkit.people.forms")
    deeper = ("hiringkit.portal.views.link", "hiringkit.people.forms.address")
    assert forms_of_others([inside, below, across, deeper]) == {across, deeper}


def forms_of_others(imports: Iterable[Import]) -> set[Import]:
    """The imports of a room's forms from outside that room; the foundation's belong to all."""
    found = set()
    for importer, imported in imports:
        _, room, door, *_ = [*imported.split("."), "", ""]
        if door == "forms" and room != "foundation" and not importer.startswith(f"hiringkit.{room}."):
            found.add((importer, imported))
    return found


def _imports(graph: grimp.ImportGraph) -> list[Import]:
    """Every direct import of the package, as importer and imported."""
    return [
        (module, imported)
        for module in graph.modules
        if module.startswith("hiringkit")
        for imported in graph.find_modules_directly_imported_by(module)
    ]
