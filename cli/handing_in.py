"""`pathfinder submit` and `pathfinder decide`: what people send to a country, and its answer."""

import hashlib
import json
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.failing import Failed, command
from cli.terminal import put, put_json, tell

if TYPE_CHECKING:
    from contracts.messages import Actor, DecisionAnswer, Envelope, Receipt
    from framework.decision_record import GcmDecision
    from framework.terms import Role

Code = Annotated[str, typer.Argument(metavar="CODE", help="The country's code, such as XAA.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
_SUBMISSION = Annotated[Path, typer.Argument(metavar="FILE.json", help="The submission; - reads stdin.")]


@command
async def submit(
    code: Code,
    file: _SUBMISSION,
    by: Annotated[str, typer.Option(help="In which role.")] = "secretariat",
    name: Annotated[str, typer.Option(help="Who hands it in.")] = "",
    task: Annotated[str, typer.Option(help="The task that it completes, where its kind does not tell.")] = "",
    on_behalf_of: Annotated[str, typer.Option(help="For whom the Secretariat acts.")] = "",
    received_on: Annotated[str, typer.Option(help="The day on which it came on paper, as 2027-04-28.")] = "",
    message_id: Annotated[str, typer.Option(help="Your own id of this message.")] = "",
    as_json: AsJson = False,
) -> None:
    """Hand in or register something for a country: a report, a roadmap, a letter ...

    The same file for the same country on the same day is the same message: given again, it counts once.
    To hand in the same content twice, give a --message-id of your own.
    """
    from cli import files

    content = files.read_json(file)
    envelope = _envelope(code, file, content, message_id)
    actor = acting(code, role_of(by, "--by"), name)
    changes = {"actor": actor, "task": task, "on_behalf_of": on_behalf_of, "received_on": day(received_on)}
    envelope = envelope.model_copy(update=changes)
    receipt = await handed_in("submit", "submit", code, envelope)
    put_json(receipt) if as_json else say(code, receipt)


async def handed_in(command: str, action: str, code: str, envelope: "Envelope") -> "Receipt":
    """Hands something to a country, and has it in the record of acts. Raises Failed with all reasons when refused."""
    from cli import connection, process
    from cli.auditing import recorded

    client = await connection.temporal()
    about: dict[str, Any] = {
        "country": code,
        "message": envelope.message_id,
        "name": envelope.actor.name,
        "given": envelope.submission,
    }
    async with recorded(command, action, **about) as became:
        receipt = await process.submit(client, code, envelope)
        became.entry, became.revision = receipt.entry, receipt.revision
    return receipt


def acting(code: str, role: "Role", name: str) -> "Actor":
    """Who hands in, as the country's process knows them; raises Failed for a role that hands in nothing."""
    from access.deciding import may
    from access.people import FOR_A_COUNTRY, Principal, actor_of
    from access.table import Action, who_may

    country = code if role in FOR_A_COUNTRY else ""
    person = Principal(role=role, name=name, country=country, until=datetime.now(UTC))
    if not may(person, Action.SUBMIT):
        able = ", ".join(one.value for one in who_may(Action.SUBMIT))
        raise Failed(f"The role {role.value} hands in nothing. Who may: {able}.")
    return actor_of(person)


def _envelope(code: str, file: Path, content: Any, message_id: str) -> "Envelope":
    from pydantic import TypeAdapter

    from cli import files
    from contracts.messages import SYSTEM, AnySubmission, Envelope

    adapter: TypeAdapter[Any] = TypeAdapter(AnySubmission)
    submission = files.understood(adapter, content, file)
    return Envelope(message_id=message_id or id_of(code, content), actor=SYSTEM, submission=submission)


def id_of(code: str, content: Any, on: date | None = None) -> str:
    """The message id of content without one: the same for the same content on the same day (UTC)."""
    canonical = json.dumps([code, content], sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(canonical.encode()).hexdigest()[:24]
    return f"cli-{on or datetime.now(UTC).date()}-{digest}"


def role_of(name: str, option: str) -> "Role":
    """The role that an option names; raises BadParameter for one that is not given to people."""
    from framework.terms import Role

    people = [role.value for role in Role if role is not Role.SYSTEM]
    if name not in people:
        raise typer.BadParameter(
            f"'{name}' is no role of people; write one of: {', '.join(people)}", param_hint=option
        )
    return Role(name)


def day(text: str, option: str = "--received-on") -> date | None:
    """A date given as an option, None for an empty one."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"'{text}' is no date; write it as 2027-04-28", param_hint=option) from None


def say(code: str, receipt: "Receipt") -> None:
    """Tells what became of a submission."""
    from cli import process

    put(f"{code} has accepted this on {receipt.at:%Y-%m-%d %H:%M} UTC (entry {receipt.entry}).")
    for label, keys in (("Closed", receipt.closed), ("Opened", receipt.opened)):
        if keys:
            put(f"{label}: {', '.join(keys)}")
    if receipt.warnings:
        tell("\n".join(["Doubtful, and shown to reviewers:", *process.reasons(receipt.warnings)]))


@command
async def decide(
    context: typer.Context,
    code: Code,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE.json", help="The decision; - reads stdin.")
    ] = None,
    kind: Annotated[
        str, typer.Option(help="grant, not_yet, comments, annual_status, open_dialogue ...")
    ] = "",
    id: Annotated[str, typer.Option("--id", help="The decision's own id, such as GCM-2027-1-XAA.")] = "",
    meeting: Annotated[str, typer.Option(help="The meeting at which it was taken.")] = "",
    meeting_on: Annotated[str, typer.Option("--on", help="Date of that meeting, as 2027-06-10.")] = "",
    consensus: Annotated[str, typer.Option(help="reached or blocked")] = "",
    blocked_by: Annotated[list[str] | None, typer.Option(help="A seat that objected (repeatable).")] = None,
    blocked_because: Annotated[str, typer.Option(help="Why it objected.")] = "",
    recusals: Annotated[
        list[str] | None, typer.Option("--recusal", help="A recused seat (repeatable).")
    ] = None,
    statement: Annotated[str, typer.Option(help="What the GCM says.")] = "",
    outcome: Annotated[str, typer.Option(help="active, opened, positive, confirmed ... by kind.")] = "",
    year: Annotated[int | None, typer.Option(help="The reporting year of an annual status.")] = None,
    comments: Annotated[list[str] | None, typer.Option("--comment", help="A comment (repeatable).")] = None,
    topics: Annotated[
        list[str] | None, typer.Option("--topic", help="A dialogue's topic (repeatable).")
    ] = None,
    special_subgroup: Annotated[str, typer.Option("--subgroup", help="Leads a dialogue's support.")] = "",
    corrects: Annotated[str, typer.Option(help="The earlier decision that a correction names.")] = "",
    reason: Annotated[str, typer.Option(help="Why it is corrected.")] = "",
    name: Annotated[str, typer.Option(help="Who sends it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Send a decision of the GCM to a country and hear its answer: accepted, or refused with all reasons.

    Either a file, or --kind and --id with the other options.
    """
    decision = _decision(file, context.params)
    await _send(code, decision, name, as_json)


async def _send(code: str, decision: "GcmDecision", name: str, as_json: bool) -> None:
    from cli import connection, process
    from cli.auditing import recorded

    client = await connection.temporal()
    about: dict[str, Any] = {"country": code, "message": decision.id, "name": name, "given": decision}
    async with recorded("decide", "decide", **about) as became:
        answer = await process.decide(client, code, decision, sent_by=name)
        became.revision, became.reasons = answer.revision, tuple(one.key for one in answer.reasons)
        _say_answer(code, answer, as_json)


def _say_answer(code: str, answer: "DecisionAnswer", as_json: bool) -> None:
    from cli import process

    put_json(answer) if as_json else put(f"{code} has {answer.answer} the decision {answer.decision_id}.")
    if answer.warnings:
        tell("\n".join(["Doubtful, and shown beside it:", *process.reasons(answer.warnings)]))
    if answer.answer != "accepted":
        raise Failed("\n".join(["It was refused because:", *process.reasons(answer.reasons)]))


def _decision(file: Path | None, options: dict[str, Any]) -> "GcmDecision":
    from pydantic import TypeAdapter

    from cli import files
    from framework.decision_record import GcmDecision
    from workflows.process.decision_signals import understood

    given = {field.name: options[field.name] for field in fields(GcmDecision) if options.get(field.name)}
    if file is not None and given:
        raise typer.BadParameter("Give either a file or the options, not both.")
    if file is None and not ("kind" in given and "id" in given):
        raise typer.BadParameter("Give a file, or --kind and --id with what else the decision says.")
    content = files.read_json(file) if file is not None else given
    decision = files.understood(TypeAdapter(GcmDecision), content, file or Path("The decision"))
    if isinstance(why := understood(content), str):  # a country would put it aside unread, and never answer
        raise Failed(f"This is no decision that a country can read: {why}.")
    return decision
