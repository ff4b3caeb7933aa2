"""Fitting: weights, confidence and thresholds are learnt from questions whose answer is known.

Run it with `python -m kb_index.fit --encoder FOLDER` from the project's folder. Every figure it reports is
cross-validated: no question is judged by anything that was fitted on it.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import re
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from kb_index.articles import Article, read_folder
from kb_index.confidence import LOOKED_AT, PARAMETERS, Model, features
from kb_index.encoder import Encoder, OnnxEncoder
from kb_index.evaluate import Query, auroc, read_queries
from kb_index.search import DENSE, LEXICAL, SIGNALS, Asked, Evidence, Hit, gather
from kb_index.shard import Shard
from kb_index.snapshot import build
from kb_index.vectors import VectorStore

FOLDS = 10
# How much the authors' own variants count beside one hand-written question.
COUNTS = {"variants": 0.3, "verbatim": 0.3}
HIDDEN = 0.1
# What naming articles to a question without an answer costs, when naming the right one is worth 1.
NEEDLESS = 0.5
WRONG_ANSWERS, RIGHT_ANSWERS = 0.05, 0.92
_RANKING_PENALTY, _RIGHT_PENALTY = 0.0003, 0.02
RIGHT_FEATURES = {
    "dense": ("sentence", "sentences", "passage", "asked", "late", "weakest", "words", "chars", "name_chars",
              "chance", "lead", "three", "agreement"),
    "lexical": ("met", "name_words", "chars", "name_chars", "chance", "lead", "three", "agreement"),
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One question with its evidence, from one data set."""

    data: str
    query: Query
    asked: Asked
    shard: Shard
    evidence: Evidence

    @property
    def gold(self) -> NDArray[np.bool_]:
        """Which rows of the evidence are right."""
        articles = self.shard.layout.articles
        return np.array([articles[at].permalink in self.query.gold for at in self.evidence.articles])

    def hits(self, weights: dict[str, float]) -> list[Hit]:
        """The ten best articles by some weights. The passage within the article does not matter here."""
        scores = self.evidence.table @ np.array([weights.get(name, 0.0) for name in SIGNALS])
        found = []
        for at in np.argsort(-scores, kind="stable")[:LOOKED_AT]:
            article = int(self.evidence.articles[at])
            place = self.shard.passages_of.gathered(np.array([article]))[0][0]
            parts = {name: float(value) for name, value in zip(SIGNALS, self.evidence.table[at], strict=True)}
            found.append(Hit(self.shard.layout.passages[place], float(scores[at]), parts))
        return found


@dataclass(frozen=True)
class Verdict:
    """What a fitted model says to a question it was not fitted on."""

    case: Case
    links: tuple[str, ...]
    sure: float

    @property
    def rank(self) -> int:
        """The place of the first right article, from 1; 0 for none."""
        return next((at for at, link in enumerate(self.links, 1) if link in self.case.query.gold), 0)


def cases(
    data: str, articles: Sequence[Article], queries: Iterable[Query], encoder: Encoder, folder: Path
) -> list[Case]:
    """Take a data set; give its questions with all evidence, through the code that serves customers."""
    store = VectorStore(folder, encoder.dimensions)
    folder.mkdir(parents=True, exist_ok=True)
    store.open(sorted(place.name for place in folder.iterdir()))
    snapshot = build(articles, encoder, store)
    store.save()
    found = []
    for query in queries:
        shard = snapshot.shards[query.lang]
        asked = Asked.of(query.query, query.lang, encoder)
        found.append(Case(data, query, asked, shard, gather(shard, asked)))
    return found


def verbatim_cases(data: str, articles: Sequence[Article], encoder: Encoder, store: Path) -> list[Case]:
    """Take articles; ask the first variant of each, word for word: a tapped suggestion, a learnt question."""
    queries = [
        Query(f"{article.permalink}!", article.lang, article.questions[0], (article.permalink,))
        for article in articles
        if article.questions and not article.internal
    ]
    return cases(data, articles, queries, encoder, store)


def variant_cases(data: str, articles: Sequence[Article], encoder: Encoder, store: Path) -> list[Case]:
    """Take articles; ask each question variant of theirs with the variant left out: what customers ask plainly."""
    found: list[Case] = []
    for turn in range(max((len(article.questions) for article in articles), default=0)):
        rest = [replace(a, questions=a.questions[:turn] + a.questions[turn + 1 :]) for a in articles]
        queries = [
            Query(f"{article.permalink}?{turn}", article.lang, article.questions[turn], (article.permalink,))
            for article in articles
            if turn < len(article.questions) and not article.internal
        ]
        found += cases(data, rest, queries, encoder, store)
    return found


