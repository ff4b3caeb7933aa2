"""What the tests of orders share: a day that does not pass, and an order system."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from tests.api.orders.system import OrderSystem, order_system

TODAY = date(2026, 11, 23)


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
async def system() -> AsyncIterator[OrderSystem]:
    async with order_system() as system:
        yield system
