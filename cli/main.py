"""The command `pathfinder`: it only puts the commands together; each loads what it needs when it runs."""

import os
import sys
from typing import NoReturn

import typer

from cli import (
    access,
    appointing,
    audit,
    briefing,
    calendars,
    checking,
    country,
    handing_in,
    handover,
    importing,
    letters,
    mail,
    person,
    running,
)

app = typer.Typer(
    name="pathfinder",
    help="The Accountability Framework for Pathfinder Countries of Alliance 8.7, run as a living process.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(country.app, name="country")
app.add_typer(mail.app, name="mail")
app.add_typer(calendars.app, name="calendar")
app.add_typer(letters.app, name="letters")
app.add_typer(audit.app, name="audit")
app.add_typer(person.app, name="person")
app.add_typer(access.app, name="access")
app.add_typer(handover.app, name="handover")
country.app.command("brief")(briefing.brief)

_COUNTRIES = (
    ("submit", handing_in.submit),
    ("decide", handing_in.decide),
    ("import", importing.import_portfolio),
    ("appoint", appointing.appoint),
)
_PROOFS = (("rehearse", checking.rehearse), ("clauses", checking.clauses), ("rebuild", checking.rebuild))
_INSTALLATION = (
    ("check", checking.check),
    ("up", running.up),
    ("api", running.api),
    ("worker", running.worker),
    ("mailbox", running.mailbox),
    ("migrate", running.migrate),
    ("prepare-namespace", running.prepare_namespace),
    ("bring-back", running.bring_back),
    ("token", running.token),
    ("sign-in-link", running.sign_in_link),
    ("payload-key", running.payload_key),
)

for _panel, _commands in (
    ("Countries", _COUNTRIES),
    ("Proofs", _PROOFS),
    ("This installation", _INSTALLATION),
):
    for _name, _function in _commands:
        app.command(_name, rich_help_panel=_panel)(_function)


def run(arguments: list[str]) -> int:
    """Runs one command line and gives its exit code: 0 done, 1 refused or failed, 2 usage, 130 Ctrl-C."""
    try:
        app(arguments, prog_name="pathfinder")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def main() -> NoReturn:
    """The entry point. Ends by `os._exit`: the interpreter may abort while it unloads the Temporal SDK."""
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:  # whoever read along has gone
        code = code or 1
    os._exit(code)


if __name__ == "__main__":
    main()
