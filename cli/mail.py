"""`pathfinder mail`: the messages that go out."""

import typer

from cli import previewing

app = typer.Typer(no_args_is_help=True, help="Messages: what they look like, and what became of them.")
app.command("preview")(previewing.preview)
