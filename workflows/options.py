"""Timeouts and retries, by kind of effect. None of them ever fails a country: what can wait is tried for ever."""

from datetime import timedelta

from temporalio.common import RetryPolicy

WRITE_TIMEOUT = timedelta(seconds=30)
"""Start-to-close of an activity that writes rows or documents; a killed worker's attempt is repeated after it."""

POST_TIMEOUT = timedelta(seconds=30)
"""Start-to-close of handing messages to the post."""

AT_ONCE = timedelta(seconds=2)
"""Schedule-to-close of an effect that is tried within a workflow task, which may take ten seconds. For so long the answer to
whoever handed something in may wait while storage is away."""

ONCE = RetryPolicy(maximum_attempts=1)
"""Tried once: what then does not succeed is left to an activity."""

LETTER_TIMEOUT = timedelta(minutes=2)
"""Start-to-close of making a letter: a page takes a tenth of a second, a very long text some seconds (measured)."""

FOR_EVER = RetryPolicy(
    initial_interval=timedelta(seconds=1), backoff_coefficient=2.0, maximum_interval=timedelta(minutes=1)
)
"""Storage that is away comes back: no limit to the attempts."""

DELIVERY_TIMEOUT = timedelta(minutes=2)
"""Start-to-close of one SMTP conversation."""

DELIVERY_WINDOW = timedelta(days=5)
"""Schedule-to-close of a delivery: after that the message is given up and the Secretariat is told."""

DELIVERY = RetryPolicy(
    initial_interval=timedelta(minutes=1), backoff_coefficient=2.0, maximum_interval=timedelta(hours=1)
)

RETURNS_TIMEOUT = timedelta(minutes=20)
"""Start-to-close of one look into the return mailbox: fifty messages of a slow server."""

RETURNS_HEARTBEAT = timedelta(minutes=3)
"""How long one message of it may take."""

RETURNS = RetryPolicy(initial_interval=timedelta(seconds=10), maximum_attempts=3)
"""A mailbox that does not answer is left to the next look; the failed one shows."""
DIGEST_WINDOW = timedelta(hours=6)
"""Schedule-to-close of one reader's digest: after that it waits for the next round, and the others get theirs."""

UPDATES_PER_RUN = 1000
"""Continue as new after so many updates: the server refuses more than 2,000 in one run (measured)."""

PORTION = 500_000
"""Bytes of contents that go into one batch: with its rows it must stay below the 2 MB of a payload."""

MESSAGES_AT_ONCE = 40
BREATH = timedelta(milliseconds=1)
"""Signals read in one workflow task, and the timer that asks for the next: 300 at once took more than the two seconds
that a task may take (measured), and the country was wedged."""

INBOX_LIMIT = 500
"""Signals waiting unread; what arrives beyond is counted as refused, so that a flood cannot outgrow the state."""
