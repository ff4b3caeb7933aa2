"""Metrics: the same figures for Prometheus."""

from typing import Annotated

from fastapi import APIRouter, Header, Response
from prometheus_client.exposition import choose_encoder

from api.operator.gate import ForOperator
from api.operator.gauges import Gauges
from api.operator.overview import gather

router = APIRouter(tags=["operator"])


@router.get("/metrics", summary="Metrics for Prometheus", response_class=Response)
async def metrics(state: ForOperator, accept: Annotated[str, Header()] = "") -> Response:
    """docs/metrics.md says what each means. Counters are this process's own; what begins with today is everybody's."""
    encode, kind = choose_encoder(accept)
    gauges = Gauges(state.meters.registry, await gather(state))
    return Response(encode(gauges), media_type=kind, headers={"Cache-Control": "no-store"})
