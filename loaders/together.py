"""Several who sign one statement together, and speak in it with one voice.

Nobody says that they came to it independently, so that they must not count as several, nor
count beside any of them who says the same alone.
"""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from loaders.telling import Telling
from ontology import term


def joint_speaker(
    telling: Telling, name: str, scope: str, speaking: Iterable[NamedNode]
) -> NamedNode:
    """Return who speaks in the name of several, having said what it is and who they are."""
    node = telling.mint.named("group", name, scope)
    telling.say(node, "rdf:type", term("prov:Agent"), chain=())
    telling.say(node, "name", Literal(name), chain=())
    for one in speaking:
        telling.say(node, "cosignatory", one, chain=())
    return node
