"""The command line of hiringkit."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import click
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import OperationalError

from hiringkit.app import create_app
from hiringkit.audit.queries import unscoped_break, unscoped_head
from hiringkit.cli import doctor as doctoring
from hiringkit.cli import jobs as working
from hiringkit.cli import serve as serving
from hiringkit.demo import instance as demonstrating
from hiringkit.foundation.access import Actor
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import expect_writes
from hiringkit.foundation.errors import HiringkitError, SetupError
from hiringkit.foundation.migrating import is_migrated
from hiringkit.library import cli as packs
from hiringkit.library.operations import import_builtin_packs
from hiringkit.people.operations import make_setup_code
from hiringkit.people.queries import unscoped_has_members

REFUSED = 2
FAILED = 1


class _Group(click.Group):
    """Turns refusals into one clear line and exit status 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except HiringkitError as error:
            lines = [error.sentence, *getattr(error, "problems", {}).values(), error.remedy]
            raise _Refusal(" ".join(line for line in lines if line)) from error
        except OperationalError as error:
            message = f"The database cannot be used: {str(error.orig).splitlines()[0]}"
            raise _Refusal(message) from error


class _Refusal(click.ClickException):
    exit_code = REFUSED

    def show(self, file: object = None) -> None:
        del file
        click.echo(f"hiringkit: {self.message}", err=True)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("hiringkit"), prog_name="hiringkit")
def main() -> None:
    """Carry a hire from an honest description of the work to a defensible decision."""


def operator() -> Actor:
    """Return who is at the command line."""
    return Actor.operator(getpass.getuser())


@contextmanager
def opened_app(*, migrated: bool = True) -> Iterator[Flask]:
    """Yield the app of this instance inside its context, refusing one that was never initialised."""
    app = create_app()
    with app.app_context():
        expect_writes()
        if migrated and not is_migrated():
            message = "This instance is not set up. Run `hiringkit init` first."
            raise SetupError(message)
        yield app


@main.command()
@click.option("--fresh", is_flag=True, help="Throw the old demo away and make a new one.")
@click.option("--port", default=8000, show_default=True, help="Port to serve on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Loopback address to serve on.")
def demo(*, fresh: bool, port: int, host: str) -> None:
    """Make a demo with real content, once, and serve it on this machine alone."""
    demonstrating.prepare(fresh=fresh, port=port, host=host, say=click.echo)
    sys.exit(serving.serve(host, port, workers=1))


@main.command()
def init() -> None:
    """Set this instance up: make the tables, load the starter pack, print the first administrator's code."""
    app = create_app()
    demonstrating.refuse_demo(Path(app.instance_path))
    with app.app_context():
        expect_writes()
        upgrade()
        click.echo("The database is up to date.")
        for name in import_builtin_packs(by=operator(), at=now()):
            click.echo(f"The pack “{name}” is loaded.")
        if unscoped_has_members():
            click.echo("There are members already; an administrator invites further ones.")
            return
        code = make_setup_code(by=operator(), at=now())
        base = app.extensions["hiringkit.settings"].base_url.rstrip("/")
        click.echo("Start the site with `hiringkit serve`, then open this within one hour to become its administrator:")
        click.echo(f"  {base}/setup")
        click.echo(f"  one-time code: {code}")


@main.command()
@click.option("--port", default=8000, show_default=True, help="Port to serve on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option("--workers", type=int, help="Number of web processes; the setting `workers` otherwise.")
def serve(port: int, host: str, workers: int | None) -> None:
    """Serve the site: several web processes and one for jobs, until told to stop."""
    with opened_app() as app:
        count = workers or app.extensions["hiringkit.settings"].workers
    sys.exit(serving.serve(host, port, workers=count))


@main.command()
def jobs() -> None:
    """Run the jobs alone: mail and what is due; `serve` does this by itself."""
    with opened_app():
        pass
    working.run(create_app())


@main.group()
def db() -> None:
    """Look after the database's tables."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the tables to the newest version."""
    with opened_app(migrated=False):
        upgrade()
        click.echo("The database is up to date.")


@db.command("downgrade")
@click.argument("revision")
@click.confirmation_option(prompt="Going down loses what the newer tables hold. Go on?")
def db_downgrade(revision: str) -> None:
    """Take the tables back to an older version."""
    with opened_app():
        downgrade(revision=revision)
        click.echo(f"The database is at {revision}.")


@main.group()
def pack() -> None:
    """Check and load packs: competencies, scenarios, templates."""


@pack.command("lint")
@click.argument("file")
def pack_lint(file: str) -> None:
    """Check a pack file; every finding is one line: file:line: path: what is wrong."""
    sys.exit(packs.lint_file(file, say=click.echo))


@pack.command("import")
@click.argument("file")
def pack_import(file: str) -> None:
    """Load a pack file, or the built-in one by name; what changed gets new versions."""
    with opened_app():
        packs.import_file(file, by=operator(), at=now(), say=click.echo)


@main.group()
def audit() -> None:
    """Look after the record of who did what."""


@audit.command("verify")
def audit_verify() -> None:
    """Walk the whole record; name the first event that does not hold."""
    with opened_app():
        broken = unscoped_break()
        seq, chain_hash = unscoped_head()
    if broken:
        click.echo(f"hiringkit: the record breaks at event {broken.seq}: {broken.reason}.", err=True)
        sys.exit(FAILED)
    click.echo(f"The record holds: {seq} events, head {chain_hash}.")


@main.command()
def doctor() -> None:
    """Look this installation over: database, migrations, secrets, mail, record."""
    app = create_app()
    with app.app_context():
        findings = doctoring.examine(app)
    for finding in findings:
        click.echo(f"{'ok     ' if finding.is_well else 'problem'}  {finding.what}: {finding.words}")
        if not finding.is_well:
            click.echo(f"         {finding.remedy}")
    sys.exit(0 if all(f.is_well for f in findings) else FAILED)


if __name__ == "__main__":
    main()
