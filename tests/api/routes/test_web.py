"""Web: the widget's files, whatever else is asked for under their address."""

import httpx
import pytest


@pytest.mark.parametrize("name", ["widget.js", "article.css"])
async def test_a_file_of_the_widget_is_served(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"http://shop/web/{name}")).status_code == 200


@pytest.mark.parametrize("name", ["x" * 5000, "%00", "%2e%2e", "%2e%2e%2fsettings.py", "nobody.js", "", "%ff"])
async def test_any_other_name_is_not_found(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"http://shop/web/{name}")).status_code == 404
