"""Parcels: a mail, a code or money that does not come is no parcel."""

import pytest

from api.orders.parcels import is_of_something_else


@pytest.mark.parametrize("text", ["didn't get the mail", "it says expired", "验证码收不到", "메일이 안 와요"])
def test_a_mail_or_a_code_is_something_else(text: str) -> None:
    assert is_of_something_else(text)


@pytest.mark.parametrize("text", ["where is it", "no mail about my parcel", "快递没到 没邮件", "택배 문자가 안 와요"])
def test_where_a_parcel_is_named_it_is_one(text: str) -> None:
    assert not is_of_something_else(text)
