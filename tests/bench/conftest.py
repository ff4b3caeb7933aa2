"""What the tests of the benchmark share: an exported encoder, and a data folder in which all is trained."""

from pathlib import Path

import pytest

from kb_index.encoder import OnnxEncoder
from tests.journeys.conftest import prepared  # noqa: F401 - a fixture
from tests.kb_index.conftest import exported  # noqa: F401 - a fixture


@pytest.fixture(scope="session")
def encoder(exported: Path) -> OnnxEncoder:  # noqa: F811 - pytest hands it in by its name
    return OnnxEncoder(exported)
