"""Having the server call somebody: SERVICE and FROM in every spelling, and files."""

from typing import Final
from urllib.parse import quote

from tests.hostile.attack import SPY, Attack, asked, get, posted, query, request

_SPY: Final = f"http://127.0.0.1:{SPY}/"
_OFF: Final = "is switched off"
_FORM: Final = "application/x-www-form-urlencoded"


def _in(body: str) -> str:
    return f"PREFIX ex: <{_SPY}> SELECT * {{ {body} }}"


_SERVICES: Final = {
    "SERVICE": f"SERVICE <{_SPY}> {{ ?s ?p ?o }}",
    "SERVICE in small letters": f"service <{_SPY}> {{ ?s ?p ?o }}",
    "SERVICE in letters of both kinds": f"sErViCe sIlEnT <{_SPY}> {{ ?s ?p ?o }}",
    "SERVICE SILENT": f"SERVICE SILENT <{_SPY}> {{ ?s ?p ?o }}",
    "SERVICE glued": f"SERVICE<{_SPY}>{{?s ?p ?o}}",
    "SERVICE SILENT glued": f"SERVICESILENT<{_SPY}>{{?s ?p ?o}}",
    "SERVICE glued to a number": f"?a ?b 1SERVICE <{_SPY}> {{ ?s ?p ?o }}",
    "SERVICE glued to a truth": f"?a ?b trueSERVICE<{_SPY}>{{ ?s ?p ?o }}",
    "SERVICE behind a comment": f"SERVICE # here: <\n <{_SPY}> {{ ?s ?p ?o }}",
    "SERVICE behind a tab": f"SERVICE\t\r\n\t<{_SPY}> {{ ?s ?p ?o }}",
    "SERVICE with a prefix": "SERVICE ex: { ?s ?p ?o }",
    "SERVICE with a name": "SERVICE ex:x { ?s ?p ?o }",
    "SERVICE glued to a prefix": "SERVICEex:{?s ?p ?o}",
    "SERVICE with a variable": f"VALUES ?x {{ <{_SPY}> }} SERVICE ?x {{ ?s ?p ?o }}",
    "SERVICE with a dollar": f"VALUES $x {{ <{_SPY}> }} SERVICE $x {{ ?s ?p ?o }}",
    "SERVICE with a bound variable": f"BIND(IRI('{_SPY}') AS ?x) SERVICE ?x {{ ?s ?p ?o }}",
    "SERVICE in EXISTS": f"FILTER EXISTS {{ SERVICE <{_SPY}> {{ ?s ?p ?o }} }}",
    "SERVICE in NOT EXISTS": f"FILTER NOT EXISTS {{ SERVICE <{_SPY}> {{ ?s ?p ?o }} }}",
    "SERVICE in a sub-select": f"{{ SELECT * {{ SERVICE <{_SPY}> {{ ?s ?p ?o }} }} }}",
    "SERVICE in OPTIONAL": f"OPTIONAL {{ SERVICE SILENT <{_SPY}> {{ ?s ?p ?o }} }}",
    "SERVICE in MINUS": f"?s ?p ?o MINUS {{ SERVICE <{_SPY}> {{ ?s ?p ?o }} }}",
    "SERVICE in GRAPH": f"GRAPH ?g {{ SERVICE <{_SPY}> {{ ?s ?p ?o }} }}",
    "SERVICE in SERVICE": f"SERVICE <{_SPY}a> {{ SERVICE <{_SPY}> {{ ?s ?p ?o }} }}",
    "SERVICE behind half an IRI": f"FILTER(?a <'x>y') SERVICE <{_SPY}> {{ ?s ?p 'z' }}",
    "SERVICE behind an escape": f"?a ex:b\\' ?c . SERVICE <{_SPY}> {{ ?s ?p 'z' }}",
    "SERVICE behind quotation marks": f"FILTER('' != '''''') SERVICE <{_SPY}> {{ ?s ?p '' }}",
    "SERVICE with user and password": f"SERVICE <http://a:b@127.0.0.1:{SPY}/> {{ ?s ?p ?o }}",
    "SERVICE to localhost": f"SERVICE <http://localhost:{SPY}/> {{ ?s ?p ?o }}",
    "SERVICE to a decimal address": f"SERVICE <http://2130706433:{SPY}/> {{ ?s ?p ?o }}",
    "SERVICE to a hexadecimal address": f"SERVICE <http://0x7f000001:{SPY}/> {{ ?s ?p ?o }}",
    "SERVICE to an octal address": f"SERVICE <http://0177.0.0.1:{SPY}/> {{ ?s ?p ?o }}",
    "SERVICE to a short address": f"SERVICE <http://127.1:{SPY}/> {{ ?s ?p ?o }}",
    "SERVICE to no address": f"SERVICE <http://0.0.0.0:{SPY}/> {{ ?s ?p ?o }}",
    "SERVICE to a mapped address": f"SERVICE <http://[::ffff:127.0.0.1]:{SPY}/> {{ ?s ?p ?o }}",
    "SERVICE to an IPv6 address": f"SERVICE <http://[::1]:{SPY}/> {{ ?s ?p ?o }}",
    "SERVICE to a wide full stop": f"SERVICE <http://127。0。0。1:{SPY}/> {{ ?s ?p ?o }}",
    "SERVICE to a cloud's metadata": "SERVICE <http://169.254.169.254/latest> { ?s ?p ?o }",
    "SERVICE to a file": "SERVICE <file:///etc/passwd> { ?s ?p ?o }",
    "SERVICE to another scheme": f"SERVICE <gopher://127.0.0.1:{SPY}/> {{ ?s ?p ?o }}",
}
_ESCAPED: Final = {  # the grammar replaces \\u before it reads anything
    "SERVICE with an escaped letter": f"\\u0053ERVICE <{_SPY}> {{ ?s ?p ?o }}",
    "SERVICE with an escaped bracket": f"SERVICE \\u003c{_SPY}> {{ ?s ?p ?o }}",
    "SERVICE with a long s": f"\u017fERVICE <{_SPY}> {{ ?s ?p ?o }}",
    "SERVICE behind an invisible space": f"SERVICE\u00a0<{_SPY}> {{ ?s ?p ?o }}",
}
_UPDATES: Final = {
    "LOAD": f"LOAD <{_SPY}>",
    "LOAD SILENT": f"LOAD SILENT <{_SPY}> INTO GRAPH <http://x/>",
    "DROP ALL": "DROP ALL",
    "INSERT DATA": "INSERT DATA { <http://x/> <http://x/> 1 }",
    "DELETE WHERE": "DELETE WHERE { ?s ?p ?o }",
}


