"""Words of verdicts in the languages of fact checkers: what says true, false, or neither.

They decide only whether the number of a rating is taken at its word; none makes a stance alone.
"""

import re
from typing import Final


def _words(spelled: str) -> frozenset[str]:
    return frozenset(word.strip().casefold() for word in spelled.split("|"))


TRUE: Final = _words(
    """
    accurate|adevărat|benar|certo|cierta|cierto|correct|correcto|corretto|correto|doğru|drží
    |é verdade|es verdad|esatto|exact|fato|helt sant|igaz|istina|istinito|juist|klopt|korrekt
    |kweli|patiesība|pravda|prawda|richtig|sand|sandt|sann|sant|satt|stimmt|tačno|tiesa|točno
    |totoo|totta|true|tõsi|verdad|verdade|verdadeira|verdadeiro|verdadera|verdadero|vero|vrai
    |vraie|waar|wahr|đúng|αλήθεια|αληθές|верно|вистина|вярно|достоверно|истина|правда|точно
    |खरे|सच|सत्य|सही|সত্য|ਸੱਚ|સાચું|உண்மை|నిజం|ನಿಜ|സത്യം|සත්‍ය|จริง|ข่าวจริง
    |ճիշտ|სიმართლე|사실|사실임|真实|真實|真|属实|屬實|事实|事實|正确|正確|本当|真実
    |אמת|נכון
    |حقيقة|حقيقي|درست|سچ|صحيح|صحيحة|صحیح
    """
)
FALSE: Final = _words(
    """
    enganoso|fake|fals|falsch|false|falsk|falso|fałsz|faux|feil|hamis|hoaks|hoax|inaccurate
    |incorrect|incorrecto|laž|neistina|nepravda|netočno|nieprawda|onjuist|onwaar|osant
    |pants on fire|salah|sai sự thật|usandt|usant|vals|yanl\u0131ş|ψευδές|ψέμα|ложь|неверно
    |неправда|невярно|गलत|झूठ|फर्जी|मिथ्या|মিথ্যা|பொய்|เท็จ|ข่าวปลอม|거짓
    |不实|不實|假|虚假|錯誤|错误|誤り|嘘
    |שקר
    |باطل|خاطئ|زائف|كاذب|جھوٹ
    """
)

# words after which a claim is true, wherever they stand among others
_PLAIN: Final = re.compile(
    r"\b(?:accurate(?:ly)?|correct(?:ly|o)?|richtig|true|truth|verdadeir[ao]|verdader[ao]|vero"
    r"|vraie?|wahr)\b"
)
_SOMEWHERE: Final = re.compile(
    r"\b(?:authentic|bestätigt|comprobad[ao]|comprovad[ao]|confirmad[ao]|confirmed|confirmée?"
    r"|genuine|legit\w*|real|substantiated|supported|verified"
    rf"|{'|'.join(sorted(word for word in TRUE if len(word) > 2 and word.isalpha()))})\b"
)
# what makes no verdict of "true" plain, wherever it stands among the words
_DOUBT: Final = re.compile(
    r"\b(?:altered|baseless|boato|bulo|bufala|debunk\w*|distort\w*|doctored|engan\w+|engañ\w+"
    r"|evidence|exaggerat\w+|fabricat\w+|fake\w*|fals[aceiory]\w*|falsch|fausse?|faux|half|hoax"
    r"|inaccura\w+|incorrect\w*|infond\w+|irreführend|labels?|lie|manipul\w+|mentira"
    r"|miscaption\w*|mislead\w*|missing|mixed|mixture|myth|no|not|out|parti\w*|partly|pants"
    r"|pinocchios?|rumou?r|satir\w*|scam|trompeur\w*|unbelegt|unfounded|unproven|unsupported"
    r"|untrue|wrong"
    # what says no in other languages
    r"|aucun\w*|bukan|değil|ei|ej|geen|ikke|inte|kein\w*|nao|ne|neither|nem|never|nicht|nie"
    r"|niet|nije|není|nem|non|não|nunca|pas|tidak|não|без|не|ні|нет|δεν)\b|n['’]est|n['’]t\b"
    r"|ليس|غير|नहीं|不|非"
)
# (in lower case, ß is ss) what says less than true, and what takes some of it back
_DEGREE: Final = re.compile(
    r"\b(?:aber|almost|although|but|casi|deels|delvis|eher|fast|generally|grotendeels"
    r"|grösstenteils|k\u0131smen|largely|likely|ma|maar|mainly|mais|mas|mayor\w+|mostly|nearly"
    r"|parcial\w*|parzial\w*|pero|plausib\w+|plutôt|possibl[ey]|presque|probabl[ey]|quase|quasi"
    r"|rather|somewhat|teilweise|überwiegend|wahrscheinlich|weitgehend|çoğunlukla|но)\b"
)
# what leaves open whether it is so, whatever the number
_OPEN: Final = re.compile(
    r"\b(?:complicated|debat\w+|disputed|explainer|explicativ\w+|flip|flop|half|inconclusive"
    r"|insufficient|in progress|legend|(?:lacks?|missing|needs?) context|mixed|mixture"
    r"|no (?:evidence|proof|rating)|no verificable|non vérifi\w+"
    r"|not (?:confirmed|proven|rated|verified)|opini[oó]n|outdated|parti\w*|partly"
    r"|(?:falta|faltan|sem|sin) (?:de )?contexto|sans contexte|fehlender kontext"
    r"|sem provas|sin pruebas|unbelegt|unclear|unconfirmed|undetermined|unknown|unprov\w+"
    r"|unrated|unverifi\w+)\b"
)


def says_true(words: str) -> bool:
    """Return whether a verdict, in lower case, plainly says that a claim is true.

    >>> says_true("this is true"), says_true("mostly true"), says_true("nicht wahr")
    (True, False, False)
    """
    is_plain = bool(_PLAIN.search(words)) and not _DEGREE.search(words)
    return words in TRUE or (is_plain and not _DOUBT.search(words))


def may_say_true(words: str) -> bool:
    """Return whether a verdict says true to some degree, or may in some language.

    >>> may_say_true("mostly true"), may_say_true("es cierto"), may_say_true("not true")
    (True, True, False)
    """
    is_told = _PLAIN.search(words) or _SOMEWHERE.search(words)
    return words in TRUE or (bool(is_told) and not _DOUBT.search(words))


def leaves_open(words: str) -> bool:
    """Return whether a verdict says neither that a claim is true nor that it is false."""
    return bool(_OPEN.search(words))
