"""Delivers one message to one recipient, with a ledger that lets it go out once (REP-07)."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.attaching import NotAttached, attachments
from activities.smtp import Answer, SmtpServer, Verdict, hand_over
from contracts.names import return_token, without_addresses
from contracts.rows import Delivery, Happening, Outcome
from correspondence.message import AddressRefused, Sender, letter_for
from storage import ledger
from storage.documents import Documents
from storage.engine import Database

NOT_ACCEPTED = "MailNotAccepted"
"""The error type of an attempt that surely brought nothing to the reader: it is repeated."""

_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")

_FINAL = {
    Verdict.ACCEPTED: ledger.SENT,
    Verdict.REFUSED: ledger.REFUSED,
    Verdict.UNKNOWN: ledger.UNKNOWN,
}


class Postman:
    """The activities of a delivery."""

    def __init__(
        self,
        database: Database,
        server: SmtpServer,
        sender: Sender,
        documents: Documents | None = None,
        return_path: str = "",
    ) -> None:
        """`documents`: where attachments are read. `return_path`: the envelope's sender; `{token}` in it becomes what
        stands for the message. Empty: the sender's own address.
        """
        self._database = database
        self._server = server
        self._sender = sender
        self._documents = documents
        self._return_path = return_path

    @activity.defn(name="deliver")
    async def deliver(self, delivery: Delivery) -> Outcome:
        """Tries once. Returns the outcome that stands; raises ApplicationError when another attempt is safe.

        An attempt whose answer was lost is `unknown` and not repeated. An attempt after one that never
        reported (its worker was killed) sends with the same identity and is marked as possible duplicate.
        """
        if (known := _known_from_earlier_attempt()) is not None:
            return await ledger.finish(self._database, delivery, known)
        attempt = await ledger.begin(self._database, delivery)
        if attempt.standing is not None:
            return attempt.standing
        answer = await self._send(delivery)
        if answer.verdict is Verdict.LATER:
            await ledger.postpone(self._database, delivery.key, _postponed(answer, attempt))
            # Logs and the Temporal UI show this; servers like to repeat the address.
            why = without_person(without_addresses(answer.text), delivery)
            raise ApplicationError(f"not accepted yet: {why}", type=NOT_ACCEPTED)
        outcome = _outcome(answer, attempt)
        # Should the ledger be away now, the next attempt learns from this that nothing is left to send.
        activity.heartbeat(outcome)
        return await ledger.finish(self._database, delivery, outcome)

    @activity.defn(name="report_outcome")
    async def report_outcome(self, delivery: Delivery, outcome: Outcome) -> Outcome:
        """Enters an outcome that no attempt could enter, and returns the one that stands."""
        return await ledger.finish(self._database, delivery, outcome)

    async def _send(self, delivery: Delivery) -> Answer:
        try:
            attached = await attachments(self._documents, delivery)
            letter = letter_for(delivery, self._sender, datetime.now(UTC), attached)
        except AddressRefused as error:
            return Answer(Verdict.REFUSED, str(error))
        except NotAttached as error:
            return Answer(Verdict.LATER, str(error))
        if self._return_path:
            back_to = self._return_path.replace("{token}", return_token(delivery.key))
            letter = replace(letter, sender=back_to)
        return await hand_over(self._server, letter)


def without_person(text: str, delivery: Delivery) -> str:
    """What a mail server said, without addresses and without the recipient, whom servers like to repeat."""
    text = _ADDRESS.sub("(address)", text)
    for personal in (delivery.to_email.partition("@")[0], delivery.to_name):
        if personal:
            text = re.sub(re.escape(personal), "(recipient)", text, flags=re.IGNORECASE)
    return text


def _outcome(answer: Answer, attempt: ledger.Attempt) -> Outcome:
    return Outcome(
        state=_FINAL[answer.verdict],
        at=datetime.now(UTC),
        answer=answer.text,
        attempts=attempt.number,
        possible_duplicate=attempt.earlier_unreported or answer.verdict is Verdict.UNKNOWN,
    )


def _postponed(answer: Answer, attempt: ledger.Attempt) -> Happening:
    now = datetime.now(UTC)
    pause = _pause()
    return Happening(
        what="postponed",
        at=now,
        attempt=attempt.number,
        said=answer.text,
        again_at=now + pause if pause is not None else None,
    )


def _pause() -> timedelta | None:
    """How long Temporal waits before the next attempt, by the policy that the delivery gave it."""
    info = activity.info()
    policy = info.retry_policy
    if policy is None:
        return None
    longest = policy.maximum_interval or policy.initial_interval * 100
    doublings = min(info.attempt - 1, 60)  # beyond that the longest pause has been reached
    return min(policy.initial_interval * policy.backoff_coefficient**doublings, longest)


def _known_from_earlier_attempt() -> Outcome | None:
    details = activity.info().heartbeat_details
    return Outcome.model_validate(details[0]) if details else None
