"""The command line of hiringkit."""

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import click
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from hiringkit.app import create_app
from hiringkit.audit.queries import unscoped_verdict
from hiringkit.calibration import cli as calibrating
from hiringkit.calibration.queries import unscoped_policy
from hiringkit.calibration.rules.operating import RATERS, SEED
from hiringkit.calibration.rules.policy import DEFAULT_POLICY, CalibrationPolicy
from hiringkit.cli import doctor as doctoring
from hiringkit.cli import jobs as working
from hiringkit.cli import serve as serving
from hiringkit.demo import instance as demonstrating
from hiringkit.foundation.access import Actor
from hiringkit.foundation.clock import now
from hiringkit.foundation.db import expect_writes
from hiringkit.foundation.errors import HiringkitError, SetupError
from hiringkit.foundation.migrating import check_revision, is_migrated
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
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "hiringkit"
            raise _Refusal(f"{error.format_message()} See `{command} --help`.") from error
        except SQLAlchemyError as error:
            reason = error.orig if isinstance(error, DBAPIError) else error
            raise _Refusal(f"The database cannot be used: {str(reason).splitlines()[0]}") from error
        except OSError as error:
            raise _Refusal(str(error)) from error


class _Refusal(click.ClickException):
    exit_code = REFUSED

    def show(self, file: object = None) -> None:
        del file
        click.echo(f"hiringkit: {self.message}", err=True)


PORT = click.IntRange(1, 65535)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("hiringkit"), prog_name="hiringkit")
def main() -> None:
    """Carry a hire from an honest description of the work to a defensible decision."""


