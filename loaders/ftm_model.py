"""The model of FollowTheMoney: what its schemata and properties are in our words.

The schemata and properties are those of followthemoney 4; a property that is not named here is
kept as a description under its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

_WORK: Final = "CitedWork"
CLASSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Address": "schema:Place",
        "Article": _WORK,
        "Audio": _WORK,
        "CallForTenders": _WORK,
        "Company": "org:Organization",
        "Contract": _WORK,
        "CourtCase": "sem:Event",
        "Document": _WORK,
        "Email": _WORK,
        "Event": "sem:Event",
        "Folder": _WORK,
        "HyperText": _WORK,
        "Image": _WORK,
        "LegalEntity": "LegalParty",
        "Message": _WORK,
        "Organization": "org:Organization",
        "Package": _WORK,
        "Pages": _WORK,
        "Person": "foaf:Person",
        "PlainText": _WORK,
        "Position": "org:Post",
        "Post": "org:Post",
        "PublicBody": "org:Organization",
        "Table": _WORK,
        "Territory": "schema:Place",
        "Trip": "sem:Event",
        "UserAccount": "Account",
        "Video": _WORK,
        "Workbook": _WORK,
        **dict.fromkeys(
            ("Airplane", "Asset", "BankAccount", "CryptoWallet", "RealEstate", "Security",
             "Vehicle", "Vessel"),
            "Possession",
        ),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation: what its ends are called and are, its predicate, and what names its kind."""

    source: str
    target: str
    predicate: str
    kinds: tuple[str, str] = ("LegalParty", "LegalParty")
    inverse: bool = False
    named: str = ""


EDGES: Final[Mapping[str, Edge]] = MappingProxyType(
    {
        "Associate": Edge("person", "associate", "dcterms:relation", named="relationship"),
        "Call": Edge("caller", "receiver", "dcterms:relation"),
        "ContractAward": Edge(
            "supplier", "contract", "dcterms:relation", ("LegalParty", _WORK), named="role"
        ),
        "Control": Edge("controlled", "controller", "controlledBy"),
        "CourtCaseParty": Edge(
            "party", "case", "dcterms:relation", ("LegalParty", "sem:Event"), named="role"
        ),
        "Debt": Edge("debtor", "creditor", "dcterms:relation"),
        "Payment": Edge("payer", "beneficiary", "dcterms:relation"),
        "Directorship": Edge(
            "director", "organization", "directorOf", ("LegalParty", "org:Organization")
        ),
        "Documentation": Edge("entity", "document", "listedIn", ("skos:Concept", "CitedWork")),
        "Employment": Edge(
            "employee", "employer", "schema:worksFor", ("foaf:Person", "org:Organization")
        ),
        "Family": Edge("person", "relative", "dcterms:relation", named="relationship"),
        "Membership": Edge(
            "member", "organization", "org:memberOf", ("LegalParty", "org:Organization")
        ),
        "Mention": Edge("resolved", "document", "listedIn", ("LegalParty", "CitedWork")),
        "Occupancy": Edge("holder", "post", "org:holds", ("foaf:Person", "org:Post")),
        "Ownership": Edge(
            "owner", "asset", "ownedBy", ("LegalParty", "skos:Concept"), inverse=True
        ),
        "ProjectParticipant": Edge(
            "participant",
            "project",
            "dcterms:relation",
            ("LegalParty", "skos:Concept"),
            named="role",
        ),
        "Representation": Edge("agent", "client", "represents"),
        "Similar": Edge("candidate", "match", "similarTo"),
        "Succession": Edge("predecessor", "successor", "dcterms:relation", named="role"),
        "UnknownLink": Edge(
            "subject",
            "object",
            "dcterms:relation",
            ("skos:Concept", "skos:Concept"),
            named="role",
        ),
    }
)