def fit_ranking(known: Sequence[Case], signals: Sequence[str]) -> dict[str, float]:
    """Take questions; give the weights that make their right articles likeliest. No weight is below zero."""
    places = [SIGNALS.index(name) for name in signals]
    tables = [(case.evidence.table[:, places].astype(float), case.gold) for case in known if case.gold.any()]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros(len(places))
        for table, gold in tables:
            chances = np.exp(table @ weights - (table @ weights).max())
            among = chances[gold].sum()
            total -= np.log(among / chances.sum())
            slope -= chances[gold] @ table[gold] / among - chances @ table / chances.sum()
        share = len(tables)
        cost = float(total / share + _RANKING_PENALTY * weights @ weights)
        return cost, slope / share + 2 * _RANKING_PENALTY * weights

    start = np.full(len(places), 3.0)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(places)).x
    return {name: round(float(weight), 4) for name, weight in zip(signals, found, strict=True)}


def fit_right(
    seen: Sequence[dict[str, float]], right: Sequence[bool], counts: Sequence[float], names: Sequence[str]
) -> Model:
    """Take features of questions, whether their first article was right, and how much each counts."""
    table = np.array([[row[name] for name in names] for row in seen])
    mean, scale = table.mean(axis=0), np.maximum(table.std(axis=0), 1e-6)
    table = (table - mean) / scale
    target = np.array(right, dtype=float)
    share = np.array(counts) / sum(counts)

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        line = table @ values[1:] + values[0]
        miss = (1 / (1 + np.exp(-line)) - target) * share
        cost = share @ (np.logaddexp(0, line) - target * line) + _RIGHT_PENALTY * values[1:] @ values[1:]
        slope = np.concatenate([[miss.sum()], table.T @ miss + 2 * _RIGHT_PENALTY * values[1:]])
        return float(cost), slope

    # Evidence for an article never makes it less likely: what the data says else is an accident of small data.
    bounds = [(None, None)] + [(0.0, None)] * len(names)
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    return Model(
        features=tuple(names),
        mean=tuple(round(float(value), 6) for value in mean),
        scale=tuple(round(float(value), 6) for value in scale),
        weights=tuple(round(float(value), 6) for value in found[1:]),
        intercept=round(float(found[0]), 6),
    )


def verdicts(known: Sequence[Case], kind: str, seed: int = 0) -> list[Verdict]:
    """Take questions; give each one's verdict by a model fitted on the other folds.

    All questions with the same right articles lie in one fold, so that nothing is learnt about an article
    from one question and judged on another.
    """
    themes = sorted({_theme(case) for case in known})
    order = np.random.default_rng(seed).permutation(len(themes))
    fold_of = {themes[at]: place % FOLDS for place, at in enumerate(order)}
    found: list[Verdict] = []
    for fold in range(FOLDS):
        rest = [case for case in known if fold_of[_theme(case)] != fold]
        weights, tenth, model = fit_all(rest, kind)
        found += [verdict(case, weights, tenth, model) for case in known if fold_of[_theme(case)] == fold]
    return found


def verdict(case: Case, weights: dict[str, float], tenth: float, model: Model) -> Verdict:
    """Take a question and a fitted model; give its verdict."""
    hits = case.hits(weights)
    sure = model.probability(features(hits, case.asked, tenth))
    return Verdict(case, tuple(hit.passage.permalink for hit in hits), sure)


def fit_all(known: Sequence[Case], kind: str) -> tuple[dict[str, float], float, Model]:
    """Take questions; give the ranking's weights, what a tenth hit scores by them, and the confidence.

    The ranking learns from hand-written questions alone. The confidence also sees how authors' own variants
    look, left out of their article, standing in it, and with the right article hidden.
    """
    hard = [case for case in known if case.data not in COUNTS]
    weights = fit_ranking(hard, (*DENSE, *LEXICAL) if kind == "dense" else LEXICAL)
    counted = [(case, COUNTS.get(case.data, 1.0)) for case in known]
    counted += [(hidden(case), HIDDEN) for case in known if case.data == "variants"]
    found = [(case, case.hits(weights), count) for case, count in counted]
    last = [hits[LOOKED_AT - 1].score for _, hits, _ in found if len(hits) == LOOKED_AT]
    tenth = round(float(np.mean(last)), 4) if last else 0.0
    model = fit_right(
        [features(hits, case.asked, tenth) for case, hits, _ in found],
        [hits[0].passage.permalink in case.query.gold for case, hits, _ in found],
        [count for _, _, count in found],
        RIGHT_FEATURES[kind],
    )
    return weights, tenth, model


