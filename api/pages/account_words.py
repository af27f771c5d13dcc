"""What a program may do, in the words of whoever makes a token for it."""

from collections.abc import Mapping
from types import MappingProxyType

from access.table import Action
from api.pages.catalogues import N_

MAY: Mapping[Action, str] = MappingProxyType(
    {
        Action.READ: N_("Read countries, their papers, decisions and history"),
        Action.READ_TASK: N_("Read tasks"),
        Action.READ_CONTACTS: N_("Read who speaks for a country"),
        Action.READ_DOCUMENT: N_("Download documents"),
        Action.READ_EVIDENCE: N_("Read evidence"),
        Action.READ_LETTER: N_("Read letters"),
        Action.READ_DRAFTS: N_("Read drafts of letters"),
        Action.READ_REFUSALS: N_("Read which messages were refused"),
        Action.READ_INBOX: N_("Read the inbox"),
        Action.READ_TASK_DRAFT: N_("Read drafts of papers"),
        Action.SAVE_TASK_DRAFT: N_("Save drafts of papers"),
        Action.REGISTER: N_("Register an expression of interest"),
        Action.SUBMIT: N_("Hand in papers and put acts on record"),
        Action.REQUEST_EXTENSION: N_("Ask for a later date"),
        Action.GRANT_EXTENSION: N_("Grant or refuse a later date"),
        Action.REQUEST_REACTIVATION: N_("Ask for the return to active status"),
        Action.CHANGE_CONTACTS: N_("Change who speaks for a country"),
        Action.HAND_OVER: N_("Name successors and contributors"),
        Action.ACCEPT_MANDATE: N_("Accept a mandate"),
        Action.READ_BRIEF: N_("Read hand-over briefs"),
        Action.READ_RISKS: N_("Read which countries hang by a single contact"),
        Action.CHANGE_POLICY: N_("Change settings of the policy"),
        Action.DECIDE: N_("Send decisions of the Global Coordinating Group"),
        Action.READ_ITEMS: N_("Read items to be decided"),
        Action.KEEP_ITEMS: N_("Put items on the agenda and take them off"),
        Action.TAKE_POSITION: N_("Take a position on an item"),
        Action.READ_REVIEWS: N_("Read reviews"),
        Action.REVIEW: N_("Comment on reports and review years"),
        Action.UPLOAD: N_("Upload documents"),
        Action.READ_MAIL: N_("Read what was sent by mail"),
        Action.READ_RETURNS: N_("Read what came back by mail"),
        Action.SEE_TO_RETURN: N_("Mark what came back as seen to"),
        Action.READ_BOARD: N_("Read the board"),
        Action.ACT_IN_BULK: N_("Act in many countries at once"),
        Action.ACT_ON_LETTERS: N_("Edit, approve and publish letters"),
        Action.READ_OPERATIONS: N_("Read how this installation works"),
        Action.KEEP_CALENDAR: N_("Keep the address of a calendar"),
        Action.KEEP_CALENDARS_OF_OTHERS: N_("Keep the addresses of other people's calendars"),
        Action.READ_AUDIT: N_("Read the record of acts"),
        Action.VERIFY_AUDIT: N_("Verify the record of acts"),
        Action.OPEN_PAYLOADS: N_("Open what Temporal keeps sealed"),
        Action.EXPORT_PERSON: N_("Export what is held about a person"),
        Action.ERASE_PERSON: N_("Erase a person"),
        Action.JOIN_ADDRESSES: N_("Say that two addresses are one person"),
    }
)
