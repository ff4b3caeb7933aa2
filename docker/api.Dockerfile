# The API: everything but Rasa. Built from the repository's root:
#   docker build -f docker/api.Dockerfile -t frontdoor-api .

FROM python:3.11-slim-bookworm AS build
# PyPI's torch brings several GB of CUDA libraries that are not used here; this index has the build without them.
ARG PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv /opt/frontdoor && /opt/frontdoor/bin/pip install --no-cache-dir setuptools==80.9.0
COPY requirements.lock ./
RUN /opt/frontdoor/bin/pip install --no-cache-dir -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY api ./api
COPY kb_index ./kb_index
COPY handoff ./handoff
COPY training_data ./training_data
# The bot's files without its environment: a model's version is a hash over them.
COPY bot ./bot
COPY docker/bot_python.py docker/health.py ./docker/
RUN /opt/frontdoor/bin/pip install --no-cache-dir --no-deps --no-build-isolation -e . \
    && chmod 0755 docker/bot_python.py \
    && /opt/frontdoor/bin/python -m compileall -q --invalidation-mode unchecked-hash api kb_index handoff training_data

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Frontdoor API" \
    org.opencontainers.image.description="Self-service front door for customer support: API, widget, knowledge base" \
    org.opencontainers.image.licenses="Apache-2.0"
# /data is the product's own, and its group may read it; /jobs is written by the product and by the trainer.
RUN groupadd --gid 10001 frontdoor \
    && useradd --uid 10001 --gid frontdoor --no-create-home --home-dir /tmp --shell /usr/sbin/nologin frontdoor \
    && install -d -o frontdoor -g frontdoor -m 0750 /data \
    && install -d -o frontdoor -g frontdoor -m 2770 /jobs
COPY --from=build /opt/frontdoor /opt/frontdoor
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/frontdoor/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    HF_HOME=/data/cache \
    FRONTDOOR_HOST=0.0.0.0 \
    FRONTDOOR_PORT=8000 \
    FRONTDOOR_DATA_DIR=/data \
    FRONTDOOR_TRAINING_DIR=/data/training \
    FRONTDOOR_BOT_PYTHON=/app/docker/bot_python.py \
    FRONTDOOR_JOBS_DIR=/jobs
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8000
STOPSIGNAL SIGTERM
# Alive, not ready: without its bot the product still serves customers, and must not be taken away for it.
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=3 \
    CMD ["python", "/app/docker/health.py", "http://127.0.0.1:8000/health/live"]
ENTRYPOINT ["frontdoor"]
CMD ["up"]
