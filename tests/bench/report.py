"""Report: the figures of both systems side by side, as JSON and as a short table."""

from collections.abc import Mapping, Sequence
from typing import Any

OURS, THEIRS = "Frontdoor", "plain Rasa"


def ratios(systems: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Frontdoor over plain Rasa, both in their first form; None where one of the two has no figure."""
    by_name = {system["name"]: system for system in systems}
    ours, theirs = by_name.get(OURS), by_name.get(THEIRS)
    if ours is None or theirs is None:
        return {}
    found: dict[str, Any] = {
        key: over(ours[key], theirs[key])
        for key in ("start_seconds", "memory_mib_after_start", "memory_mib_after_load")
    }
    found["loads"] = [
        {"clients": mine["clients"]} | {key: over(mine[key], other[key]) for key in ("per_second", "p50_ms", "p95_ms")}
        for mine, other in zip(ours["loads"], theirs["loads"], strict=True)
    ]
    return found


def over(mine: float | None, other: float | None) -> float | None:
    return round(mine / other, 2) if mine is not None and other else None


def markdown(report: Mapping[str, Any]) -> str:
    """The report's tables; every figure of them is in the report."""
    machine, training = report["machine"], report["training"]
    lines = [
        f"{machine['cores']} cores ({machine['processor']}), {machine['memory_gib']} GiB, {machine['system']}, "
        f"Python {machine['python']}; both bots Rasa {machine['rasa']} on Python {machine['bot_python']}. "
        f"Load average before the start: {machine['load_before']}.",
        "",
        "| | " + " | ".join(system["name"] for system in report["systems"]) + f" | {OURS} / {THEIRS} |",
        "|---|" + "---|" * (len(report["systems"]) + 1),
    ]
    for at, first in enumerate(report["systems"][0]["loads"]):
        clients = first["clients"]
        what = "1 client" if clients == 1 else f"{clients} clients"
        ratio = report["ratios"]["loads"][at] if report["ratios"] else {}
        loads = [system["loads"][at] for system in report["systems"]]
        lines.append(_row(f"messages/s, {what}", [each["per_second"] for each in loads], ratio.get("per_second")))
        times = [f"{each['p50_ms']} / {each['p95_ms']}" for each in loads]
        both = f"{ratio['p50_ms']} / {ratio['p95_ms']}" if ratio else None
        lines.append(_row(f"p50 / p95 in ms, {what}", times, both))
        lines.append(_row(f"without an answer, {what}", [_failures(each) for each in loads], None))
    for key, what in (
        ("memory_mib_after_start", "memory after the start, MiB"),
        ("memory_mib_after_load", "memory after the load, MiB"),
        ("start_seconds", "start to first answer, s"),
        ("idle_cpu_percent", "idle, % of a core"),
    ):
        lines.append(_row(what, [system[key] for system in report["systems"]], report["ratios"].get(key)))
    busiest = [system["loads"][-1] for system in report["systems"]]
    lines.append(_row("CPU of the system, ms a message", [_cpu(each) for each in busiest], None))
    lines.append(_row("CPU of the load client, ms a message", [each["client_cpu_ms"] for each in busiest], None))
    return "\n".join([*lines, "", *_training(training, report["plan"])]) + "\n"


def _row(what: str, cells: Sequence[object], ratio: object) -> str:
    return f"| {what} | " + " | ".join(str(cell) for cell in cells) + f" | {'' if ratio is None else ratio} |"


def _failures(load: Mapping[str, Any]) -> str:
    if not load["failures"]:
        return f"0 of {load['answered']}"
    kinds = ", ".join(f"{count} {kind}" for kind, count in load["failures"].items())
    return f"{kinds}; {load['answered']} answered"


def _cpu(load: Mapping[str, Any]) -> str:
    parts = load["system_cpu_ms"]
    return f"{sum(parts.values()):.1f} ({', '.join(f'{part} {used:.1f}' for part, used in parts.items())})"


def _training(training: Mapping[str, Any], plan: Mapping[str, Any]) -> list[str]:
    if training["plain_english"] is None or training["frontdoor_english"] is None:
        return ["Training was not measured in this run: an earlier one's models were taken."]
    theirs, ours = training["plain_english"], training["frontdoor_english"]
    examples = f"the same {training['examples_english']} English examples{_most(plan)}"
    return [
        f"| training | {THEIRS} | {OURS} | {OURS} / {THEIRS} |",
        "|---|---|---|---|",
        f"| {examples}, s | {theirs} | {ours} | {over(ours, theirs)} |",
        f"| `frontdoor train`, three languages, s | | {training['frontdoor_three_languages']} | |",
        f"| once per installation: encoder, then index of the sample articles, s | | "
        f"{training['frontdoor_encoder']}, {training['frontdoor_index']} | |",
    ]


def _most(plan: Mapping[str, Any]) -> str:
    parts = [f"at most {plan['examples']} an intent"] if plan["examples"] else []
    # Said beside the figure, so that nobody takes a hurried training for a whole one.
    parts += [f"{plan['epochs']} epochs instead of 100"] if plan["epochs"] else []
    return f" ({', '.join(parts)})" if parts else ""
