"""What an operator sees of a server, and what they can stop."""

import json
import time
from collections.abc import Mapping
from typing import Any

from flask import Request, Response
from werkzeug.exceptions import NotFound

from onrecord import __version__
from onrecord.store import Generation, GenerationStore
from onrecord.web.kept import Cache
from onrecord.web.probe import Probe
from onrecord.web.replies import page, prefers_page, reply
from onrecord.web.results import JSON
from onrecord.workers import Pool


class Watch:
    """The workers and the generation of one server; the first pool is that of the readers."""

    def __init__(self, store: GenerationStore, pools: Mapping[str, Pool], cache: Cache) -> None:
        self.pools = pools
        self.cache = cache
        self._store = store
        self._probe = Probe(next(iter(pools.values())))

    def generation(self) -> Generation | None:
        """Return what is known of the current generation, without opening it."""
        return next((found for found in self._store.generations() if found.current), None)

    def status(self, request: Request) -> Response:
        """Answer what is being done, what waits, and what had to be ended."""
        state = self._state()
        if prefers_page(request, JSON):
            return reply(page("status.html", **state), "text/html; charset=utf-8")
        return reply(json.dumps(state, indent=1), JSON.media_type)

    def stop(self, request: Request, number: int) -> Response:
        """End a job; raises NotFound where none has that number."""
        if not any([pool.stop(number) for pool in self.pools.values()]):
            raise NotFound(f"no job {number} is being done; GET /status lists those that are")
        if request.method == "POST" and prefers_page(request, JSON):
            return Response(status=303, headers={"Location": "/status"})
        return Response(status=204)

    def ready(self) -> Response:
        """Answer whether a reader answers."""
        refusal = self._probe.refusal()
        if refusal is None:
            return reply(json.dumps({"ok": True}), JSON.media_type)
        said = {"ok": False, "why": str(refusal)}
        return reply(json.dumps(said), JSON.media_type, status=503)

    def _state(self) -> dict[str, Any]:
        found = self.generation()
        now = time.time()
        running = [
            {
                "number": job.number,
                "kind": job.what,
                "pool": name,
                "client": job.client,
                "seconds": round(now - job.since, 1),
                "pid": job.pid,
            }
            for name, pool in self.pools.items()
            for job in pool.running()
        ]
        return {
            "version": __version__,
            "generation": found.number if found else None,
            "quads": found.quads if found else None,
            "running": running,
            "pools": {name: _pool(pool) for name, pool in self.pools.items()},
            "cache": {
                "hits": self.cache.hits,
                "misses": self.cache.misses,
                "bytes": self.cache.size,
            },
        }


def _pool(pool: Pool) -> dict[str, Any]:
    return {
        "waiting": pool.waiting,
        "kills": dict(pool.kills),
        "starts": pool.starts,
        "walled": pool.walls,
    }
