"""Signing in: only with the right password, not for long with wrong ones, and safe against other sites."""

import httpx
import pytest

from handoff.lockout import LOCKED
from handoff.sessions import IDLE

from ..stand import Stand
from .desk import PASSWORD, Office

POSTS = ["sign-out", "presence", "replies", "conversations/x/claim", "conversations/x/reply", "conversations/x/note"]
GETS = ["me", "agents", "conversations", "conversations/x", "articles?q=a", "replies", "overview", "events"]


async def test_while_there_is_no_user_it_is_said_how_to_make_one(client: httpx.AsyncClient) -> None:
    for answer in (
        await client.get("/api/v1/desk/me"),
        await client.post("/api/v1/desk/sign-in", json={"name": "x", "password": "y"}),
    ):
        assert answer.status_code == 401
        assert answer.json()["code"] == "no_users"
        assert "frontdoor user add" in answer.json()["message"]


async def test_a_right_password_gives_a_cookie_no_script_and_no_other_site_can_use(office: Office) -> None:
    kim = await office.person("kim", signed_in=False, languages=["ko"], capacity=3)
    answer = await kim.sign_in()
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secure" not in cookie
    me = (await kim.get("me")).json()
    assert me["agent"]["name"] == "kim"
    assert me["agent"]["languages"] == ["ko"]
    assert me["agent"]["capacity"] == 3
    assert me["csrf"] == answer.json()["csrf"]
    assert me["csrf"] not in cookie


async def test_over_https_the_cookie_is_never_sent_in_the_clear(office: Office) -> None:
    await office.person("kim", signed_in=False)
    browser = office.browser("kim", "https://shop")
    assert "secure" in (await browser.sign_in()).headers["set-cookie"].lower()


@pytest.mark.parametrize("path", GETS)
async def test_nothing_is_shown_to_who_is_signed_out(office: Office, path: str) -> None:
    await office.person("kim", signed_in=False)
    answer = await office.browser("nobody").client.get(f"/api/v1/desk/{path}")
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


@pytest.mark.parametrize("path", POSTS)
async def test_a_post_without_the_token_of_the_session_is_refused(office: Office, path: str) -> None:
    kim, lee = await office.person("kim"), await office.person("lee")
    for shown in ("", "wrong", lee.csrf):
        kim.csrf, right = shown, kim.csrf
        answer = await kim.post(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
        kim.csrf = right


@pytest.mark.parametrize("name", ["kim", "nobody"])
async def test_after_five_wrong_passwords_nobody_tries_that_name_for_a_while(
    office: Office, stand: Stand, name: str
) -> None:
    await office.person("kim", signed_in=False)
    browser = office.browser(name)
    for _ in range(5):
        wrong = await browser.sign_in("wrong")
        assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_sign_in")
    locked = await browser.sign_in(PASSWORD)
    assert (locked.status_code, locked.json()["code"]) == (423, "locked_out")
    assert locked.json()["seconds"] == int(locked.headers["retry-after"]) == 900
    assert "15" in locked.json()["message"]
    stand.now += LOCKED
    assert (await browser.sign_in(PASSWORD)).status_code == (200 if name == "kim" else 401)


async def test_a_right_password_forgets_the_wrong_ones_before_it(office: Office) -> None:
    kim = await office.person("kim", signed_in=False)
    for _ in range(3):
        for _ in range(4):
            assert (await kim.sign_in("wrong")).status_code == 401
        assert (await kim.sign_in()).status_code == 200


async def test_who_is_signed_in_stays_so_while_their_name_is_locked(office: Office) -> None:
    kim = await office.person("kim")
    stranger = office.browser("kim")
    for _ in range(6):
        await stranger.sign_in("wrong")
    assert (await kim.get("me")).status_code == 200


async def test_signing_out_ends_the_session_also_for_who_kept_the_cookie(office: Office) -> None:
    kim = await office.person("kim")
    kept = dict(kim.client.cookies)
    assert (await kim.post("sign-out")).status_code == 204
    for name, value in kept.items():
        kim.client.cookies.set(name, value)
    assert (await kim.get("me")).json()["code"] == "signed_out"


async def test_a_session_ends_after_half_a_day_of_nothing(office: Office, stand: Stand) -> None:
    kim = await office.person("kim")
    stand.now += IDLE / 2
    assert (await kim.get("me")).status_code == 200
    stand.now += IDLE
    assert (await kim.get("me")).status_code == 200
    stand.now += IDLE * 2
    assert (await kim.get("me")).status_code == 401


async def test_another_password_and_being_removed_end_every_session(office: Office, stand: Stand) -> None:
    kim, lee = await office.person("kim"), await office.person("lee")
    await stand.desk.agents.set_password("kim", "another")
    await stand.desk.agents.remove("lee", stand.now)
    assert (await kim.get("me")).status_code == 401
    assert (await lee.get("me")).status_code == 401
    assert (await lee.sign_in()).status_code == 401


async def test_who_is_there_is_seen_by_colleagues_and_who_is_silent_is_not(office: Office, stand: Stand) -> None:
    kim, lee = await office.person("kim"), await office.person("lee")
    await lee.post("presence", available=False)
    team = {one["name"]: one for one in (await kim.get("agents")).json()["agents"]}
    assert team["kim"]["present"]
    assert team["kim"]["available"]
    assert team["lee"]["present"]
    assert not team["lee"]["available"]
    stand.now += stand.desk.away
    team = {one["name"]: one for one in (await kim.get("agents")).json()["agents"]}
    assert team["kim"]["present"]
    assert not team["lee"]["present"]


async def test_a_knowledge_manager_sees_articles_and_no_conversations(office: Office, waiting: str) -> None:
    anna = await office.person("anna", "knowledge_manager")
    assert (await anna.get("articles", q="late parcel")).status_code == 200
    assert (await anna.get("replies")).status_code == 200
    for path in ("conversations", f"conversations/{waiting}", "overview", "events"):
        answer = await anna.get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert (await anna.post(f"conversations/{waiting}/claim", epoch=1)).status_code == 403


async def test_an_agent_does_not_see_the_overview(office: Office) -> None:
    kim = await office.person("kim")
    assert (await kim.get("overview")).status_code == 403


async def test_a_refusal_is_said_in_the_agents_language(office: Office) -> None:
    kim = await office.person("kim", signed_in=False)
    kim.client.headers["accept-language"] = "ko"
    assert "비밀번호" in (await kim.sign_in("wrong")).json()["message"]
