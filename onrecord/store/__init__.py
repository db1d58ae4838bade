"""The store: immutable generations of one RDF dataset, made, read, kept and given back."""

from onrecord.store.backup import restore
from onrecord.store.generations import GenerationStore
from onrecord.store.protocol import Draft, Generation, Snapshot, Store

__all__ = ["Draft", "Generation", "GenerationStore", "Snapshot", "Store", "restore"]
