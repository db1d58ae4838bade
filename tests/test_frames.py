"""What a worker says to the server, frame by frame."""

import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from onrecord.errors import BadQuery
from onrecord.workers.frames import End, Head, Outlet, heard

HEAD = Head("text/csv", "1-abc", 200, (("Location", "http://a/"),), is_lasting=False)


@pytest.fixture
def ends() -> Iterator[tuple[Connection, Connection]]:
    server, worker = multiprocessing.Pipe()
    with server, worker:
        yield server, worker


def test_a_short_answer_is_one_frame_though_the_engine_flushes(
    ends: tuple[Connection, Connection],
) -> None:
    server, worker = ends
    out = Outlet(worker)
    out.begin(HEAD)
    out.write(b"a,b")
    out.flush()
    out.write(b"\r\n")
    out.end(End({"parse": 0.5}))
    assert heard(server.recv_bytes()) == (HEAD, b"a,b\r\n", End({"parse": 0.5}))
    assert not server.poll()


def test_a_long_answer_comes_in_parts(ends: tuple[Connection, Connection]) -> None:
    server, worker = ends
    out = Outlet(worker)
    out.begin(HEAD)
    out.write(b"x" * 70_000)
    assert heard(server.recv_bytes()) == (HEAD,)
    assert heard(server.recv_bytes()) == (b"x" * 70_000,)
    out.write(b"y")
    out.end(End({}, is_last=True))
    assert heard(server.recv_bytes()) == (b"y",)
    assert heard(server.recv_bytes()) == (End({}, is_last=True),)


def test_a_refusal_comes_with_its_words(ends: tuple[Connection, Connection]) -> None:
    server, worker = ends
    Outlet(worker).end(End({}, refusal=BadQuery("line 1: no")))
    (end,) = heard(server.recv_bytes())
    assert isinstance(end, End)
    assert (type(end.refusal), str(end.refusal)) == (BadQuery, "line 1: no")
