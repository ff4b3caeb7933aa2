"""A small sentence-transformers model of random numbers: it stands for whatever an operator may choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MARKS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
WIDTH = 48


@dataclass(frozen=True)
class Recipe:
    """Its pooling, the width of a dense layer (0 for none), its prompts and the languages of its card."""

    pooling: str = "mean"
    dense: int = 0
    prompts: Mapping[str, str] = field(default_factory=dict)
    languages: Sequence[str] = ("multilingual",)


def make(folder: Path, texts: Sequence[str], recipe: Recipe = Recipe()) -> Path:
    """Takes an empty folder, texts whose characters it shall know, and a recipe; returns the folder of the model."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, Module, Normalize, Pooling, Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    letters = sorted(set("".join(texts).lower()) - {" "})
    vocabulary = {each: at for at, each in enumerate([*MARKS, *letters, *(f"##{letter}" for letter in letters)])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    base = folder / "base"
    base.mkdir(parents=True)
    names = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), MARKS, strict=True))
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=64, **names).save_pretrained(base)
    torch.manual_seed(3)
    shape = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=WIDTH,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=96,
        max_position_embeddings=64,
    )
    BertModel(shape).save_pretrained(base)
    parts: list[Module] = [Transformer(str(base)), Pooling(WIDTH, pooling_mode=recipe.pooling)]
    if recipe.dense:
        parts.append(Dense(WIDTH, recipe.dense))
    parts.append(Normalize())
    model = SentenceTransformer(modules=parts, device="cpu", prompts=dict(recipe.prompts))
    place = folder / "model"
    model.save(str(place))
    listed = "\n".join(f"- {language}" for language in recipe.languages)
    (place / "README.md").write_text(f"---\nlanguage:\n{listed}\n---\n\nMade for a test.\n", encoding="utf-8")
    return place
