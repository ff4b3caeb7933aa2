"""Sets: articles and questions about them, from our own held-out files and from the shared data where it is present."""

from __future__ import annotations

import csv
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb_index.articles import Article, read_folder
from kb_index.encoder import Encoder
from kb_index.evaluate import Query, read_queries
from kb_index.fit.tellings import fit_tellings

#: Of the lists of questions, these halves are hidden by turns.
SEEDS = (0, 1)
#: Ends the ids of questions that are asked of articles without their variants.
BARE = "/bare"
# From this cosine on two questions are much alike.
_ALIKE = 0.75


@dataclass(frozen=True)
class QuestionSet:
    """Articles, questions about them, and their family: sets of one family are not strange to each other."""

    family: str
    articles: tuple[Article, ...]
    queries: tuple[Query, ...]
    # Learnt from other questions than these, to be used for them; else the written ones are.
    tellings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def help_centres(data: Path, shared: Path) -> Iterator[QuestionSet]:
    """Take our own data's folder and the shared one; give the help centres with their hand-written questions."""
    held = data / "heldout"
    for family, folder, name in (
        ("shop", data / "articles", "answers"),
        ("logingov", shared / "kb" / "logingov", "logingov"),
    ):
        for path in sorted(held.glob(f"{name}_*.jsonl")):
            if not folder.is_dir():
                sys.stderr.write(f"{path.name} is left out: {folder} is not here\n")
                continue
            yield QuestionSet(family, tuple(read_folder(folder)[0]), tuple(read_queries(path)))


def bare(whole: QuestionSet) -> QuestionSet:
    """Take a set; give it without the question variants that authors wrote: most help centres have none."""
    return replace(
        whole,
        articles=tuple(replace(article, questions=()) for article in whole.articles),
        queries=tuple(replace(query, id=query.id + BARE) for query in whole.queries),
    )


def variants(articles: Sequence[Article]) -> Iterator[QuestionSet]:
    """Take articles; ask each question variant of theirs with the variant left out: what customers ask plainly."""
    for turn in range(max((len(article.questions) for article in articles), default=0)):
        rest = [replace(a, questions=a.questions[:turn] + a.questions[turn + 1 :]) for a in articles]
        yield QuestionSet("variants", tuple(rest), tuple(_own(articles, turn, "?")))


def verbatim(articles: Sequence[Article]) -> QuestionSet:
    """Take articles; ask the first variant of each, word for word: a tapped suggestion, a learnt question."""
    return QuestionSet("verbatim", tuple(articles), tuple(_own(articles, 0, "!")))


def _own(articles: Sequence[Article], turn: int, mark: str) -> Iterator[Query]:
    for article in articles:
        if turn < len(article.questions) and not article.internal:
            link = article.permalink
            yield Query(f"{link}{mark}{turn}", article.lang, article.questions[turn], (link,))


def covid(shared: Path) -> QuestionSet | None:
    """Take the shared data; give the COVID FAQ: each entry an article, its paraphrases the questions."""
    folder = shared / "faq" / "covid"
    if not folder.is_dir():
        sys.stderr.write(f"the FAQ is left out: {folder} is not here\n")
        return None
    answers: dict[str, str] = {}
    for row in _rows(folder / "faq_covidbert.csv"):
        if row["lang"] == "en":
            answers.setdefault(row["question"].strip(), row["answer"])
    asked: dict[str, set[str]] = {}
    for row in _rows(folder / "eval_question_similarity_en.csv"):
        own, other = row["question_1"].strip(), row["question_2"].strip()
        if row["similar"] == "1" and own in answers and other not in answers:
            asked.setdefault(other, set()).add(own)
    links = {title: f"/faq/{at}/" for at, title in enumerate(sorted(answers))}
    articles = [entry(links[title], "en", title, answers[title]) for title in links]
    queries = [
        Query(f"covid-{at:03d}", "en", text, tuple(sorted(links[own] for own in asked[text])))
        for at, text in enumerate(sorted(asked))
    ]
    return QuestionSet("covid", tuple(articles), tuple(queries))


def parakqc(shared: Path, paraphrases: int, part: int) -> QuestionSet | None:
    """Take the shared data, how many paraphrases of each are asked, and which half of the questions (0 or 1) asks.

    Every question is an entry; what tells in one half is learnt from the other.
    """
    clusters = clusters_of(shared)
    if not clusters:
        sys.stderr.write("the Korean paraphrases are left out: they are not here\n")
        return None
    middle = len(clusters) // 2
    asking = range(middle) if part == 0 else range(middle, len(clusters))
    articles = [entry(f"/parakqc/{at}/", "ko", each[0], each[0]) for at, each in enumerate(clusters)]
    queries = [
        Query(f"parakqc-{at}-{turn}", "ko", text, (f"/parakqc/{at}/",))
        for at in asking
        # Another paraphrase of each, so that all forms are seen.
        for turn, text in enumerate([*clusters[at][1:], *clusters[at][1:]][at % 9 :][:paraphrases])
    ]
    learnt = fit_tellings([each for at, each in enumerate(clusters) if at not in asking], "ko")
    return QuestionSet("parakqc", tuple(articles), tuple(queries), {"ko": learnt})


