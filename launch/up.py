"""`pathfinder up`: the whole of Pathfinder on one machine, from an empty folder or from where it was."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from connection.keys import ensure_ring, read_ring
from connection.wanted import TLS_VARIABLES
from launch.leftovers import AlreadyRunning, end_leftovers, only_one
from launch.ports import NeededPort, PortsTaken, check_ports
from launch.services import Job, RestartPolicy, Service, Step, accepts_connections, answers_ok
from launch.sign_in_link import tell_first
from launch.supervisor import Supervisor
from launch.temporal_server import command_line, find_binary
from settings import Settings, SettingsError, variable_of, write_secret

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SAMPLE_FILE = SAMPLES / "alliance.csv"
DIRECTORY_FILE = SAMPLES / "directory.csv"

WORKER_GRACE_SECONDS = 5.0
"""Shorter than in production: whoever presses Ctrl-C waits for it, and an activity cut off is done again."""

_LOCAL_HOSTS = ("127.0.0.1", "localhost")
_EVERYWHERE = ("0.0.0.0", "::")


def run(settings: Settings) -> int:
    """Start everything and keep it running until Ctrl-C or SIGTERM.

    Returns 0 after a stop that was asked for, 1 when a part failed for good, and 2 when nothing was started:
    a port is taken, another `up` uses the same folder, or a setting cannot be used; stderr says which.
    """
    settings.var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)  # names and addresses of people lie in it
    try:
        with only_one(settings.var_dir / "run"):
            end_leftovers(settings.var_dir / "run", say)
            check_ports(needed_ports(settings))
            prepare_secrets(settings)
            plan = plan_of(settings, asyncio.run(find_binary(settings.var_dir / "bin")))
            return supervise(plan, settings)
    except (AlreadyRunning, PortsTaken, SettingsError) as refusal:
        print(refusal, file=sys.stderr)
        return 2


def prepare_secrets(settings: Settings) -> None:
    """Make what is secret and missing. The path by which the Temporal UI has payloads opened is new at each start.

    Raises SettingsError when there is a key ring that cannot be used.
    """
    settings.ensure_token_secret()
    ensure_ring(settings)
    read_ring(settings)
    write_secret(settings.ui_codec_file, secrets.token_urlsafe(24))


def supervise(plan: Sequence[Step], settings: Settings, policy: RestartPolicy | None = None) -> int:
    """Run this plan under the supervisor, telling the user what happens; returns the exit code."""
    if not settings.sample:
        _decline_sample(settings)
    supervisor = Supervisor(plan, settings.var_dir, say=say, policy=policy)
    code = asyncio.run(supervisor.run(when_up=lambda: _tell_that_it_is_up(settings)))
    say("Stopped. The next start goes on from here." if code == 0 else "Stopped.")
    return code


def _tell_that_it_is_up(settings: Settings) -> None:
    """Says where everything is; and, the first time, how to sign in, as soon as the seats are on record."""
    say(summary(settings))
    task = asyncio.get_running_loop().create_task(tell_first(settings, say))
    _TELLING.add(task)
    task.add_done_callback(_TELLING.discard)


_TELLING: set[asyncio.Task[None]] = set()
"""A loop forgets tasks that nobody holds."""


def say(line: str) -> None:
    """Tell the user; a terminal that has gone away is no reason to stop."""
    with contextlib.suppress(OSError):
        print(line, flush=True)


def needed_ports(settings: Settings) -> list[NeededPort]:
    """The ports that `up` listens on, each with the variable that changes it."""
    local = "127.0.0.1"
    wanted = [
        ("the API", settings.bind_host, "api_port"),
        ("the Temporal server", local, "temporal_port"),
        ("the Temporal UI", local, "temporal_ui_port"),
    ]
    if has_mailbox(settings):
        wanted += [("mail to the local mailbox", settings.bind_host, "smtp_port")]
        wanted += [("the local mailbox's page", settings.bind_host, "mailbox_port")]
    return [NeededPort(why, host, getattr(settings, name), variable_of(name)) for why, host, name in wanted]


def has_mailbox(settings: Settings) -> bool:
    """Whether mail goes to a mailbox of our own: unless the settings name a real SMTP server elsewhere."""
    return settings.smtp_host in _LOCAL_HOSTS


def ui_codec_endpoint(settings: Settings) -> str:
    """Where the UI has payloads opened; empty where the API does not listen on loopback. See `api.codec`."""
    if settings.bind_host not in (*_LOCAL_HOSTS, *_EVERYWHERE):
        return ""
    return f"http://127.0.0.1:{settings.api_port}/api/v1/codec/ui/{settings.read_ui_codec()}"


def plan_of(settings: Settings, temporal: Path) -> list[Step]:
    """What `up` runs, in order; it stops in the opposite order, so that the Temporal server goes last."""
    env = environment_of(settings)
    python = (sys.executable, "-m")
    host = "127.0.0.1" if settings.bind_host in _EVERYWHERE else settings.bind_host
    api = (
        "uvicorn",
        "api.app:create_app",
        "--factory",
        "--no-proxy-headers",
        "--timeout-graceful-shutdown",
        "2",
    )
    address = ("--host", settings.bind_host, "--port", str(settings.api_port))
    plan: list[Step] = [
        Service(
            "temporal",
            command_line(temporal, settings, ui_codec_endpoint(settings)),
            ready=accepts_connections("127.0.0.1", settings.temporal_port),
        ),
        Job("migrate", (*python, "cli.main", "migrate"), env),
        Service("worker", (*python, "worker"), env, stop_seconds=WORKER_GRACE_SECONDS + 2),
        Service(
            "api",
            (*python, *api, *address),
            env,
            ready=answers_ok(f"http://{host}:{settings.api_port}/api/v1/health/ready"),
        ),
        Job(
            "directory",
            (*python, "cli.main", "appoint", str(DIRECTORY_FILE)),
            env,
            needed=False,
            marker=_sample_marker(settings, "directory"),
        ),
        Job(
            "sample",
            (*python, "cli.main", "import", str(SAMPLE_FILE)),
            env,
            needed=False,
            marker=_sample_marker(settings),
        ),
    ]
    if has_mailbox(settings):
        page = answers_ok(f"http://{host}:{settings.mailbox_port}/health")
        plan.insert(1, Service("mailbox", (*python, "launch.mailbox"), env, ready=page, stop_seconds=2.0))
    return plan


def environment_of(settings: Settings) -> dict[str, str]:
    """What the processes of `up` are told: the derived settings, and the Temporal server of this `up`."""
    return {
        "PATHFINDER_VAR_DIR": str(settings.var_dir),
        "PATHFINDER_TEMPORAL_ADDRESS": f"127.0.0.1:{settings.temporal_port}",
        "PATHFINDER_TEMPORAL_NAMESPACE": settings.temporal_namespace,
        "PATHFINDER_DATABASE_URL": settings.database_url,
        "PATHFINDER_DOCUMENTS_URL": settings.documents_url,
        "PATHFINDER_PUBLIC_URL": settings.public_url,
        "PATHFINDER_SMTP_HOST": settings.smtp_host,
        "PATHFINDER_SMTP_PORT": str(settings.smtp_port),
        "PATHFINDER_MAILBOX_PORT": str(settings.mailbox_port),
        "PATHFINDER_BIND_HOST": settings.bind_host,
        "PATHFINDER_WORKER_GRACE_SECONDS": str(WORKER_GRACE_SECONDS),
        "PATHFINDER_TEMPORAL_UI_URL": f"http://127.0.0.1:{settings.temporal_ui_port}",
    } | dict.fromkeys(TLS_VARIABLES, "")  # the server of this `up` is on loopback and speaks no TLS


def summary(settings: Settings) -> str:
    """Where everything is, and how to stop it."""
    ui = f"http://127.0.0.1:{settings.temporal_ui_port}/namespaces/{settings.temporal_namespace}/workflows"
    mail = (
        f"http://127.0.0.1:{settings.mailbox_port}/"
        if has_mailbox(settings)
        else f"sent through {settings.smtp_host}:{settings.smtp_port}"
    )
    return (
        "\nPathfinder is up.\n"
        f"  Pages for people              {settings.public_url}/\n"
        f"  API, with its documentation   http://127.0.0.1:{settings.api_port}/api/v1/docs\n"
        f"  Temporal UI                   {ui}\n"
        f"  Mail                          {mail}\n"
        f"  Logs                          {settings.var_dir / 'log'}\n"
        f"Ctrl-C here, or `kill {os.getpid()}`, stops everything; the next start goes on from there.\n"
    )


def _sample_marker(settings: Settings, part: str = "sample") -> Path:
    return settings.var_dir / part


def _decline_sample(settings: Settings) -> None:
    """Remember a first start without the sample: a later one must not mix it into real countries."""
    for marker in (_sample_marker(settings), _sample_marker(settings, "directory")):
        if not marker.exists():
            marker.parent.mkdir(parents=True, exist_ok=True)
            marker.write_text("declined\n", encoding="ascii")
