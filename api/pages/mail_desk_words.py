"""What the desk calls the states of messages, and what there is to do about each."""

from collections.abc import Mapping
from types import MappingProxyType

from api.pages.catalogues import N_
from storage import ledger

STATES: Mapping[str, str] = MappingProxyType(
    {
        ledger.REFUSED: N_("refused for good"),
        ledger.GIVEN_UP: N_("given up"),
        ledger.BOUNCED: N_("came back"),
        ledger.NO_RECIPIENT: N_("nobody to write to"),
        ledger.UNKNOWN: N_("answer lost"),
        ledger.QUEUED: N_("waiting"),
        ledger.ATTEMPTING: N_("being sent"),
        ledger.HELD: N_("held for a digest"),
        ledger.IN_DIGEST: N_("in a digest"),
        ledger.SENT: N_("sent"),
    }
)
FAILED = (ledger.REFUSED, ledger.GIVEN_UP, ledger.BOUNCED, ledger.NO_RECIPIENT, ledger.UNKNOWN)
"""States in which a message has surely, or perhaps, not come to its reader."""

TODO: Mapping[str, str] = MappingProxyType(
    {
        ledger.REFUSED: N_("Correct the address, then close the task."),
        ledger.GIVEN_UP: N_("Send it by hand, or correct the address; then close the task."),
        ledger.BOUNCED: N_("Correct the address, then close the task."),
        ledger.NO_RECIPIENT: N_("Enter somebody who is to be written to."),
        ledger.UNKNOWN: N_("Ask the recipient: it may have arrived, and is not sent again."),
    }
)
RETURNS: Mapping[str, str] = MappingProxyType(
    {
        "failed": N_("not delivered"),
        "delayed": N_("delayed"),
        "delivered": N_("delivered"),
        "auto_reply": N_("automatic answer"),
        "unclear": N_("to be read by somebody"),
    }
)
