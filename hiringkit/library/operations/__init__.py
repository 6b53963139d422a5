"""The only writer of the library, gathered: packs with their versions, and role profiles."""

from hiringkit.library.operations.packs import (
    CheckedPack,
    add_pack,
    check_pack,
    import_builtin_packs,
    import_checked,
    import_pack,
)
from hiringkit.library.operations.profiles import check_profiles, import_profiles

__all__ = [
    "CheckedPack",
    "add_pack",
    "check_pack",
    "check_profiles",
    "import_builtin_packs",
    "import_checked",
    "import_pack",
    "import_profiles",
]