def _nothing(name: str, sparql: str, path: str = "/sparql") -> Attack:
    return query(name, sparql, "200", '"bindings":[]', path)


ATTACKS: Final = (
    *(query(name, _in(said), "403", _OFF) for name, said in _SERVICES.items()),
    *(query(name, _in(said), "400 or 403", "") for name, said in _ESCAPED.items()),
    Attack("SERVICE in an address", asked(_in(_SERVICES["SERVICE"])), "403", _OFF),
    Attack(
        "SERVICE in a form",
        posted(f"query={quote(_in(_SERVICES['SERVICE']))}", _FORM),
        "403",
        _OFF,
    ),
    _nothing("FROM a host", f"SELECT * FROM <{_SPY}> {{ ?s ?p ?o }}"),
    _nothing(
        "FROM NAMED a host", f"SELECT * FROM NAMED <{_SPY}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    ),
    _nothing("FROM a file", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"),
    _nothing("GRAPH of a host", f"SELECT * {{ GRAPH <{_SPY}> {{ ?s ?p ?o }} }}"),
    _nothing(
        "a data set on a host",
        "SELECT * { ?s ?p ?o }",
        f"/sparql?default-graph-uri={quote(_SPY, safe='')}",
    ),
    _nothing(
        "a data set in a file",
        "SELECT * { ?s ?p ?o }",
        f"/sparql?default-graph-uri={quote('file:///etc/passwd', safe='')}",
    ),
    query("DESCRIBE a host", f"DESCRIBE <{_SPY}>", "200"),
    *(
        query(f"{name} as a query", said, "400 or 403", "line 1")
        for name, said in _UPDATES.items()
    ),
    *(
        Attack(f"{name} in an address", get(f"/sparql?update={quote(said, safe='')}"), "405")
        for name, said in _UPDATES.items()
    ),
    *(
        Attack(
            f"{name} as an update",
            posted(said, "application/sparql-update"),
            "401 or 403",
            never=("200 OK",),
        )
        for name, said in _UPDATES.items()
    ),
    Attack(
        "a query and an update",
        posted("query=ASK%7B%7D&update=DROP%20ALL", _FORM),
        "400 or 401 or 403",
    ),
    Attack(
        "an explanation of a host", get(f"/explain?iri={quote(_SPY)}"), "404", "says nothing"
    ),
    Attack("an explanation of a file", get("/explain?iri=file:///etc/passwd"), "404"),
    Attack(
        "a graph to store",
        request("PUT", "/graphs?default", {}, b"<a> <b> <c> ."),
        "401 or 404 or 405",
    ),
    Attack(
        "a target that is a host", get(f"http://127.0.0.1:{SPY}/sparql?query=ASK%7B%7D"), "200"
    ),
)
