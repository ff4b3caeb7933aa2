"""A slip in a mail domain is noticed, and a rare domain is left alone."""

import pytest

from handoff.details import likely_typo
from handoff.mail_domains import DOMAINS


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmal.com", "gmail.com"),
        ("gnail.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("mgail.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmial.con", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("hotmal.com", "hotmail.com"),
        ("outlok.com", "outlook.com"),
        ("outloook.de", "outlook.de"),
        ("yaho.com", "yahoo.com"),
        ("yahooo.co.jp", "yahoo.co.jp"),
        ("iclould.com", "icloud.com"),
        ("qq.con", "qq.com"),
        ("163.con", "163.com"),
        ("foxmial.com", "foxmail.com"),
        ("navre.com", "naver.com"),
        ("naver.con", "naver.com"),
        ("hanmial.net", "hanmail.net"),
        ("hanmail.com", "hanmail.net"),
        ("daum.ner", "daum.net"),
        ("kakoa.com", "kakao.com"),
        ("protonmial.com", "protonmail.com"),
        ("mycompany.con", "mycompany.com"),
    ],
)
def test_a_slip_is_noticed(domain: str, meant: str) -> None:
    assert likely_typo(f"jane@{domain}") == meant


@pytest.mark.parametrize(
    "domain",
    [
        *("mail.com", "email.com", "ymail.com", "gmx.net", "me.com", "live.nl", "yahoo.co.kr", "proton.me"),
        *("qq.com", "163.com", "126.com", "naver.com", "daum.net", "hanmail.net", "kakao.com", "nate.com"),
        *(
            "example.com",
            "example.org",
            "zmail.com",
            "love.com",
            "linden-lark.example.nl",
            "company.co",
            "tuni.fi",
        ),
        *(
            "snu.ac.kr",
            "tsinghua.edu.cn",
            "mit.edu",
            "google.com",
            "apple.com",
            "asml.com",
            "kpn.nl",
            "samsung.com",
        ),
    ],
)
def test_a_rare_domain_is_not_a_slip(domain: str) -> None:
    assert likely_typo(f"jane@{domain}") is None


def test_no_domain_of_a_provider_is_a_slip_and_every_suggestion_is_one() -> None:
    assert [domain for domain in DOMAINS if likely_typo(f"a@{domain}")] == []