def hidden(case: Case) -> Case:
    """Take a question; give it as if its right article had never been written."""
    keep = ~case.gold
    evidence = replace(case.evidence, articles=case.evidence.articles[keep], table=case.evidence.table[keep])
    return replace(case, query=replace(case.query, gold=()), evidence=evidence)


def _theme(case: Case) -> str:
    links = [re.sub(r"^/(en|zh|ko)/", "/", link) for link in case.query.gold]
    return min(links) if links else case.query.id


def answer_threshold(judged: Sequence[Verdict]) -> float:
    """The lowest confidence at which few unanswerable questions are answered and most answers are right.

    When no such confidence was seen, it lies above all that were: then only articles are named.
    """
    cannot = sum(_count(each) for each in judged if not each.case.query.gold)
    answered = wrong = right = 0.0
    best = min(max(each.sure for each in judged) + 0.01, 0.99)
    for each in sorted(judged, key=lambda each: -each.sure):
        answered += _count(each)
        right += _count(each) * (each.rank == 1)
        wrong += _count(each) * (not each.case.query.gold)
        if wrong <= WRONG_ANSWERS * cannot and right >= RIGHT_ANSWERS * answered:
            best = each.sure
    return round(best, 4)


def suggest_threshold(judged: Sequence[Verdict]) -> float:
    """The confidence that best parts questions with the right article among three from unanswerable ones."""
    best, most, worth = 0.0, 0.0, 0.0
    for each in sorted(judged, key=lambda each: -each.sure):
        worth += _count(each) * (0 < each.rank <= 3)
        # Naming articles for nothing costs a glance, not trust: a part of what help is worth.
        worth -= _count(each) * NEEDLESS * (not each.case.query.gold)
        if worth >= most:
            best, most = each.sure, worth
    return round(best, 4)


def _count(each: Verdict) -> float:
    return COUNTS.get(each.case.data, 1.0)


def thresholds(judged: Sequence[Verdict]) -> dict[str, dict[str, float]]:
    """Take verdicts; give the thresholds of each language, and those of all together under "*"."""
    groups: dict[str, list[Verdict]] = {"*": list(judged)}
    for each in judged:
        groups.setdefault(each.case.query.lang, []).append(each)
    return {
        lang: {"answer": answer_threshold(part), "suggest": min(answer_threshold(part), suggest_threshold(part))}
        for lang, part in groups.items()
    }


def report(
    judged: Sequence[Verdict], known: Sequence[Verdict], folds: int = 5, seed: int = 1
) -> dict[str, float | int | None]:
    """Take verdicts, and those that thresholds are fitted on; give the figures.

    A question's thresholds are fitted on the other folds of the known ones, never on itself.
    """
    spread = np.random.default_rng(seed).integers(0, folds, size=len(known))
    fold_of = {each.case.query.id: int(fold) for each, fold in zip(known, spread, strict=True)}
    limits = {f: thresholds([v for v in known if fold_of[v.case.query.id] != f]) for f in range(folds)}
    answered: list[Verdict] = []
    helped = silent = 0
    for each in judged:
        by_language = limits[fold_of.get(each.case.query.id, 0)]
        limit = by_language.get(each.case.query.lang) or by_language["*"]
        if each.sure >= limit["answer"]:
            answered.append(each)
            helped += each.rank == 1
        elif each.sure >= limit["suggest"]:
            helped += 0 < each.rank <= 3
        else:
            silent += not each.case.query.gold
    can = [each for each in judged if each.case.query.gold]
    cannot = [each for each in judged if not each.case.query.gold]
    wrong = sum(not each.case.query.gold for each in answered)
    return {
        "questions": len(judged),
        "hit1": _mean([each.rank == 1 for each in can]),
        "hit3": _mean([0 < each.rank <= 3 for each in can]),
        "auroc": _rounded(auroc([each.sure for each in can], [each.sure for each in cannot])),
        "answered_share": _rounded(len(answered) / len(judged)),
        "answered_precision": _mean([each.rank == 1 for each in answered]),
        "wrong_answer_rate": _rounded(wrong / len(cannot)) if cannot else None,
        "helped_share": _rounded(helped / len(can)) if can else None,
        "silent_when_nothing_helps": _rounded(silent / len(cannot)) if cannot else None,
    }


