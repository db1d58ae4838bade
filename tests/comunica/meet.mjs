// Asks an endpoint a SELECT, a CONSTRUCT and an ASK, then changes it: node meet.mjs ENDPOINT TOKEN
import { QueryEngine } from '@comunica/query-sparql';

const [endpoint, token] = process.argv.slice(2);
const engine = new QueryEngine();
const source = { type: 'sparql', value: endpoint };
const context = { sources: [source] };

const rows = await engine.queryBindings(
  'SELECT ?s ?o { ?s <http://e/p> ?o } ORDER BY ?o', context);
const select = (await rows.toArray()).map((row) => row.get('o').value);

const triples = await engine.queryQuads(
  'CONSTRUCT { ?o <http://e/of> ?s } WHERE { ?s <http://e/q> ?o }', context);
const construct = (await triples.toArray()).map((triple) => triple.predicate.value);

const ask = await engine.queryBoolean('ASK { ?s <http://e/p> "a,b" }', context);

await engine.queryVoid(
  'INSERT DATA { <http://e/comunica> <http://e/q> <http://e/was-here> }',
  { ...context, destination: source, httpAuth: `anybody:${token}` });

console.log(JSON.stringify({ select, construct, ask }));
process.exit(0);
