"""What a file becomes, as N-Quads lines: the whole of mapping, without a store or a clock."""

from collections.abc import Iterable, Iterator

from loaders.evidence import Evidence, Writer
from loaders.places import Line
from loaders.records import Foreign, Record
from ontology.identity import Mint


def lines_of(records: Iterable[Record], mint: Mint) -> Iterator[Line]:
    """Yield the evidence among records, and what of others is kept, in graphs of its own.

    What many pieces of evidence of one place say of it comes once. Which run brought them is
    not among them, since that is known by the one who loads.
    """
    writer = Writer(mint)
    last: list[Line] | None = None
    for record in records:
        if isinstance(record, Foreign):
            for one in record.statements:
                yield f"{one.subject} {one.predicate} {one.object} {record.graph} ."
        elif isinstance(record, Evidence):
            written = writer.write(record)
            yield from written.own
            if written.placed is not last:
                yield from written.placed
            last = written.placed
