"""Where templates and migrations lie: inside the package once installed, beside it in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def resource(name: str) -> Path:
    """Return the folder `name`, or raise RuntimeError when the installation lacks it."""
    if (PACKAGE / name).is_dir():
        return PACKAGE / name
    if (PACKAGE.parent / "pyproject.toml").is_file() and (PACKAGE.parent / name).is_dir():
        return PACKAGE.parent / name
    message = f"hiringkit is installed without its {name}/ folder"
    raise RuntimeError(message)


def default_instance() -> Path:
    """Return the checkout's instance folder, or ./instance where hiringkit is an installed wheel."""
    if (PACKAGE.parent / "pyproject.toml").is_file() and (PACKAGE.parent / "instance").is_dir():
        return PACKAGE.parent / "instance"
    return Path.cwd() / "instance"
