"""Whether a reader answers: asked once at a time, however many want to know."""

import threading
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final

from onrecord.errors import LimitReached, NoGeneration, TooSlow
from onrecord.store import GenerationStore
from onrecord.workers import Head, Outlet, Pool

_LEAST: Final = "ASK {}"
_PATIENCE: Final = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class Least:
    """The least that a reader can be asked."""

    def run(self, record: GenerationStore, out: Outlet) -> None:
        """Tell that the current generation can be asked."""
        with record.read() as snapshot:
            snapshot.query(_LEAST)
            out.begin(Head("text/plain", record.edition(snapshot)))


class Probe:
    """Asks the readers of a pool for the least that they can do."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._guard = threading.Lock()
        self._asked: Future[None] | None = None

    def refusal(self) -> LimitReached | NoGeneration | None:
        """Return why no reader answered within a second, None where one did."""
        try:
            self._answer().result(_PATIENCE)
        except TimeoutError:
            return TooSlow(f"no reader answered within {_PATIENCE:g} s")
        except (LimitReached, NoGeneration) as error:
            return error
        return None

    def _answer(self) -> Future[None]:
        """Return the answer that is awaited already, else to a new question."""
        with self._guard:
            if self._asked is None or self._asked.done():
                self._asked = Future()
                threading.Thread(target=self._ask, args=(self._asked,), daemon=True).start()
            return self._asked

    def _ask(self, asked: Future[None]) -> None:
        try:
            self._pool.answer(Least(), "Least")
        except Exception as error:
            asked.set_exception(error)
        else:
            asked.set_result(None)
