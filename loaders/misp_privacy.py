"""What no record keeps of objects of MISP: secrets, files, and what identifies a person.

The names are those of attributes and templates in the repository MISP/misp-objects; templates
that begin with `ftm-` have the properties of FollowTheMoney, and its rules.
"""

import re
from typing import Final

from loaders import ftm_model
from loaders.misp_attributes import FILE_REASON, FILES, PRIVATE, PRIVATE_REASON, TEXTS

_SECRET_REASON: Final = "is not taken: it is a secret"
_SECRETS: Final = frozenset({"credential", "password", "private_keys", "token"})
# what such a name has on other templates is whether nobody else may see them
_KEYS: Final = frozenset({("crypto-material", "private")})
# by how names end, after a sign or a small letter: `proxy-password`, `GtpImsi`
_SECRET: Final = re.compile(
    r"(?:.*[._-])?(?:(?:api|decryption|private|symmetric)[._-]?key|cookie(?:[._-]value)?|passphrase"
    r"|passw(?:or)?d|(?:card[._-])?security[._-]code)s?",
    re.IGNORECASE,
)
_REACHING: Final = re.compile(
    r"(?:.*[._-])?(?:e[._-]?mail|mobile|(?:tele)?phone)(?:[._-](?:address|number))?"
    r"|(?:.*[._-])?(?:e[._-]?mail[._-]|(?:tele)?phone[._-])?contact"
    r"(?:[._-](?:incident|name|person))?"
    r"|.*(?:iccid|imei|imsi|msisdn)|(?:.*[._-])?(?:postal[._-]code|street)|birth[._-]?date",
    re.IGNORECASE,
)
_PRIVATE: Final = frozenset(
    {
        "address", "birth-certificate-number", "build", "chat-id", "colour-of-eyes",
        "colour-of-hair", "complexion", "contact_information", "dni", "e-mail",
        "distinguishing-marks-and-characteristics", "email-address", "emails", "eyes",
        "father-s-family-name-&-forename", "fax-number", "gender", "hair", "height",
        "mother-s-family-name-&-forename", "mothers-name", "nationality", "ncic", "nic-hdl",
        "nie", "nif", "ofac-identification-number", "passport-creation", "phone",
        "phone-number", "race", "scars-and-marks", "social-security-number", "userid", "weight",
    }
)  # fmt: skip
# of which every attribute says what somebody looks like
_LOOKS: Final = frozenset({"cloth", "facial-composite", "personification", "tattoo"})
_OF_FTM: Final = "ftm-"
# of types that are not read as things; others of such a name may be of a machine
_PLAIN: Final = TEXTS | {"boolean", "counter", "datetime", "float", "integer"}


def why_not_kept(template: str, relation: str, kind: str, *, is_known: bool) -> str:
    """Return why the record does not keep an attribute of an object; nothing if it may.

    `is_known` tells that the template is of people, accounts and the like.
    """
    if kind in FILES:
        return FILE_REASON
    is_secret = kind in TEXTS and _SECRET.fullmatch(relation)
    if is_secret or relation in _SECRETS or (template, relation) in _KEYS:
        return _SECRET_REASON
    is_named = kind in TEXTS and _REACHING.fullmatch(relation)
    is_private = is_named or (relation in _PRIVATE and (is_known or kind in _PLAIN))
    return PRIVATE_REASON if is_private or _identifies(template, relation, kind) else ""


def why_not_kept_apart(relation: str, kind: str) -> str:
    """Return the same of an attribute that a search lists without its object, but for files."""
    if not relation or kind in FILES:
        return ""
    return why_not_kept("", relation, kind, is_known=False)


def is_private(template: str, relation: str, kind: str) -> bool:
    """Return whether an attribute may be one that the record does not keep."""
    return relation in PRIVATE or bool(why_not_kept(template, relation, kind, is_known=True))


def _identifies(template: str, relation: str, kind: str) -> bool:
    """Return whether an attribute identifies somebody by its type or by what its object is."""
    if kind in PRIVATE or template in _LOOKS:
        return True
    schema = template.removeprefix(_OF_FTM) if template.startswith(_OF_FTM) else ""
    if schema in ftm_model.PAPERS:
        return True
    return bool(schema) and relation in ftm_model.SECRETS | ftm_model.private_in(schema)
