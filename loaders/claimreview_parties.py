"""Whoever reviews or claims in a review: people, organisations, and nobody in particular."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from pyoxigraph import NamedNode

from loaders import assets
from loaders.amounts_in_words import PLATFORMS
from loaders.json_parts import list_in
from loaders.names_in_cells import SEVERAL, is_joined, parts
from loaders.no_names import DOUBTED, is_doubted, is_noted, names_nobody
from loaders.scheme_words import platform
from loaders.telling import Telling, scalar

PREFIX: Final = re.compile(r"^(?:schema:|https?://schema\.org/)")
_PEOPLE: Final = frozenset({"Person"})
_BODIES: Final = frozenset(
    {
        "Corporation", "EducationalOrganization", "FactCheckingOrganization",
        "GovernmentOrganization", "NGO", "NewsMediaOrganization", "Organization",
        "PoliticalParty", "ResearchOrganization",
    }
)  # fmt: skip


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


# that whoever posts somewhere is nobody by name can only be told by the words for posts and
# their makers, in the languages of fact checkers; a name has some other word in it, or a number
_POSTING: Final = _words(
    """
    account accounts article articles audio blog blogger bloggers blogs chain claim claims clip
    clips e-mail e-mails email emails forward forwards group groups image images mails meme
    memes message messages netizens page pages people photo photos post posting postings posts
    reel reels rumor rumors rumour rumours screenshot screenshots sms source sources text texts
    tweet tweets user users video videos website websites
    cadena cadenas imagen imágenes internautas mensaje mensajes publicación publicaciones
    usuaria usuarias usuario usuarios
    conteúdo corrente correntes imagem imagens mensagem mensagens postagem postagens publicação
    publicações usuária usuário usuários vídeo vídeos
    internautes partages publication publications utilisateur utilisateurs vidéo vidéos
    beitrag beiträge nutzer nutzerinnen
    immagine immagini messaggi messaggio utente utenti
    akun pengguna pesan unggahan warganet
    fontes fonti fuentes mehrere multiples múltiplas múltiples plusieurs quellen verschiedene
    author authors channel channels diverse fb headlines outlets profile profiles sites
    boato boatos comptes contas cuentas páginas perfiles perfis texto textos
    alguém alguien jemand somebody someone
    internauta internaute rumeur rumeurs sitios kettenbrief kettenbriefe kettennachricht netizen
    sharepic sharepics sosial facebookbruger kanal kanaler kanäle канал каналы соцсети соцмережі
    социальные korisnici korisnik lietotāji vartotojai felhasználó felhasználók χρήστες χρήστης
    användare brugere brukere facebookbrugere facebookgebruikers gebruiker gebruikers
    internauci kullan\u0131c\u0131lar kullan\u0131c\u0131lar\u0131 użytkownicy użytkownik
    пользователи пользователь соцсетей користувач користувачі соцмереж
    مستخدم مستخدمو مستخدمون منشورات
    पोस्ट यूजर यूजर्स यूज़र यूज़र्स वीडियो ผู้ใช้เฟซบุ๊ก
    网友 網友 누리꾼 이용자 ソーシャルメディアユーザー
    anonymous beredar circulating divers diversas diversi diversos internet multiple none
    online redes réseaux several shared social sociale soziale sozialen unclear
    unidentified unknown varias various varios várias vários viral virale virales virais web
    """
)
_BESIDE: Final = _words(
    """
    a an and any by from going in many media medien networks of on or other some spread via
    al compartida compartidas de del em en las los na nas no nos por um uma y e
    ein eine flere medios razne različiti un una une сети
    au auf des du et im les sociais sociales sociali sociaux sosial sur und di da do dos innen
    rede rete
    facebooka fake medier medya misleading news på sns sociala sosyal su van
    в на فيسبوك सोशल मीडिया पर
    """
)
_TOLD: Final = _POSTING.union(_BESIDE, PLATFORMS)
# signs of vowels in scripts of India are no letters of their own
_WORD: Final = re.compile(r"e-mails?|(?:[^\W_]|[\u0900-\u0dff\u0e31-\u0e4e])+")
_LISTED: Final = re.compile(r"\s*(?:[.,;/&|]|\band\b|\bor\b)\s*", re.IGNORECASE)


def is_nobody(name: str) -> bool:
    """Return whether a name says only that somebody posted something, or that nobody knows.

    >>> is_nobody("Viral Facebook posts"), is_nobody("Anna Post"), is_nobody("The Source")
    (True, False, False)
    >>> is_nobody("Article 19"), is_nobody("Web.de"), is_nobody("Mail Online")
    (False, False, False)
    >>> is_nobody("सोशल मीडिया यूजर"), is_nobody("Canal+"), is_nobody("Fox News")
    (True, False, False)
    """
    words = _WORD.findall(name.casefold())
    is_sign = not any(map(str.isalnum, name))
    is_told = _TOLD.issuperset(words) and not _POSTING.isdisjoint(words)
    return is_sign or names_nobody(name) or (is_told and assets.host_of(name) is None)


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organisation that reviews or claims."""

    name: str
    type: str = ""
    address: str = ""
    jobs: tuple[str, ...] = ()

    @property
    def is_person(self) -> bool:
        """Return whether it is said to be a person."""
        return self.type in _PEOPLE

    @property
    def why_no_claimant(self) -> str:
        """Return why the name is not that of one who claims something; nothing if it may be."""
        if is_doubted(self.name):
            return DOUBTED
        is_list = len(parts(unescape(self.name))) > 1 or is_joined(self.name)
        return SEVERAL if is_list else "" if self.name else "has no name"

    @classmethod
    def of(cls, found: Mapping[str, Any], value: Any) -> "Party":
        """Return a party by its fields, or by its bare name; by its host if it has no name."""
        types = [PREFIX.sub("", scalar(one)) for one in list_in(found.get("@type"))]
        known = next((one for one in types if one in _PEOPLE | _BODIES), "")
        addresses = (
            scalar(one) for key in ("sameAs", "url", "@id") for one in list_in(found.get(key))
        )
        name = scalar(found.get("name")) or scalar(value)
        places = [scalar(one) for one in list_in(found.get("url"))]
        hosts = (assets.host_of(place) for place in places if "://" in place)
        name = name or next(filter(None, hosts), "").removeprefix("www.")
        jobs = tuple(filter(None, map(scalar, list_in(found.get("jobTitle")))))
        return cls(name, known, next(filter(None, addresses), ""), jobs)

    def introduced(self, telling: Telling, *scope: str) -> NamedNode:
        """Return the party, introduced; what identifies a person is an address, or a scope."""
        mint = telling.mint
        is_note = self.type not in _BODIES and is_noted(self.name)
        if is_note or is_nobody(self.name):
            return self._unnamed(telling, *scope)
        if self.type in _BODIES:
            node, kind = mint.named("org", self.name), "org:Organization"
        elif self.type in _PEOPLE:
            who = (self.address,) if self.address else scope
            node, kind = mint.named("person", self.name, *who), "foaf:Person"
        else:
            node, kind = mint.named("party", self.name, *scope), "LegalParty"
        return telling.introduce(node, kind, self.name)

    def claiming(self, telling: Telling, *scope: str) -> NamedNode:
        """Return the party as the one who claims; a platform is where others do.

        It is no person, nor does the company whose place it is claim what stands there.
        """
        places = filter(None, _LISTED.split(self.name))
        if self.type not in _BODIES and all(map(platform, places)):
            return self._unnamed(telling, *scope)
        return self.introduced(telling, *scope)

    def _unnamed(self, telling: Telling, *scope: str) -> NamedNode:
        node = telling.mint.named("speaker", self.name, *scope)
        return telling.introduce(node, "UnnamedSpeaker", self.name)
