"""Web: the widget's files, whatever else is asked for under their address."""

import httpx
import pytest

from api.widget import FOLDER, PARTS


@pytest.mark.parametrize("name", ["widget.js", "article.css"])
async def test_a_file_of_the_widget_is_served(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"http://shop/web/{name}")).status_code == 200


@pytest.mark.parametrize("name", ["x" * 5000, "%00", "%2e%2e", "%2e%2e%2fsettings.py", "nobody.js", "", "%ff"])
async def test_any_other_name_is_not_found(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"http://shop/web/{name}")).status_code == 404


async def test_the_widget_is_sent_again_only_when_it_changed(client: httpx.AsyncClient) -> None:
    first = await client.get("http://shop/web/widget.js")
    assert first.headers["content-type"].startswith("text/javascript")
    # One function, so that the page that loads it gets no name of ours, and every room of it inside.
    assert first.text.startswith("(() => {\n/**")
    assert first.text.rstrip().endswith("})();")
    assert {path.name for path in FOLDER.iterdir()} == {"intro.js", "style.css", *PARTS}
    again = await client.get("http://shop/web/widget.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
