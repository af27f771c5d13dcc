"""The pages of the local mailbox: server-rendered, without scripts, every text of a mail escaped."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Annotated
from urllib.parse import quote

from fastapi import FastAPI, HTTPException, Query, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from api import headers
from launch.mail_store import Mail, MailStore

LONGEST_LIST = 500

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #ccc; padding: .4rem .6rem; text-align: left; vertical-align: top; }
pre { background: #f5f5f5; overflow-wrap: anywhere; padding: 1rem; white-space: pre-wrap; }
"""
_SAFETY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class AttachmentSummary(BaseModel):
    """An attachment as the JSON of the mailbox tells it; size in bytes."""

    name: str
    content_type: str
    size: int
    url: str


class MailSummary(BaseModel):
    """A mail as the JSON of the mailbox tells it; `received` is in UTC."""

    key: str
    received: datetime
    sender: str
    recipients: list[str]
    subject: str
    date: str
    message_id: str
    text: str
    headers: list[tuple[str, str]]
    attachments: list[AttachmentSummary]


Recipient = Annotated[str, Query(description="Only mails delivered to this address")]


def build_page(store: MailStore) -> FastAPI:
    """The web application over these mails; every page forbids scripts.

    All on one thread with the SMTP side (hence `async` without an await): a Maildir does not bear several.
    """
    app = FastAPI(title="Local mailbox", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/", response_class=HTMLResponse)
    async def mails(to: Recipient = "") -> HTMLResponse:
        return _html("Local mailbox", _list(store.newest_first(to), to))

    @app.get("/messages/{key}", response_class=HTMLResponse)
    async def mail(key: str) -> HTMLResponse:
        found = _found(store, key)
        return _html(found.subject, _one(found))

    @app.get("/messages/{key}/attachments/{number}")
    async def attachment(key: str, number: int) -> Response:
        return _download(_found(store, key), number)

    @app.get("/api/messages")
    async def api_mails(to: Recipient = "") -> list[MailSummary]:
        return [_summary(one) for one in store.newest_first(to)]

    @app.get("/api/messages/{key}")
    async def api_mail(key: str) -> MailSummary:
        return _summary(_found(store, key))

    @app.get("/style.css")
    async def style() -> Response:
        return Response(_STYLE, media_type="text/css", headers=_SAFETY)

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    headers.install(app, "")
    return app


def _found(store: MailStore, key: str) -> Mail:
    mail = store.find(key)
    if mail is None:
        raise HTTPException(404, "There is no such mail.")
    return mail


def _html(title: str, body: str) -> HTMLResponse:
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>'
        f"<body>{body}</body></html>"
    )
    return HTMLResponse(page, headers=_SAFETY)


def _list(mails: list[Mail], to: str) -> str:
    filled = escape(to, quote=True)
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Received (UTC)", "To", "From", "Subject"))
    more = f"<p>The newest {LONGEST_LIST} are shown.</p>" if len(mails) > LONGEST_LIST else ""
    return (
        "<h1>Local mailbox</h1><p>Mail sent from here arrives here and goes nowhere else.</p>"
        f'<form action="/"><label>Only to <input name="to" value="{filled}"></label>'
        " <button>Show</button></form>"
        f"<p>{len(mails)} mails</p>{more}<table><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(map(_row, mails[:LONGEST_LIST]))}</tbody></table>"
    )


def _row(mail: Mail) -> str:
    link = f'<a href="/messages/{quote(mail.key)}">{escape(mail.subject)}</a>'
    cells = (
        f"{mail.received:%Y-%m-%d %H:%M:%S}",
        *map(escape, (", ".join(mail.recipients), mail.sender)),
        link,
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _one(mail: Mail) -> str:
    headers = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>'
        for name, value in mail.headers
    )
    files = "".join(
        f'<li><a href="{_path(mail, number)}">{escape(file.name)}</a>'
        f" ({escape(file.content_type)}, {len(file.content)} bytes)</li>"
        for number, file in enumerate(mail.attachments)
    )
    attached = f"<h2>Attachments and other parts</h2><ul>{files}</ul>" if files else ""
    return (
        f'<p><a href="/">All mails</a></p><h1>{escape(mail.subject)}</h1><table>{headers}</table>'
        f"<pre>{escape(mail.text)}</pre>{attached}"
    )


def _path(mail: Mail, number: int) -> str:
    return f"/messages/{quote(mail.key)}/attachments/{number}"


def _download(mail: Mail, number: int) -> Response:
    if not 0 <= number < len(mail.attachments):
        raise HTTPException(404, "There is no such attachment.")
    file = mail.attachments[number]
    disposition = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    headers = {**_SAFETY, "Content-Disposition": disposition}
    return Response(file.content, media_type="application/octet-stream", headers=headers)


def _summary(mail: Mail) -> MailSummary:
    return MailSummary(
        **{name: getattr(mail, name) for name in MailSummary.model_fields if name != "attachments"},
        attachments=[
            AttachmentSummary(
                name=file.name,
                content_type=file.content_type,
                size=len(file.content),
                url=_path(mail, number),
            )
            for number, file in enumerate(mail.attachments)
        ],
    )