def intents(shared: Path, name: str, seed: int) -> QuestionSet | None:
    """Take the shared data and a set of intents; give each intent as an entry called by one of its examples.

    Other examples ask. They are no paraphrases, so this is a list of questions of the hardest kind.
    """
    path = shared / "intents" / name / "train.csv"
    if not path.is_file():
        sys.stderr.write(f"{name} is left out: {path} is not here\n")
        return None
    examples: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for text, label in list(csv.reader(stream))[1:]:
            examples.setdefault(label, []).append(text)
    chance = random.Random(seed)  # noqa: S311
    articles, queries = [], []
    for label in sorted(examples.keys() - {"__out_of_scope__"}):
        called, *asked = chance.sample(examples[label], 3)
        articles.append(entry(f"/{name}/{label}/", "en", called, called))
        queries += [Query(f"{name}-{label}-{at}", "en", text, (f"/{name}/{label}/",)) for at, text in enumerate(asked)]
    return QuestionSet(name, tuple(articles), tuple(queries))


def clusters_of(shared: Path) -> list[list[str]]:
    """Take the shared data; give groups of Korean sentences that ask the same, empty when they are not here."""
    path = shared / "multilingual" / "parakqc_clusters_000_499.jsonl"
    if not path.is_file():
        return []
    return [json.loads(line)["paraphrases"] for line in path.read_text(encoding="utf-8").splitlines()]


def half(whole: QuestionSet, seed: int) -> QuestionSet:
    """Take a set; give it with half of its articles hidden: their questions have no answer then."""
    kept = set(random.Random(seed).sample([a.permalink for a in whole.articles], len(whole.articles) // 2))  # noqa: S311
    return replace(
        whole,
        articles=tuple(article for article in whole.articles if article.permalink in kept),
        queries=tuple(
            replace(query, id=f"{query.id}/{seed}", gold=tuple(link for link in query.gold if link in kept))
            for query in whole.queries
        ),
    )


def paired(whole: QuestionSet) -> QuestionSet:
    """Take a set; give it with only those articles that some question asks for: then fewer are alike."""
    wanted = {link for query in whole.queries for link in query.gold}
    return replace(whole, articles=tuple(article for article in whole.articles if article.permalink in wanted))


def distinct(whole: QuestionSet, encoder: Encoder) -> QuestionSet:
    """Take a set; give it without entries that are much like another one, and without their questions.

    Where two entries ask nearly the same, the answer of the one is no wrong answer to the other, but counts as one.
    """
    rows = encoder.encode([article.title for article in whole.articles])
    kept: list[int] = []
    for at in range(len(rows)):
        if not kept or float((rows[kept] @ rows[at]).max()) < _ALIKE:
            kept.append(at)
    articles = tuple(whole.articles[at] for at in kept)
    links = {article.permalink for article in articles}
    queries = tuple(query for query in whole.queries if set(query.gold) <= links)
    return replace(whole, articles=articles, queries=queries)


def entry(link: str, lang: str, question: str, answer: str) -> Article:
    """Take a question and its answer; give them as an article."""
    return Article(question, lang, link, "faq", False, (), answer, f"{link.strip('/')}.md", link)


def all_sets(data: Path, shared: Path, encoder: Encoder) -> list[QuestionSet]:
    """Take the two folders and an encoder; give every set there is. What is not present is said and left out."""
    own = read_folder(data / "articles")[0]
    centres = list(help_centres(data, shared))
    shops = [bare(each) for each in centres if any(article.questions for article in each.articles)]
    found = [*centres, *shops, *variants(own), verbatim(own)]
    for seed in SEEDS:
        if (faq := covid(shared)) is not None:
            apart = replace(distinct(paired(faq), encoder), family="distinct")
            found += [half(faq, seed), half(apart, seed), half(apart, seed + len(SEEDS))]
        if (korean := parakqc(shared, 2, seed)) is not None:
            found += [korean, half(korean, seed)]
        for name in ("banking77", "clinc150"):
            if (whole := intents(shared, name, seed)) is not None:
                found.append(half(whole, seed))
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
