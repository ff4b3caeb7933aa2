# The bot: Rasa 3.6 on Python 3.10, reached by the API alone. Built from the repository's root:
#   docker build -f docker/bot.Dockerfile -t frontdoor-bot .

FROM python:3.10-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app/bot
# Some of Rasa's dependencies come as source, and build with these versions.
RUN python -m venv /opt/bot && /opt/bot/bin/pip install --no-cache-dir wheel==0.45.1 setuptools==70.3.0
COPY bot/requirements.lock ./
RUN /opt/bot/bin/pip install --no-cache-dir -r requirements.lock
COPY bot ./
COPY docker/health.py ./health.py
RUN /opt/bot/bin/python -m compileall -q --invalidation-mode unchecked-hash .

FROM python:3.10-slim-bookworm
LABEL org.opencontainers.image.title="Frontdoor bot" \
    org.opencontainers.image.description="Rasa with Frontdoor's pipeline: reads intents for the Frontdoor API" \
    org.opencontainers.image.licenses="Apache-2.0"
# A user of its own in the product's group: it reads models and encoder, and writes nothing of the product's.
RUN groupadd --gid 10001 frontdoor \
    && useradd --uid 10002 --gid frontdoor --no-create-home --home-dir /tmp --shell /usr/sbin/nologin rasa \
    && install -d -o 10001 -g frontdoor -m 0750 /data \
    && install -d -o 10001 -g frontdoor -m 2770 /jobs \
    && install -d -o rasa -g frontdoor -m 0750 /turns
COPY --from=build /opt/bot /opt/bot
COPY --from=build /app/bot /app/bot
WORKDIR /app/bot
ENV PATH=/opt/bot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOME=/tmp \
    MPLCONFIGDIR=/tmp/matplotlib \
    RASA_CACHE_DIRECTORY=/tmp/rasa \
    FRONTDOOR_ENCODER_FOLDER=/data/encoder
USER 10002:10001
EXPOSE 5005
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=3 \
    CMD ["python", "/app/bot/health.py", "http://127.0.0.1:5005/webhooks/frontdoor/ready"]
ENTRYPOINT ["python"]
CMD ["serve.py", "--models", "/data/models", "--turns", "/turns", "--host", "0.0.0.0", "--port", "5005"]