def operator() -> Actor:
    """Return who is at the command line; in a container, the number may be all that there is."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = str(os.getuid())
    return Actor.operator(name)


@contextmanager
def opened_app(*, migrated: bool = True, writes: bool = True) -> Iterator[Flask]:
    """Yield the app of this instance inside its context, refusing one that was never initialised."""
    app = create_app()
    with app.app_context():
        expect_writes(wanted=writes)
        if migrated and not is_migrated():
            raise SetupError("This instance is not set up.", remedy="Run `hiringkit init` first.")
        yield app


@main.command(short_help="Make and serve a demo with real content.")
@click.option("--fresh", is_flag=True, help="Throw the old demo away and make a new one.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port to serve on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Loopback address to serve on.")
def demo(*, fresh: bool, port: int, host: str) -> None:
    """Make a demo with real content, once, and serve it on this machine alone."""
    serving.demand_free(host, port)
    demonstrating.prepare(fresh=fresh, port=port, host=host, say=click.echo)
    with opened_app(migrated=False):
        if not is_migrated():  # It was made by an older version.
            upgrade()
    sys.exit(serving.serve(host, port, workers=1))


@main.command(short_help="Set this instance up, or bring it up to date.")
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


@main.command(short_help="Serve the site until told to stop.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port to serve on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on.")
@click.option("--workers", type=click.IntRange(min=1), help="Number of web processes; the setting `workers` otherwise.")
def serve(port: int, host: str, workers: int | None) -> None:
    """Serve the site: several web processes and one for jobs, until told to stop."""
    with opened_app(writes=False) as app:
        settings = app.extensions["hiringkit.settings"]
    serving.demand_free(host, port)
    count = workers or settings.workers
    many = "1 web process" if count == 1 else f"{count} web processes"
    click.echo(f"hiringkit serves {settings.base_url} from {host} port {port} with {many}. Stop it with Ctrl+C.")
    sys.exit(serving.serve(host, port, workers=count))


@main.command(short_help="Run the jobs alone; `serve` does this by itself.")
def jobs() -> None:
    """Run the jobs alone: mail and what is due; `serve` does this by itself."""
    with opened_app(writes=False):
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
        check_revision(revision)
        downgrade(revision=revision)
        click.echo(f"The database is at {revision}.")


@main.group()
def pack() -> None:
    """Check and load packs: competencies, scenarios, templates."""


@pack.command("lint", short_help="Check a pack file.")
@click.argument("file")
def pack_lint(file: str) -> None:
    """Check a pack file; every finding is one line: file:line: path: what is wrong."""
    sys.exit(packs.lint_file(file, say=click.echo))


@pack.command("import", short_help="Load a pack file, or a built-in pack by name.")
@click.argument("file")
def pack_import(file: str) -> None:
    """Load a pack file, or the built-in one by name; what changed gets new versions."""
    with opened_app():
        packs.import_file(file, by=operator(), at=now(), say=click.echo)


@main.group()
def profile() -> None:
    """Load role profiles: roles as they are published elsewhere."""


@profile.command("import", short_help="Load role profiles from a table.")
@click.argument("file")
@click.option("--source", required=True, help="Where the figures come from.")
@click.option("--as-of", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Day on which they were looked up.")
@click.option("--currency", default="", help="Currency of amounts that have none of their own, such as USD.")
def profile_import(file: str, source: str, as_of: datetime, currency: str) -> None:
    """Load role profiles from a table of comma-, semicolon- or tab-separated values with headings.

    Every finding is one line: file:line: column: what is wrong. Nothing is loaded while one stops it.
    """
    with opened_app():
        packs.import_profile_file(
            file, source=source, as_of=as_of.date(), currency=currency, by=operator(), at=now(), say=click.echo
        )


@main.group()
def calibration() -> None:
    """Simulate the pass rule, print the policy, change it."""


COUNT = click.IntRange(min=1)


@calibration.command("simulate", short_help="Simulate the pass rule and print how often it is wrong.")
@click.option("--policy", "file", help="A changed policy, TOML or JSON; the policy in force here otherwise.")
@click.option("--points", type=COUNT, default=7, show_default=True, help="Points of the rating scale.")
@click.option("--responses", type=COUNT, help="Responses of the first block; as the policy says otherwise.")
@click.option("--reserve", type=click.IntRange(min=0), help="Responses of the reserve; as the policy says otherwise.")
@click.option("--competencies", type=COUNT, help="Competencies of a form; 6 otherwise.")
@click.option("--experts", type=COUNT, help="Experts behind the reference; as the policy says otherwise.")
@click.option(
    "--safety/--no-safety", default=True, show_default=True, help="Whether the clause on unsafe answers holds."
)
@click.option("--raters", type=COUNT, default=RATERS, show_default=True, help="Interviewers of each kind.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=SEED, show_default=True, help="Start of the random numbers."
)
def calibration_simulate(*, file: str | None, points: int, safety: bool, **sizes: int | None) -> None:
    """Let simulated interviewers of thirteen kinds rate simulated forms, and print how many of each kind pass.

    The same sizes and seed print the same table. Nothing is stored.
    """
    policy, name = policy_here()
    if file is not None:
        policy, name = calibrating.policy_of_file(file, policy), f"{file}, laid over {name}"
    changes = {**sizes, "unsafe": None if safety else 0}
    calibrating.simulate(policy, points, changes, say=click.echo)
    click.echo(f"\nUnder the lines of {name}.")


@calibration.command("policy", short_help="Print the policy in force.")
def calibration_policy() -> None:
    """Print the policy in force as JSON: the fields that a file for `simulate` and `adopt` can name."""
    click.echo(calibrating.policy_text(policy_here()[0]))


@calibration.command("adopt", short_help="Put a changed policy in force.")
@click.argument("file")
@click.option("--raters", type=COUNT, default=RATERS, show_default=True, help="Simulated interviewers of each kind.")
def calibration_adopt(file: str, raters: int) -> None:
    """Put the policy in force as a TOML or JSON file changes it, and store how often its pass rule is wrong.

    The file names only what changes. Nothing that was decided or started before is judged again.
    """
    with opened_app():
        calibrating.adopt_file(file, raters, by=operator(), at=now(), say=click.echo)


def policy_here() -> tuple[CalibrationPolicy, str]:
    """Return the policy in force with what to call it; the default one where nothing is set up."""
    with opened_app(migrated=False, writes=False):
        if is_migrated():
            return unscoped_policy(), "the policy in force"
    return DEFAULT_POLICY, "the default policy"


@main.group()
def audit() -> None:
    """Look after the record of who did what."""


@audit.command("verify")
def audit_verify() -> None:
    """Walk the whole record; name the first event that does not hold."""
    with opened_app(writes=False):
        verdict = unscoped_verdict()
    if verdict.broken:
        line = f"hiringkit: the record breaks at event {verdict.broken.seq}: {verdict.broken.reason}."
        click.echo(line, err=True)
        sys.exit(FAILED)
    click.echo(f"The record holds: {verdict.seq} events, head {verdict.hash}.")


@main.command(short_help="Look this installation over and say what to mend.")
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
