"""What Prometheus scrapes: requests as they are answered, the rest as it stands when asked."""

import platform
from collections.abc import Iterator
from importlib.metadata import version
from typing import Final
from wsgiref.types import WSGIEnvironment

from flask import Request, Response
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from onrecord import __version__
from onrecord.web.account import Account
from onrecord.web.replies import reply
from onrecord.web.watch import Watch

_METHODS: Final = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}
_REASONS: Final = ("time", "memory", "operator", "gone", "crash")
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The metrics of one application."""

    def __init__(self, watch: Watch) -> None:
        # a series more for each, of when it was first counted
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "onrecord_requests",
            "Requests that were answered.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "onrecord_request_seconds",
            "Time from the request to the last byte of its answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._bytes = Counter(
            "onrecord_answer_bytes", "Bytes of answers.", ("route",), registry=self._registry
        )
        self._broken = Counter(
            "onrecord_answers_broken_off",
            "Answers that ended before they were whole.",
            ("route",),
            registry=self._registry,
        )
        built = Info("onrecord_build", "What is running.", registry=self._registry)
        built.info(
            {
                "version": __version__,
                "engine": version("pyoxigraph"),
                "python": platform.python_version(),
            }
        )
        ProcessCollector(registry=self._registry)
        self._registry.register(_Standing(watch))

    def count(self, environ: WSGIEnvironment, found: Account) -> None:
        """Count a request that was answered."""
        method = environ.get("REQUEST_METHOD", "")
        route = found.route or "none"
        # what a client can spell as it likes must not make a new series each time
        known = method if method in _METHODS else "other"
        self._requests.labels(known, route, str(found.status)).inc()
        self._seconds.labels(route).observe(found.took)
        self._bytes.labels(route).inc(found.size)
        if found.is_broken:
            self._broken.labels(route).inc()

    def told(self, request: Request) -> Response:
        """Answer how things stand."""
        write, content_type = choose_encoder(request.headers.get("Accept", ""))
        return reply(write(self._registry), content_type)


class _Standing(Collector):
    """What is looked up when somebody asks."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def collect(self) -> Iterator[Metric]:
        yield from self._pools()
        cache = self._watch.cache
        yield CounterMetricFamily("onrecord_cache_hits", "Kept answers.", cache.hits)
        yield CounterMetricFamily("onrecord_cache_misses", "New answers.", cache.misses)
        yield GaugeMetricFamily("onrecord_cache_bytes", "Bytes that are kept.", cache.size)
        found = self._watch.generation()
        if found:
            yield GaugeMetricFamily("onrecord_generation", "The current one.", found.number)
        if found and found.quads is not None:
            yield GaugeMetricFamily("onrecord_quads", "Quads of it.", found.quads)

    def _pools(self) -> Iterator[Metric]:
        kills = CounterMetricFamily(
            "onrecord_reader_kills", "Workers that were ended.", labels=("pool", "reason")
        )
        starts = CounterMetricFamily(
            "onrecord_reader_starts", "Workers that were started.", labels=("pool",)
        )
        running = GaugeMetricFamily("onrecord_running", "Jobs being done.", labels=("pool",))
        waiting = GaugeMetricFamily("onrecord_waiting", "Jobs in the line.", labels=("pool",))
        for name, pool in self._watch.pools.items():
            for reason in _REASONS:
                kills.add_metric((name, reason), pool.kills[reason])
            starts.add_metric((name,), pool.starts)
            running.add_metric((name,), len(pool.running()))
            waiting.add_metric((name,), pool.waiting)
        yield from (kills, starts, running, waiting)
