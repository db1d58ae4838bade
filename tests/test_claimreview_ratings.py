"""Ratings of reviewers: whose number is taken at its word, and whose words speak against it."""

import pytest

from loaders.claimreview_ratings import LEFT_OPEN, OPPOSITE, UNSURE, Rating


def told(rating: Rating) -> str:
    """Return the stance of a rating by its name, nothing if it has none."""
    found = rating.stance()[0]
    return found.value.rpartition("#")[2] if found else ""


@pytest.mark.parametrize(
    ("value", "best", "worst", "stance"),
    [
        ("5", "5", "1", "Assertion"),
        ("0", "4", "0", "Denial"),
        ("1,5", "2", "1", "Question"),
        ("5", "1", "5", ""),
        ("6", "5", "1", ""),
        ("false", "5", "1", ""),
        ("5", "", "1", ""),
    ],
)
def test_only_a_clear_scale_makes_a_stance(
    value: str, best: str, worst: str, stance: str
) -> None:
    assert told(Rating("", value, best, worst)) == stance


@pytest.mark.parametrize(
    "words",
    ["Mostly False", "Fake news", "Misleading", "Not true", "Boato", "Four Pinocchios",
     "No evidence", "Missing context", "Half true", "Engañoso", "Irreführend",
     "أخبار كاذبة", "Not accurate", "Nicht wahr", "Pas vrai", "Non vero", "Não é verdadeiro",
     "Mostly true", "Verdadeiro, mas", "Größtenteils richtig", "Ce n'est pas vrai", "不正确",
     "Nothing true about it", "Far from the truth", "Cannot be true", "True?", "Post-truth",
     "Rien de vrai", "Niente di vero", "Nada verdadero", "Kaum wahr", "Verdadero a medias",
     "Em parte verdadeiro", "Vrai (sorti de son contexte)", "True in 2015"],
)  # fmt: skip
def test_no_reviewer_asserts_what_the_words_of_the_rating_do_not_say(words: str) -> None:
    assert Rating(words, "5", "5", "1").stance() == (None, UNSURE)


@pytest.mark.parametrize(
    "words",
    ["Unproven", "Not verified", "No evidence", "Missing context", "Half True", "Partly false",
     "Mixture", "Sin pruebas", "It's complicated", "Full Flop", "Falta contexto", "Outdated",
     "Parcialmente falso", "Parzialmente falso", "Teilweise falsch", "Em parte falso",
     "Delvis falsk", "Częściowo fałsz", "Částečně nepravda", "K\u0131smen yanl\u0131ş",
     "Частично ложь", "Halbwahrheit", "Mezza verità", "Полуправда", "半真半假", "部分錯誤",
     "Inverificable", "Não comprovado", "Nicht überprüfbar", "Neověřitelné", "Непроверено",
     "غير مؤكد", "未证实", "Needs more context", "Lacks evidence", "Not false", "Nicht falsch",
     "Pas faux", "Na\u0303o comprovado", "Kontext fehlt", "Manca il contesto", "Brak kontekstu",
     "Contexte manquant", "Context ontbreekt", "Mangler kontekst", "Відсутність контексту"],
)  # fmt: skip
def test_no_reviewer_denies_what_the_words_of_the_rating_leave_open(words: str) -> None:
    assert Rating(words, "1", "5", "1").stance() == (None, LEFT_OPEN)


@pytest.mark.parametrize(
    "words",
    ["Certo", "Cierto", "Es cierto", "Doğru", "Правда", "सच", "صحيح", "正確", "Helt sant",
     "Vero", "Verified", "Verdadeiro, mas", "Cert", "Stemmer", "Mostly right", "Factual",
     "सच है", "대체로 사실", "属实"],
)  # fmt: skip
def test_no_reviewer_denies_what_the_words_of_the_rating_call_true(words: str) -> None:
    assert Rating(words, "1", "5", "1").stance() == (None, OPPOSITE)


@pytest.mark.parametrize(
    ("words", "value", "stance"),
    [
        ("Nicht wahr", "1", "Denial"),
        ("Não é verdade", "1", "Denial"),
        ("Yanl\u0131ş", "2", "Denial"),
        ("Неправда", "5", ""),
        ("Правда", "5", "Assertion"),
        ("Satire", "1", "Denial"),
        ("Out of context", "1", "Denial"),
        ("असत्य", "1", "Denial"),
        ("לא נכון", "1", "Denial"),
        ("사실 아님", "1", "Denial"),
        ("Media manipulation", "1", "Denial"),
        ("C’est tout à fait vrai", "5", "Assertion"),
        ("Mostly false", "1", "Denial"),
        ("Mostly true", "1", ""),
        ("Not true", "1", "Denial"),
        ("Correct Attribution", "5", "Assertion"),
        ("This is true.", "5", "Assertion"),
        ("False", "2", "Denial"),
        ("False", "3", "Question"),
        ("False", "4", ""),
        ("True", "4", "Assertion"),
        ("True", "2", ""),
        ("Mostly true", "4", "Question"),
        ("Mostly false", "2", "Question"),
    ],
)
def test_words_and_number_of_a_rating_have_to_agree(
    words: str, value: str, stance: str
) -> None:
    assert told(Rating(words, value, "5", "1")) == stance
