"""Finds the answer to a job: in the cache, from a worker, or already with the client."""

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.store import GenerationStore
from onrecord.web.account import Account
from onrecord.web.kept import Cache, Kept
from onrecord.web.replies import tag
from onrecord.workers import Answer, Job, Pool


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: from where, whether they have hung up, which tags they hold.

    `may_tag` is whether the answer to such a request may have a tag, `may_keep` whether we may
    keep it for others.
    """

    client: str
    is_gone: Callable[[], bool]
    holds: Callable[[str], bool]
    may_tag: bool
    may_keep: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: whole, or as it comes; neither where the client has it already.

    `tag` is empty where nobody may keep it.
    """

    tag: str
    whole: Kept | None = None
    stream: Answer | None = None


class Finder:
    """Finds the answers of one store."""

    def __init__(self, store: GenerationStore, cache: Cache, pool: Pool) -> None:
        self._store = store
        self._cache = cache
        self._pool = pool

    def find(self, job: Job, asker: Asker, noted: Account) -> Found:
        """Return the answer of a job; raises what the job or the pool raises."""
        may_tag = asker.may_tag and asker.may_keep
        edition = self._store.edition()
        known = tag(edition, job)
        if may_tag and asker.holds(known):
            return Found(known)
        kept = self._cache.get(known) if asker.may_keep else None
        if kept is not None:
            noted.is_kept = True
            return Found(known if may_tag else "", kept)
        answer = self._pool.answer(job, type(job).__name__, asker.client, asker.is_gone)
        noted.seconds = answer.seconds
        head = answer.head
        if head.edition != edition:
            known = tag(head.edition, job)
        shown = known if may_tag and head.is_lasting else ""
        if answer.rest is not None:
            return Found(shown, stream=answer)
        kept = Kept(head, answer.held)
        if asker.may_keep and head.is_lasting:
            self._cache.put(known, kept)
        return Found(shown, kept)
