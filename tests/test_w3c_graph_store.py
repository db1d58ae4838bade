"""The cases of the W3C's SPARQL 1.1 Graph Store Protocol manifest, by name and in its order.

Each builds on what the ones before it did, as in the manifest. Two slips of its Turtle edition
are mended: a graph is put again at the address where it was put, and the payload that does not
match its media type is one that does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pytest
import rdflib

from tests.plain import Client, Told, plain

TURTLE: Final = "text/turtle; charset=utf-8"
FOAF: Final = rdflib.Namespace("http://xmlns.com/foaf/0.1/")
VCARD: Final = rdflib.Namespace("http://www.w3.org/2006/vcard/ns#")
BOUNDARY: Final = "a-boundary-of-parts"
PARTS: Final = (("lastName.ttl", "familyName 'Doe'"), ("firstName.ttl", "givenName 'Jane'"))

PERSON_1: Final = "graphs/person/1.ttl"
PERSON_2: Final = "graphs/person/2.ttl"


@dataclass
class World:
    """A graph store while the cases run over it."""

    client: Client
    minted: str = field(default="")

    def put(self, path: str, graph: rdflib.Graph) -> Told:
        return self.client.send("PUT", path, graph.serialize(format="turtle"), TURTLE)

    def post(self, path: str, turtle: str) -> Told:
        return self.client.send("POST", path, turtle, TURTLE)

    def holds(self, path: str, graph: rdflib.Graph) -> bool:
        """Return whether a GET answers with a graph, in Turtle."""
        told = self.client.send("GET", path, Accept="text/turtle")
        assert (told.status, told.headers["Content-Type"]) == (200, TURTLE), told.body
        return rdflib.Graph().parse(data=told.body, format="turtle").isomorphic(graph)

    @property
    def person(self) -> rdflib.URIRef:
        return rdflib.URIRef(f"{self.client.address}graphs/person/1")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with plain(tmp_path_factory.mktemp("graphs") / "data") as client:
        yield World(client)


def card(person: rdflib.term.Node, said: str, word: str = "fn", **more: str) -> rdflib.Graph:
    """Return a person with a card that gives a name."""
    graph, node = rdflib.Graph(), rdflib.BNode()
    graph.add((person, rdflib.RDF.type, FOAF.Person))
    graph.add((person, FOAF.businessCard, node))
    graph.add((node, rdflib.RDF.type, VCARD.VCard))
    graph.add((node, VCARD[word], rdflib.Literal(said)))
    for key, value in more.items():
        graph.add((person, FOAF[key], rdflib.Literal(value)))
    return graph


def alice() -> rdflib.Graph:
    return card(rdflib.BNode(), "Alice", "given-name")


def test_put__initial_state(world: World) -> None:
    assert world.put(PERSON_1, card(world.person, "John Doe")).status == 201


def test_get_of_put__initial_state(world: World) -> None:
    john = card(world.person, "John Doe")
    assert world.holds(f"graphs?graph={world.client.address}{PERSON_1}", john)
    assert world.holds(PERSON_1, john)


def test_put__graph_already_in_store(world: World) -> None:
    assert world.put(PERSON_1, card(world.person, "Jane Doe")).status == 204


def test_get_of_put__graph_already_in_store(world: World) -> None:
    assert world.holds(PERSON_1, card(world.person, "Jane Doe"))


def test_put__default_graph(world: World) -> None:
    assert world.put("graphs?default", alice()).status == 201
    assert world.put("graphs?default", alice()).status == 204


def test_get_of_put__default_graph(world: World) -> None:
    assert world.holds("graphs?default", alice())


def test_put__mismatched_payload(world: World) -> None:
    turtle = card(world.person, "Jane Doe").serialize(format="turtle")
    xml = card(world.person, "Jane Doe").serialize(format="xml")
    for body, kind in ((turtle, "application/rdf+xml"), (xml, TURTLE)):
        assert world.client.send("PUT", "graphs?default", body, kind).status == 400
    assert world.holds("graphs?default", alice())


def test_delete__existing_graph(world: World) -> None:
    assert world.put(PERSON_2, card(world.person, "Jane Doe")).status == 201
    assert world.client.send("DELETE", PERSON_2).status == 200


def test_get_of_delete__existing_graph(world: World) -> None:
    assert world.client.send("GET", PERSON_2).status == 404


def test_delete__nonexistent_graph(world: World) -> None:
    assert world.client.send("DELETE", PERSON_2).status == 404


def test_post__existing_graph(world: World) -> None:
    assert world.post(PERSON_1, f"<{world.person}> <{FOAF.name}> 'Jane Doe' .").status == 200


def test_get_of_post__existing_graph(world: World) -> None:
    assert world.holds(PERSON_1, card(world.person, "Jane Doe", name="Jane Doe"))


def test_post__multipart_formdata(world: World) -> None:
    lines = []
    for name, said in PARTS:
        word, value = said.split()
        lines += [
            f"--{BOUNDARY}",
            f'Content-Disposition: form-data; name="{name}"; filename="{name}"',
            f"Content-Type: {TURTLE}",
            "",
            f"<{world.person}> <{FOAF[word]}> {value} .",
        ]
    body = "\r\n".join([*lines, f"--{BOUNDARY}--", ""])
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    assert world.client.send("POST", PERSON_1, body, kind).status == 200


def test_get_of_post__multipart_formdata(world: World) -> None:
    jane = card(world.person, "Jane Doe", name="Jane Doe", familyName="Doe", givenName="Jane")
    assert world.holds(PERSON_1, jane)


def test_post__create__new_graph(world: World) -> None:
    told = world.post("graphs", alice().serialize(format="turtle"))
    assert told.status == 201
    world.minted = told.headers["Location"]
    assert world.minted.startswith(f"{world.client.address}graphs/")


def test_get_of_post__create__new_graph(world: World) -> None:
    assert world.holds(world.minted, alice())


def test_get_of_post__after_noop(world: World) -> None:
    assert world.post(world.minted, "").status == 200
    assert world.holds(world.minted, alice())


def test_head_on_an_existing_graph(world: World) -> None:
    told = world.client.send("HEAD", PERSON_1, Accept="text/turtle")
    assert (told.status, told.headers["Content-Type"], told.body) == (200, TURTLE, b"")
    got = world.client.send("GET", PERSON_1, Accept="text/turtle")
    assert told.headers["Content-Length"] == str(len(got.body))


def test_head_on_a_nonexisting_graph(world: World) -> None:
    told = world.client.send("HEAD", "graphs/person/4.ttl")
    assert (told.status, told.body) == (404, b"")
