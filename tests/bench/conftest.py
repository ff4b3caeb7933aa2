"""What the tests of the benchmark share: an exported encoder, and a data folder in which all is trained."""

import os
from pathlib import Path

import pytest

from kb_index.encoder import OnnxEncoder
from kb_index.export import DEFAULT_SOURCE, export_encoder
from tests.journeys.conftest import prepared  # noqa: F401 - a fixture


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default encoder, exported once; FRONTDOOR_TEST_CACHE keeps it from one run to the next."""
    cache = os.environ.get("FRONTDOOR_TEST_CACHE")
    folder = (Path(cache) if cache else tmp_path_factory.mktemp("encoder")) / "all-MiniLM-L6-v2"
    export_encoder(DEFAULT_SOURCE, folder)
    return folder


@pytest.fixture(scope="session")
def encoder(exported: Path) -> OnnxEncoder:
    return OnnxEncoder(exported)