def _mean(values: Sequence[float]) -> float | None:
    return _rounded(float(np.mean(values))) if values else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def covid_cases(folder: Path, encoder: Encoder, store: Path) -> list[Case]:
    """Take the FAQ data set; give its paired questions, with half of the entries hidden by a fixed rule."""
    with (folder / "faq_covidbert.csv").open(encoding="utf-8", newline="") as stream:
        entries = {row["question"].strip(): row["answer"] for row in csv.DictReader(stream) if row["lang"] == "en"}
    with (folder / "eval_question_similarity_en.csv").open(encoding="utf-8", newline="") as stream:
        pairs = [row for row in csv.DictReader(stream) if row["similar"] == "1"]
    queries: dict[str, str] = {}
    for pair in pairs:
        for own, other in ((pair["question_1"], pair["question_2"]), (pair["question_2"], pair["question_1"])):
            if own.strip() in entries and other.strip() not in entries:
                queries[other.strip()] = own.strip()
    shown = sorted(entries)[::2]
    articles = [_entry(at, question, entries[question]) for at, question in enumerate(shown)]
    links = {article.title: article.permalink for article in articles}
    known = [
        Query(f"covid-{at:03d}", "en", query, (links[own],) if own in links else ())
        for at, (query, own) in enumerate(sorted(queries.items()))
    ]
    return cases("covid", articles, known, encoder, store)


def _entry(at: int, question: str, answer: str) -> Article:
    link = f"/faq/{at}/"
    return Article(question, "en", link, "faq", False, (), answer, f"{at}.md", f"faq/{at}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True, help="the exported encoder's folder")
    parser.add_argument("--data", type=Path, default=Path("training_data"), help="articles and held-out questions")
    parser.add_argument("--shared", type=Path, default=Path("../shared/data"), help="the shared data, when present")
    parser.add_argument("--out", type=Path, default=PARAMETERS)
    return parser


def collect(data: Path, shared: Path, encoder: Encoder, store: Path) -> list[Case]:
    """Take the data's folders; give all questions there are. What is not present is said and left out."""
    held = data / "heldout"
    sets = [("shop", data / "articles", held / f"answers_{lang}.jsonl") for lang in ("en", "zh", "ko")]
    sets += [("logingov", shared / "kb" / "logingov", held / f"logingov_{lang}.jsonl") for lang in ("en", "zh")]
    found: list[Case] = []
    for name, folder, queries in sets:
        if not folder.is_dir() or not queries.is_file():
            sys.stderr.write(f"{queries.name} is left out: {folder} or the file is not here\n")
            continue
        found += cases(name, read_folder(folder)[0], read_queries(queries), encoder, store)
    if (shared / "faq" / "covid").is_dir():
        found += covid_cases(shared / "faq" / "covid", encoder, store)
    own = read_folder(data / "articles")[0]
    found += variant_cases("variants", own, encoder, store)
    found += verbatim_cases("verbatim", own, encoder, store)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit everything, report it cross-validated, and write the parameters with their provenance."""
    given = _parser().parse_args(arguments)
    encoder = OnnxEncoder(given.encoder, threads=2)
    with tempfile.TemporaryDirectory() as work:
        known = collect(given.data, given.shared, encoder, Path(work))
    content: dict[str, object] = {}
    figures: dict[str, object] = {}
    for kind in ("dense", "lexical"):
        of_kind = [case for case in known if (case.asked.row is not None) == (kind == "dense")]
        own = [case for case in of_kind if case.data != "covid"]
        judged = verdicts(own, kind)
        weights, tenth, model = fit_all(own, kind)
        hard = [each for each in judged if each.case.data not in COUNTS]
        content[kind] = {"ranking": weights, "tenth": tenth, "right": vars(model), "thresholds": thresholds(judged)}
        # This data set is never fitted on: it shows what a strange help centre gets.
        strange = [verdict(case, weights, tenth, model) for case in of_kind if case.data == "covid"]
        for data, lang in sorted({(v.case.data, v.case.query.lang) for v in [*judged, *strange]}):
            part = [v for v in [*judged, *strange] if (v.case.data, v.case.query.lang) == (data, lang)]
            figures[f"{data}/{lang}"] = report(part, judged)
        figures[f"all {kind}"] = report(hard, judged)
    counts = {name: sum(case.data == name for case in known) for name in sorted({case.data for case in known})}
    content["provenance"] = {
        "script": "python -m kb_index.fit",
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "encoder": encoder.name,
        "questions": counts,
        "cost": {"wrong_answer_rate_at_most": WRONG_ANSWERS, "right_when_answered_at_least": RIGHT_ANSWERS},
        "folds": FOLDS,
        "figures": figures,
    }
    given.out.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name, values in figures.items():
        sys.stdout.write(f"{name}: {json.dumps(values)}\n")


if __name__ == "__main__":
    main()
