"""Errors: also what nobody thought of leaves as a code and a sentence, and never quotes what went wrong inside."""

import httpx
import pytest
from fastapi import FastAPI

from api import errors


@pytest.mark.parametrize(("language", "end"), [("en", "moment."), ("zh-CN,zh;q=0.9", "。"), ("ko", "요.")])
async def test_what_nobody_thought_of_is_a_code_and_a_sentence(language: str, end: str) -> None:
    app = FastAPI()
    errors.install(app)

    @app.get("/")
    async def broken() -> None:
        raise RuntimeError("the password is parrot")

    # The error itself goes on to the log; here only what the caller reads counts.
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
        answer = await client.get("/", headers={"Accept-Language": language})
    assert answer.status_code == 500
    assert answer.json()["code"] == "failed"
    assert answer.json()["message"].endswith(end)
    assert "parrot" not in answer.text
