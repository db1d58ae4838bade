"""What the engine says of a text that it cannot read, in one line that names the place.

Before it finds that a keyword does not stand at a place, it reads on for the length of that
keyword, and names where the longest ended: up to 14 signs behind the place, or in another line.
So the text is read again with so many blanks between its words that no two come into one look.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Final

_LONGEST: Final = 200  # characters of a complaint
_MOST: Final = 20_000  # characters of a text that is worth reading again
_FEW: Final = 8  # signs that are worth a list
_SHOWN: Final = 30  # characters of a word
_WHITE: Final = " \t\r\n"
_BLANKS: Final = " " * 30  # more than the longest keyword has
_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)\Z", re.DOTALL)
_SIGN: Final = re.compile(r'"(?:[^"\\]|\\.)+"')
_CHARACTERS: Final = re.compile(r"\[(?:_|'[^\]]*')\]")
_REASON: Final = re.compile(r"(?:\A|, )([A-Z][\w*]*(?: [^\s,\[\"]+)+)")
_KEYWORD: Final = re.compile(r"(?:\A|, )([A-Za-z]\w*)(?=,|\Z)")
_UNDECLARED: Final = "Prefix not found"
# strings, IRIs and comments are kept as they are
_BETWEEN: Final = re.compile(
    r'"""(?:"?"?(?:[^"\\]|\\.))*"""|\'\'\'(?:\'?\'?(?:[^\'\\]|\\.))*\'\'\''
    r'|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\'|<[^<>"{}|^`\\\x00-\x20]*>|#[^\n\r]*'
    r"|(?P<gap>[ \t\r\n]+|[{}()\[\];,])",
    re.DOTALL,
)
_TOKEN: Final = re.compile(r'[\w:?$@-]+|"[^"\n]{0,20}"?|<[^>\s]*>?|[^ \t\r\n]')

Read = Callable[[str], object]  # by an empty store, of the same language and base


def one_line(error: Exception) -> str:
    """Return an engine's message in one line."""
    words = " ".join(str(error).split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def complaint(error: Exception, text: str, read: Read) -> str:
    """Return what is wrong with a text, with line and column where the engine tells them."""
    found = _PLACE.match(str(error))
    if not found:
        return one_line(error)
    place, expected = _stumbled(text, found)
    if not _reason(expected) and len(text) <= _MOST:
        place, expected = _looked_again(text, read) or (place, expected)
    place = _at_word(text, place)
    return f"{_told(text, place)}: {_reason(expected) or _unexpected(text, place, expected)}"


def _stumbled(text: str, found: re.Match[str]) -> tuple[int, str]:
    """Return where the engine began to look for what it expected, and that."""
    place, expected = _offset(text, int(found[1]), int(found[2])), found[3]
    if not _reason(expected) and not _SIGN.search(expected):
        place -= min(map(len, _KEYWORD.findall(expected)), default=0)
    return place, expected


def _looked_again(text: str, read: Read) -> tuple[int, str] | None:
    """Return the same of a text whose words stand far apart, None where nothing comes of it."""
    spread, ours, theirs = _spread(text)
    try:
        read(spread)
    except SyntaxError as error:
        if found := _PLACE.match(str(error)):
            place, expected = _stumbled(spread, found)
            nearest = bisect_right(theirs, place) - 1
            return min(ours[nearest] + place - theirs[nearest], len(text)), expected
    return None


def _reason(expected: str) -> str:
    if _UNDECLARED in expected:
        return "undeclared prefix"
    found = _REASON.search(expected)
    return found[1] if found else ""


def _unexpected(text: str, place: int, expected: str) -> str:
    found = _TOKEN.match(text, place)
    token = _shown(found[0]) if found else "end of text"
    signs = _SIGN.findall(_CHARACTERS.sub("", expected))
    if not 0 < len(signs) <= _FEW:
        return f"unexpected {token}"
    return f"unexpected {token}, expected {'one of ' * (len(signs) > 1)}{', '.join(signs)}"


def _shown(word: str) -> str:
    return f"`{word[:_SHOWN]}`" if word.isprintable() else f"U+{ord(word[0]):04X}"


def _at_word(text: str, place: int) -> int:
    """Return where the word before a blank begins; the end of a text stays where it is."""
    if not text[place:].strip(_WHITE) or text[place] not in _WHITE:
        return place
    words = _TOKEN.finditer(text[:place].rstrip(_WHITE))
    return max((found.start() for found in words), default=place)


def _spread(text: str) -> tuple[str, list[int], list[int]]:
    """Return a text with blanks around its gaps, and where its pieces begin in both."""
    pieces, ours, theirs = list[str](), [0], [0]
    done = length = 0
    for found in _BETWEEN.finditer(text):
        if not found["gap"]:
            continue
        for piece in (text[done : found.start()], found["gap"], ""):
            pieces += [piece, _BLANKS]
            done += len(piece)
            length += len(piece) + len(_BLANKS)
            ours.append(done)
            theirs.append(length)
    return "".join([*pieces, text[done:], _BLANKS]), ours, theirs


def _offset(text: str, line: int, column: int) -> int:
    before = text.split("\n")[: line - 1]
    return min(sum(len(one) + 1 for one in before) + column - 1, len(text))


def _told(text: str, place: int) -> str:
    line = text.count("\n", 0, place) + 1
    return f"line {line}, column {place - text.rfind(chr(10), 0, place)}"
