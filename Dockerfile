# The service as one image. The embedded PostgreSQL is not in it: here a server is given (docker-compose.yml).
FROM python:3.11-slim

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

# Nobody logs in as this account, and it owns nothing but the directories of the keys.
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin verksted \
 && install --directory --owner=verksted --group=verksted --mode=0700 \
      /var/lib/verksted/ballot-keys /var/lib/verksted/person-keys

WORKDIR /srv/verksted

COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock

COPY alembic.ini ./
COPY migrations ./migrations
COPY app ./app
RUN python -m compileall -q app migrations

USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM

CMD ["python", "-m", "app.cli", "serve", "--host", "0.0.0.0", "--port", "8000"]
