"""Words that make a statement of Meta's doubtful, another's, or one of another network."""

import re
from typing import Final

ANOTHER: Final = re.compile(
    r"\b(?:earlier|another|previous(?:ly)?|prior|other|similar|separate|different|unrelated|past)\b",
    re.IGNORECASE,
)
# what comes before makes it a denial, a doubt, a condition, or what somebody else says
UNSURE: Final = re.compile(
    r"\b(?:not|no|never|cannot|without|neither|nor|unable|unclear|unknown|whether|if|could|may"
    r"|might|likely|unlikely|possibl[ey]|probabl[ey]|believe[sd]?|seem(?:s|ed)?"
    r"|appear(?:s|ed)?\s+(?:that|to\s+be|to\s+have)|suspect(?:s|ed)?|alleged(?:ly)?|alleg(?:es|ing)|reported(?:ly)?"
    r"|report(?:s|ing)\s+that|claim(?:s|ed|ing)?|said|says|denied|denies|denying"
    r"|low(?:er)?\s+confidence|pos(?:ed|ing)\s+as)\b|n['’]t\b",
    re.IGNORECASE,
)
