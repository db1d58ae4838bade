"""What a shell is told when somebody asks it to complete a word."""

import os
from dataclasses import replace
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from loaders.mapping_files import SHIPPED
from onrecord.errors import OnRecordError
from onrecord.runs import runs
from onrecord.settings import Settings
from onrecord.store import GenerationStore


class Source(click.ParamType[str]):
    """A file, a folder, or whatever else stands for sources; the shell knows the files."""

    name = "path"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return files(incomplete)


class MappingFile(click.Path):
    """A file that says what the columns of a table mean, or the name of one of ours."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, exists=True, dir_okay=False)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        ours = SHIPPED.get(str(value))
        if ours and not Path(value).is_file():
            return ours
        return super().convert(value, param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        named = [CompletionItem(name) for name in SHIPPED if name.startswith(incomplete)]
        return [*named, *files(incomplete)]


class Run(click.ParamType[str]):
    """The IRI of a run, shortened as `onrecord runs` lists it; the latest first."""

    name = "iri"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        data = ctx.find_root().params.get("data")
        try:
            settings = Settings.from_env()
            settings = replace(settings, data=Path(data)) if data else settings
            with GenerationStore(settings.data).read() as snapshot:
                found = runs(snapshot)
        except OnRecordError:  # a word cannot be completed, which is no place to say why
            return []
        named = [(one.iri.value.removeprefix(settings.base), one.source) for one in found]
        return [
            CompletionItem(name, help=source)
            for name, source in reversed(named)
            if name.startswith(incomplete)
        ]


def files(incomplete: str) -> list[CompletionItem]:
    """Let the shell complete the name of a file."""
    return [CompletionItem(incomplete, type="file")]
