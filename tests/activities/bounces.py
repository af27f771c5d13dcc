"""Returned messages as mail servers and programs write them; all names and addresses are invented."""

KEY = "XAA-2027-reminder-1"
ORIGINAL = f"""\
From: Secretariat <mail@alliance.example>
To: Ada <ada@land.example>
Subject: A reminder
Message-ID: <{KEY}@alliance.example>

Please hand in your report.
"""
MACHINE = "Mail Delivery System <MAILER-DAEMON@mx.land.example>"


def message(body: str, content_type: str = "text/plain; charset=utf-8", **headers: str) -> bytes:
    """A message with these headers (underscores are hyphens)."""
    known = {"From": MACHINE, "To": "mail@alliance.example", "Subject": "Undelivered Mail Returned to Sender"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in {**known, **named}.items()]
    lines += ["MIME-Version: 1.0", f"Content-Type: {content_type}", "", body]
    return "\r\n".join("\n".join(lines).splitlines()).encode()


def report(
    action: str = "failed",
    status: str = "5.1.1",
    original: str = ORIGINAL,
    kind: str = "message/rfc822",
    more: str = "",
    status_type: str = "message/delivery-status",
    **headers: str,
) -> bytes:
    """A delivery report of RFC 3464."""
    body = f"""\
--=_b
Content-Type: text/plain

I'm sorry to have to inform you.

--=_b
Content-Type: {status_type}

Reporting-MTA: dns; mx.land.example
{more}
Final-Recipient: rfc822; ada@land.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <ada@land.example>: no such user

--=_b
Content-Type: {kind}

{original}
--=_b--
"""
    declared = 'multipart/report; report-type=delivery-status; boundary="=_b"'
    return message(body, declared, **headers)


def exim() -> bytes:
    """As Exim writes it: a header, and the original as text."""
    body = f"""\
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ada@land.example
    SMTP error from remote mail server after RCPT TO:<ada@land.example>:
    550 no such user

------ This is a copy of the message, including all the headers. ------

Return-path: <mail@alliance.example>
{ORIGINAL}"""
    return message(body, X_Failed_Recipients="ada@land.example")


def qmail() -> bytes:
    """As qmail writes it."""
    body = f"""\
Hi. This is the qmail-send program at land.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ada@land.example>:
This address no longer accepts mail. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <mail@alliance.example>
{ORIGINAL}"""
    return message(body, Subject="failure notice")


def out_of_office(**headers: str) -> bytes:
    """An answer by a machine."""
    return message(
        "I am away until 3 May.",
        **{
            "From": "Ada <ada@land.example>",
            "Subject": "Automatic reply: A reminder",
            "Auto_Submitted": "auto-replied",
            "In_Reply_To": f"<{KEY}@alliance.example>",
            **headers,
        },
    )


def persons_answer(text: str = "Who are you?") -> bytes:
    """An answer by a person, with our message quoted."""
    quoted = "".join(f"> {line}\n" for line in ORIGINAL.splitlines())
    headers = {"From": "Ada <ada@land.example>", "Subject": "Re: A reminder"}
    return message(f"{text}\n\n{quoted}", In_Reply_To=f"<{KEY}@alliance.example>", **headers)
