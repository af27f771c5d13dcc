# One image for the API, the worker, the mailbox and the one-shot jobs; each service says which it is.
FROM python:3.11-slim AS build
WORKDIR /build
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml requirements-dev.lock ./
# The lock pins everything, the tools of development too: as constraints, it gives the image what runs and no more.
RUN python -m venv /opt/pathfinder \
    && uv pip install --python /opt/pathfinder/bin/python --constraint requirements-dev.lock -r pyproject.toml
COPY . .
RUN uv pip install --python /opt/pathfinder/bin/python --no-deps .

FROM python:3.11-slim
RUN groupadd --system --gid 10001 pathfinder \
    && useradd --system --uid 10001 --gid 10001 --home-dir /var/lib/pathfinder --create-home pathfinder \
    && chmod 700 /var/lib/pathfinder
COPY --from=build /opt/pathfinder /opt/pathfinder
ENV PATH=/opt/pathfinder/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PATHFINDER_VAR_DIR=/var/lib/pathfinder \
    PATHFINDER_BIND_HOST=0.0.0.0
USER pathfinder
WORKDIR /var/lib/pathfinder
VOLUME /var/lib/pathfinder
CMD ["pathfinder", "--help"]
