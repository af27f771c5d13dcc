"""A person is forgotten by a process: in all that it carries, and in the documents of its closed years."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError
from temporalio import workflow

from contracts.personal import Erased, Erasure, Rewriting, Rewritten
from contracts.record import Content
from framework.findings import problem
from framework.forgetting import Forgetting
from framework.terms import Role
from workflows import options
from workflows.process.plain import sha256_of
from workflows.refusing import refusal

State = TypeVar("State", bound=Any)

MAY_ERASE = (Role.SECRETARIAT, Role.OPERATOR)
_DIGEST = re.compile(r"[0-9a-f]{64}")


def examine(erasure: Erasure, held: set[str]) -> None:
    """Refuses whoever may not erase, and to forget somebody to whom one of the addresses `held` in a mandate belongs."""
    if erasure.actor.role not in MAY_ERASE:
        who = ", ".join(role.value for role in MAY_ERASE)
        raise refusal(problem("submission.role", "actor", role=erasure.actor.role.value, who=who))
    wanted = {one.strip().casefold() for one in erasure.addresses}
    if wanted & {one.strip().casefold() for one in held if one}:
        raise refusal(problem("person_erasure.holds_mandate", "addresses"))


async def erase(state_of: Callable[[], State], erasure: Erasure) -> Erased:
    """Has documents written anew until none is left that came meanwhile, then changes the state in place."""
    done, rewritten = set[str](), Rewritten()
    while True:
        state = state_of()
        archives = [one for one in state.archives if one.sha256 not in done]
        contents = sorted(set(_DIGEST.findall(state.model_dump_json())) - done)
        if not archives and not contents:
            break
        found: Rewritten = await workflow.execute_activity(
            "erase_in_documents",
            Rewriting(erasure=erasure, contents=contents, archives=archives),
            result_type=Rewritten,
            start_to_close_timeout=options.WRITE_TIMEOUT,
            retry_policy=options.FOR_EVER,
            summary="documents without a person",
        )
        rewritten.contents |= found.contents
        rewritten.archives |= found.archives
        done |= {*contents, *(one.sha256 for one in archives)}
    changed = _apply(state_of(), erasure, rewritten)
    return Erased(changed=changed, contents=sorted(rewritten.contents), archives=sorted(rewritten.archives))


def _apply(state: Any, erasure: Erasure, rewritten: Rewritten) -> bool:
    before = state.model_dump(mode="json")
    forget = Forgetting(tuple(erasure.addresses), tuple(erasure.names), erasure.pseudonym)
    digests = rewritten.contents | _contents_anew(state.outbox.contents, forget)
    after = _renamed(forget.within(before), digests)
    after["archives"] = [
        vars(rewritten.archives[one["sha256"]]) if one["sha256"] in rewritten.archives else one
        for one in before["archives"]
    ]
    if after == before:
        return False
    try:
        made = type(state).model_validate(after)
    except ValidationError as error:  # any other exception would wedge the process instead of answering
        raise refusal(
            problem("person_erasure.not_possible", "names", places=str(error.error_count()))
        ) from None
    for name in type(state).model_fields:  # in place: what is under way holds on to this state
        setattr(state, name, getattr(made, name))
    return True


def _contents_anew(contents: list[Content], forget: Forgetting) -> dict[str, str]:
    return {one.sha256: sha256_of(forget.within(one.body)) for one in contents}


def _renamed(value: Any, digests: dict[str, str]) -> Any:
    if isinstance(value, str):
        return digests.get(value, value)
    if isinstance(value, dict):
        return {key: _renamed(one, digests) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, digests) for one in value]
    return value
