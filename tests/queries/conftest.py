"""A small invented world to ask."""

import random
from pathlib import Path

import pyoxigraph as ox
import pytest

WORLD = Path(__file__).parent / "world.trig"


class World:
    """The store's one method that questions need, over the union of all graphs."""

    def __init__(self, quads: list[ox.Quad]) -> None:
        self.store = ox.Store()
        for quad in quads:
            self.store.add(quad)

    def query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        return self.store.query(sparql, use_default_graph_as_union=True)


def quads() -> list[ox.Quad]:
    return list(ox.parse(path=WORLD, format=ox.RdfFormat.TRIG))


@pytest.fixture(scope="session")
def world() -> World:
    return World(quads())


@pytest.fixture(scope="session")
def shuffled_worlds() -> list[World]:
    """The same world, told in other orders."""
    worlds = []
    for seed in range(5):
        told = quads()
        random.Random(seed).shuffle(told)
        worlds.append(World(told))
    return worlds
