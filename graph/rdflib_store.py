"""A graph in rdflib's own memory, asked as the other stores are; slow, and there for who has the graph in rdflib already."""

import json

import pyoxigraph as ox
import rdflib

from graph.prefixes import PREFIXES
from graph.server import triples_answer
from ontology.errors import UsageError


class RdflibStore:
    """An rdflib data set; queries without ``GRAPH`` are answered over the union of its graphs."""

    def __init__(self, dataset: rdflib.Dataset) -> None:
        dataset.default_union = True
        self._dataset = dataset
        self.place = "the graph in rdflib"

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The answer to a query of any form.

        Raises:
            UsageError: it does not parse.
        """
        try:
            result = self._dataset.query(sparql, initNs=dict(PREFIXES))
        except Exception as error:  # pyparsing's and rdflib's own, which have no base of their own
            raise UsageError(f"the query does not parse: {' '.join(str(error).split())}") from None
        if result.type in ("CONSTRUCT", "DESCRIBE"):
            return triples_answer(result.serialize(format="ntriples") or b"")
        return ox.parse_query_results(_without_empty_rows(result.serialize(format="json") or b""), format=ox.QueryResultsFormat.JSON)


def _without_empty_rows(answer: bytes) -> bytes:
    """Without the row of nothing that rdflib gives where there is no group to aggregate."""
    told = json.loads(answer)
    if "results" in told:
        told["results"]["bindings"] = [row for row in told["results"]["bindings"] if row]
    return json.dumps(told).encode("utf-8")