ALIASES: Final = frozenset({"abbreviation", "alias", "previousName", "weakAlias"})
COUNTRIES: Final = frozenset(
    {"citizenship", "country", "jurisdiction", "mainCountry", "nationality"}
)
PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "alephUrl": "documentedAt",
        "opencorporatesUrl": "documentedAt",
        "programUrl": "documentedAt",
        "sourceUrl": "documentedAt",
        "website": "atAddress",
        "wikipediaUrl": "documentedAt",
    }
)
TIMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "authoredAt": "schema:dateCreated",
        "date": "schema:datePublished",
        "incorporationDate": "schema:dateCreated",
        "publishedAt": "schema:datePublished",
    }
)
WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "address": "postalAddress",
        "contentHash": "fileHash",
        "language": "schema:inLanguage",
        "position": "schema:hasOccupation",
        "profession": "schema:hasOccupation",
        "title": "name",
    }
)
# property: predicate, class of the other
ENTITIES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "addressEntity": ("", "schema:Place"),
        "ancestors": ("dcterms:isPartOf", _WORK),
        "bank": ("", "org:Organization"),
        "emitters": ("", "LegalParty"),
        "entity": ("", "skos:Concept"),
        "holder": ("", "LegalParty"),
        "involved": ("involves", "LegalParty"),
        "issuer": ("", "LegalParty"),
        "operator": ("", "LegalParty"),
        "organization": ("org:postIn", "org:Organization"),
        "organizer": ("", "LegalParty"),
        "owner": ("ownedBy", "LegalParty"),
        "parent": ("org:subOrganizationOf", "LegalParty"),
        "proof": ("", _WORK),
        "recipients": ("", "LegalParty"),
        "riskSource": ("", "skos:Concept"),
        "sender": ("", "LegalParty"),
        "senderAccount": ("", "Account"),
    }
)
OR_NAMES: Final = frozenset({"bank", "holder", "issuer", "operator"})
IDENTIFIERS: Final = frozenset(
    {
        "authorityId", "bikCode", "bvdId", "caemCode", "cageCode", "cikCode", "coatoCode",
        "dunsCode", "fnsCode", "giiNumber", "idNumber", "imoNumber", "innCode", "ipoCode",
        "irsCode", "isinCode", "jibCode", "kppCode", "leiCode", "licenseNumber", "mbsCode",
        "npiCode", "ogrnCode", "okpoCode", "okvedCode", "permId", "pfrNumber",
        "registrationNumber", "ricCode", "swiftBic", "taxNumber", "ticker",
        "uniqueEntityId", "unscId", "uscCode", "vatCode", "voenCode",
    }
)  # fmt: skip
PAPERS: Final = frozenset({"Identification", "Passport"})
SECRETS: Final = frozenset(
    {"password", "passportNumber", "personalNumber", "socialSecurityNumber"}
)
# what identifies or locates a person, or says what nobody else need know of one
OF_PERSONS: Final = IDENTIFIERS | {
    "address", "addressEntity", "appearance", "birthCountry", "birthDate", "birthPlace",
    "deathDate", "email", "ethnicity", "eyeColor", "fatherName", "gender", "hairColor",
    "height", "motherName", "phone", "religion", "weight",
}  # fmt: skip
# of whom nobody tells whether it is a person; numbers in registers of firms are none of these,
# but those of taxpayers are, whatever country has a field of its own for them
OF_PARTIES: Final = frozenset(
    {
        "address", "addressEntity", "email", "idNumber", "innCode", "irsCode", "phone",
        "taxNumber", "vatCode", "voenCode",
    }
)  # fmt: skip
# at whose address somebody may live
AT_HOME: Final = frozenset({"LegalEntity", "Person"})
OF_ACCOUNTS: Final = frozenset({"email", "ipAddress", "number", "phone"})
# by which somebody is reached whom a document, a mention or a call speaks of, and the numbers
# of bank accounts, which do not tell whether they are a person's
OF_ANYBODY: Final = frozenset(
    {
        "accountNumber", "callerNumber", "contextEmail", "contextPhone", "emailMentioned",
        "iban", "ibanMentioned", "phoneMentioned", "receiverNumber",
    }
)  # fmt: skip
# of mails, each with a name or an address: no ids of anybody, though `sender` is one elsewhere
ADDRESSED: Final = frozenset({"bcc", "cc", "from", "sender", "to"})
TEXTS: Final = frozenset(
    {"bodyHtml", "bodyText", "headers", "indexText", "metadata", "translatedText"}
)

SEVERAL: Final = "is a second value where there can be one"
PRIVATE: Final = "is not taken: what identifies or locates a person is not kept"
SECRET: Final = "is not taken: it is a secret"
TEXT: Final = "is a text, which no pattern reads"
NO_COUNTRY: Final = "names no country"


def is_link(schema: str) -> bool:
    """Return whether entities of a schema are relations, or listings by an authority."""
    return schema in EDGES or schema == "Sanction"


def private_in(schema: str) -> frozenset[str]:
    """Return the properties of a schema that identify or locate somebody."""
    kind = CLASSES.get(schema)
    if kind == "Account":
        return OF_ANYBODY | OF_ACCOUNTS
    if kind == "LegalParty":
        return OF_ANYBODY | OF_PARTIES
    return OF_ANYBODY | (OF_PERSONS if schema == "Person" else set())
