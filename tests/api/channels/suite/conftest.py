"""The suite runs once for each channel of the table."""

from pathlib import Path

import pytest

from api.channels import CHANNELS
from api.settings import Settings

from .sample import Sample
from .telegram import TELEGRAM

SAMPLES = {sample.name: sample for sample in (TELEGRAM,)}


@pytest.fixture(params=sorted(CHANNELS))
def sample(request: pytest.FixtureRequest) -> Sample:
    assert request.param in SAMPLES, f"{request.param} has no sample: see docs/adding-a-channel.md"
    return SAMPLES[request.param]


@pytest.fixture
def settings(tmp_path: Path, sample: Sample) -> Settings:
    return Settings(data_dir=tmp_path, rate_per_conversation="1000/minute", **sample.settings)
