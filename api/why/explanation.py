"""Explanation: a kept turn as staff are told of it, and as two runs of it are compared."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.why.look_ups import rows
from handoff.reasons import KeptTurn

#: Nearest examples that are shown.
EXAMPLES = 5


def explained(turn: KeptTurn) -> dict[str, Any]:
    """Everything a turn kept of why it said what it said, as `docs/why.md` has it."""
    return {
        "conversation": turn.conversation_id,
        "turn": turn.number,
        "seq": turn.seq,
        "at": turn.at.isoformat(),
        "messages": [{"seq": one.seq, "text": one.text} for one in turn.messages],
        "words": [{"seq": one.seq, "type": one.type, "text": one.text} for one in turn.words],
        "outcome": turn.outcome,
        "language": turn.data.get("asked_in") or turn.language,
        "milliseconds": turn.milliseconds,
        "failed": bool(turn.data.get("failed")),
        **thought(turn.data),
        "versions": _mapping(turn.data.get("versions")) or _versions(turn.data),
        "cut": list(turn.data.get("cut") or []),
    }


def thought(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a trace says of how the turn was thought about."""
    reading, because = _mapping(data.get("reading")), _mapping(data.get("because"))
    scope = _mapping(reading.get("scope"))
    nearest = scope.get("nearest") or []
    return {
        "intent": _intent(data, reading, because),
        "scope": {name: scope.get(name) for name in ("score", "threshold", "rejected")} if scope else None,
        "nearest": [
            {"text": one.get("text"), "intent": one.get("intent"), "similarity": _round(one.get("similarity"))}
            for one in nearest[:EXAMPLES]
        ],
        "rule": {
            "how": because.get("how") or ("plain" if data.get("engine") == "plain" else "read"),
            "name": because.get("rule"),
            "awaiting": because.get("awaiting"),
            "button": because.get("button"),
            "fetched": because.get("fetch"),
            "engine": data.get("engine", "rasa"),
            "engine_down": data.get("engine_down"),
            "actions": _actions(data, because),
        },
        "detection": _mapping(data.get("detection")) or None,
        "look_ups": [*map(dict, data.get("earlier_look_ups") or []), *_last_look_up(data)],
        "understanding": _understanding(data),
        "order": _mapping(data.get("order")) or None,
        "ticket": _mapping(data.get("ticket")).get("number"),
        "handover": _mapping(data.get("handover")) or None,
    }


def changed(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The versions of a turn that are others now, each with its name; settings one by one."""
    before, after = _flat(was), _flat(now)
    return [
        {"what": name, "was": value, "now": after[name]}
        for name, value in before.items()
        if value and name in after and after[name] != value
    ]


def _flat(versions: Mapping[str, Any]) -> dict[str, Any]:
    settings = _mapping(versions.get("settings"))
    rest = {name: value for name, value in versions.items() if name != "settings"}
    return {**rest, **{f"settings.{name}": value for name, value in settings.items()}}


def _intent(data: Mapping[str, Any], reading: Mapping[str, Any], because: Mapping[str, Any]) -> dict[str, Any] | None:
    """The intent with its probability, what came next, and by how much. Of what was not read there is none."""
    ranking = [
        {"name": one.get("name"), "probability": _round(one.get("confidence"))} for one in reading.get("ranking") or []
    ]
    best = _mapping(reading.get("intent"))
    name = data.get("intent") or best.get("name")
    if not name:
        return None
    probability = _round(best.get("confidence")) if best.get("name") == name and ranking else None
    others = [one for one in ranking if one["name"] != name]
    second = others[0] if others else None
    margin = None
    if probability is not None and second is not None:
        margin = _round(probability - second["probability"])
    return {"name": name, "probability": probability, "runner_up": second, "margin": margin, "ranking": ranking}


def _actions(data: Mapping[str, Any], because: Mapping[str, Any]) -> list[dict[str, Any]]:
    told = data.get("actions")
    if isinstance(told, list) and data.get("engine") != "plain":
        return [
            {"name": one.get("name"), "policy": _policy(one.get("policy")), "confidence": one.get("confidence")}
            for one in told
            if one.get("name") != "action_listen"
        ]
    return [{"name": name, "policy": None, "confidence": None} for name in because.get("acted") or []]


def _policy(name: object) -> str | None:
    """ "policy_0_RulePolicy" is the first of the configuration; its name is what tells something."""
    return str(name).rpartition("_")[2] if name else None


def _last_look_up(data: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
    found = _mapping(data.get("knowledge"))
    if not found:
        return []
    kept = ("question", "outcome", "confidence", "language", "evidence", "thresholds", "reason", "version")
    told = set(data.get("told") or [])
    look_up = {name: found[name] for name in kept if name in found}
    look_up["weights"] = dict(zip(found.get("signals") or [], found.get("weights") or [], strict=False))
    look_up["passages"] = [{**one, "told": one["permalink"] in told} for one in rows(found)]
    return [look_up]


def _understanding(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """How the message was put together with what was before, split, or asked back about; None where it was not."""
    found = _mapping(data.get("knowledge"))
    told = {
        "follow_up": _mapping(found.get("follow_up")) or None,
        "vague": found.get("vague"),
        "asked_back": _mapping(data.get("asked_back")) or None,
        "matters": _mapping(data.get("matters")) or None,
        "taken_as": data.get("taken_as"),
    }
    return {name: value for name, value in told.items() if value} or None


def _versions(data: Mapping[str, Any]) -> dict[str, Any]:
    """Of a turn from before versions were kept together."""
    index = _mapping(data.get("knowledge")).get("version")
    return {name: value for name, value in (("model", data.get("model")), ("index", index)) if value}


def _round(value: object) -> Any:
    return round(float(value), 4) if isinstance(value, int | float) else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
