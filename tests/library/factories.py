"""Packs in the library of a test, imported as the app does it."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from hiringkit.foundation.access import Actor
from hiringkit.foundation.clock import now
from hiringkit.library import operations
from hiringkit.library.models import Pack
from hiringkit.library.packs import STARTER_PACK, shipped_pack_text
from tests.library import made
from tests.remembering import remembered
from tests.world import World

Plain = dict[str, Any]


@remembered
def starter_pack(world: World, by: Actor | None = None) -> Pack:
    """Return the starter pack, imported by the administrator when it is not there yet."""
    return operations.import_checked(_checked(shipped_pack_text(STARTER_PACK)), by=by or world.admin, at=now())


def small_pack(world: World, change: Callable[[Plain], object] | None = None, by: Actor | None = None) -> Pack:
    """Return a small pack, imported after `change` has had its plain data."""
    return operations.import_checked(_checked(small_text(change)), by=by or world.admin, at=now())


def small_text(change: Callable[[Plain], object] | None = None) -> str:
    """Return the text of the small pack; JSON is YAML."""
    data = made.pack()
    if change is not None:
        change(data)
    return json.dumps(data, indent=1)


@cache
def _checked(text: str) -> operations.CheckedPack:
    """Lint each text once a run, because that is the slow part."""
    return operations.check_pack(text, "pack.yaml")
