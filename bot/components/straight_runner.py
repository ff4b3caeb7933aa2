"""The straight runner: Rasa's graph of steps, walked in an order found once.

Rasa asks a scheduler made for clusters to order the same few steps anew for each message and each prediction.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text, Tuple

from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner

#: Rasa's own way, which this one is measured against.
RASAS = DaskGraphRunner.run
#: Steps in their order, each with the names of what it needs.
Walk = List[Tuple[Text, Tuple[Text, ...]]]


def run(
    runner: DaskGraphRunner, inputs: Optional[Dict[Text, Any]] = None, targets: Optional[List[Text]] = None
) -> Dict[Text, Any]:
    """The results of the wanted steps, by name, as Rasa's own way gives them.

    Args:
        inputs: what comes from outside, by name.
        targets: names of the wanted steps; without them, the graph's own.

    Raises:
        GraphRunError: a step failed with a RuntimeError, or lacks what it needs.
    """
    wanted = tuple(targets or runner._graph_schema.target_names)
    walks: Dict[Tuple[Text, ...], Walk] = runner.__dict__.setdefault("_walks", {})
    if wanted not in walks:
        walks[wanted] = walk(runner, wanted)
    # A step gives its name with its result; an input looks the same.
    done: Dict[Text, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
    try:
        for name, needs in walks[wanted]:
            # What nobody gave is passed on as its name: the step itself says that it lacks it.
            done[name] = runner._instantiated_nodes[name](*(done.get(need, need) for need in needs))
    except RuntimeError as problem:
        raise GraphRunError("Error running runner.") from problem
    return dict(done[name] for name in wanted)


def walk(runner: DaskGraphRunner, wanted: Tuple[Text, ...]) -> Walk:
    """The steps that lead to the wanted ones, each after all that it needs."""
    nodes = runner._graph_schema.minimal_graph_schema(list(wanted)).nodes
    ordered: Dict[Text, Tuple[Text, ...]] = {}

    def visit(name: Text) -> None:
        if name in ordered or name not in nodes:
            return
        needs = tuple(nodes[name].needs.values())
        for need in needs:
            visit(need)
        ordered[name] = needs

    for name in wanted:
        visit(name)
    return list(ordered.items())


def install() -> None:
    """From now on Rasa walks straight."""
    DaskGraphRunner.run = run
