"""Words of verdicts in the languages of fact checkers: what says true, false, or neither.

They decide only whether the number of a rating is taken at its word; none makes a stance alone.
"""

import re
from typing import Final


def _words(spelled: str) -> frozenset[str]:
    return frozenset(word.strip().casefold() for word in spelled.split("|"))


TRUE: Final = _words(
    """
    accurate|adevărat|benar|cert|certo|cierta|cierto|correct|correcto|corretto|correto|doğru|drží
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

# words by which a claim is true, and what may stand beside them: anything else may take it back
_PLAIN: Final = re.compile(
    r"\b(?:accurate(?:ly)?|correct(?:ly|o)?|richtig|true|truth|verdadeir[ao]|verdader[ao]|vero"
    r"|vraie?|wahr)\b"
)
_BESIDE: Final = _words(
    """
    100|a|absolutely|an|and|are|as|attributed|attribution|by|claim|claims|completely|entirely
    |factually|fully|indeed|information|is|it|it's|our|percent|post|quite|quote|rated|rating
    |statement|that|that's|the|this|totally|verdict|very|we|wholly
    |absolutamente|afirmación|completamente|dato|declaración|el|es|esta|este|esto|información
    |la|lo|noticia|que|totalmente
    |afirmação|declaração|e|é|informação|isso|isto|notícia|o
    |absolument|affirmation|à|c'est|ce|cette|complètement|entièrement|est|fait|l'affirmation
    |l'information|totalement|tout
    |aussage|behauptung|das|die|ist|vollkommen|völlig
    |affermazione|assolutamente|è|il|l'affermazione|questa|questo|tutto
    """
)
_WORD: Final = re.compile(r"\w+(?:['’-]\w+)*|\?|:$")
_SOMEWHERE: Final = re.compile(
    r"\b(?:authentic|bekräftat|bekreftet|bestätigt|comprobad[ao]|comprovad[ao]|confirmad[ao]"
    r"|confirmed|confirmée?|correcte|facts?|factual|genuine|geppetto|geverifieerd|legit\w*"
    r"|pitää paikkansa|potwierdzone|proven|real|(?<!-)right(?!-)|stämmer|stemmer"
    r"|substantiated|supported|valid|verified"
    rf"|{'|'.join(sorted(word for word in TRUE if len(word) > 2 and word.isalpha()))})\b"
    # in writings without blanks, or with signs that are no letters; `a` before it takes it back
    r"|(?<!अ)सत्य|सच|सही|(?<!অ)সত্য|ਸੱਚ|સાચું|உண்மை|నిజం|ನಿಜ|(?<!അ)സത്യം|(?<!අ)සත්‍ය|จริง"
    r"|真|属实|屬實|正确|正確|正しい|事实|事實|本当|사실"
)
# what makes no verdict of "true" plain, wherever it stands among the words
_DOUBT: Final = re.compile(
    r"\b(?:altered|baseless|boato|bulo|bufala|debunk\w*|distort\w*|doctored|engan\w+|engañ\w+"
    r"|evidence|exaggerat\w+|fabricat\w+|fake\w*|fals[aceiory]\w*|falsch|fausse?|faux|half|hoax"
    r"|inaccura\w+|incorrect\w*|infond\w+|irreführend|labels?|lie|manipul\w+|mentira"
    r"|miscaption\w*|mislead\w*|missing|mixed|mixture|myth|no|not|out|parti\w*|partly|pants"
    r"|pinocchios?|rumou?r|satir\w*|scam|spins|trompeur\w*|unbelegt|unfounded|unproven"
    r"|unsupported|untrue|wrong"
    # what says no in other languages
    r"|aucun\w*|bukan|değil|ei|ej|geen|hindi|ikke|inte|kein\w*|nao|ne|neither|nem|never|nicht"
    r"|nie|niet|nije|není|non|não|nunca|pas|tidak|без|не|ні|нет|δεν|לא)\b|n['’]est"
    r"|n['’]t\b|ليس|غير|نیست|नहीं|இல்லை|அல்ல|కాదు|ไม่|不|非|假|虚|失实|失實|아님|아니"
)
# what leaves open whether it is so, whatever the number
_OPEN: Final = re.compile(
    r"\b(?:complicated|context (?:needed|required)|debat\w+|disputed|explainer|explicativ\w+"
    r"|flip|flop|half|inconclusive|insufficient|in progress|legend"
    r"|(?:lack(?:s|ing)?|missing|needs?) (?:of |more )?context|lack(?:s|ing)? (?:of )?evidence"
    r"|mixed|mixture|no (?:evidence|proof|rating)|not (?:confirmed|proven|rated|verified)"
    r"|opini[oó]n|outdated|unclear|unconfirmed|undetermined|unknown|unprov\w+|unrated"
    r"|unsubstantiated|unsupported|unverifi\w+"
    r"|(?:falta|faltan|sem|sin) (?:de )?contexto|contexto (?:ausente|insuficiente)"
    r"|sans contexte|contexte manquant|manque (?:de |du )?contexte"
    r"|(?:fehlender|ohne) kontext|kontext fehlt|(?:saknar|utan) (?:kontext|sammanhang)"
    r"|(?:manca|mancanza|senza) (?:di |il |del )?contesto|contesto mancante"
    r"|(?:mangler|manglende|uten|uden) kontekst|brak(?:uje)? kontekstu|konteksti puuttuu"
    r"|puuttuva konteksti|(?:ontbrekende|zonder) context|context ontbreekt"
    r"|kurang konteks|konteks (?:hilang|kurang)|chyb[ií] kontext|kontext chyb[ií]"
    r"|(?:без|відсутність|нет|отсутствие) контекст\w*"
    # what is so in part
    r"|parti\w*|partly|delvis\w*|deels|gedeeltelijk|(?:em|en|in) parte|halb\w*|halv\w*"
    r"|k[\u0131i]smen|yar[\u0131i]|medias? verdad(?:es)?|verdad(?:es)? a medias"
    r"|meia|meias|mezza|mezze|demi|parcial\w*|parzial\w*|parțial\w*|półprawd\w*|teilweise"
    r"|zum teil|częściow\w*|částečn\w*|čiastočn\w*|deln[oě]|delimičn\w*|djelomičn\w*|osittain"
    r"|polopravd\w*|polovičn\w*|poluistin\w*|részben|sebagian|setengah|делимично|делумно"
    r"|напівправд\w*|полуистин\w*|полуправд\w*|частичн\w*|частков\w*"
    # what nobody has shown
    r"|belum terbukti|chưa (?:xác minh|kiểm chứng)|belirsiz|doğrulanmam\w*"
    r"|indimostrabil\w*|inverific\w*|invérifi\w*"
    r"|kan\u0131tlanmam\w*"
    r"|n(?:o|ão|on) (?:comprobad|comprovad|dimostra|prouv|verifica|vérifi)\w*"
    r"|neověř\w*|neoveri\w*|nepotvr\w*|neproveren\w*|nicht (?:beleg|best|bew|überp)\w*"
    r"|niepotwierdzon\w*|nieweryfikowaln\w*|obekräft\w*|onbevestigd|onbewezen|sans preuves?"
    r"|senza prove|sem (?:evidências?|provas)|sin (?:evidencias?|pruebas)|ubekr[eæ]\w*"
    r"|unbelegt|unbestätigt|unbewiesen|непідтвердж\w*|неподтвержд\w*|непроверен\w*"
    r"|не (?:доказан|доведен|подтвержд|підтвердж|проверен)\w*|доказательств нет"
    # what denies that it is false
    r"|(?:isn['’]t|not|no|no es|n[aã]o é|nicht|non è|pas) (?:an? )?"
    r"(?:fake|fals[aeo]|falsch|fausse|faux|incorrect|untrue|wrong))\b"
    r"|आंशिक|अंशतः|आधा|अर्ध|अपुष्ट|আংশিক|অর্ধ|ครึ่ง|บางส่วน|جزئي|نصف|غير مؤكد|غير مثبت"
    r"|لم يثبت|חלקי|חצי"
    r"|部分|一部|半|不明|未[经經]?[证證]|无法|無法|証拠不十分|일부|절반|유보|보류"
)


def says_true(words: str) -> bool:
    """Return whether a verdict, in lower case, plainly says that a claim is true.

    >>> says_true("this is true"), says_true("mostly true"), says_true("far from true")
    (True, False, False)
    """
    if words in TRUE:
        return True
    found = _WORD.findall(words.replace("’", "'"))
    others = [word for word in found if not _PLAIN.fullmatch(word)]
    return len(others) < len(found) and _BESIDE.issuperset(others)


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
