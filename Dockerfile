# One image for every process of the service: `tally migrate`, `tally api`, `tally worker`.

FROM python:3.11-slim-bookworm AS build
WORKDIR /src
RUN python3 -m venv /opt/tally && python3 -m venv /opt/build
COPY requirements/runtime.txt requirements/build.txt requirements/
# Compiled once here, for the image's files are read-only when it runs.
RUN /opt/tally/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.txt \
 && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY api api
COPY cli cli
COPY exports exports
COPY extraction extraction
COPY migrations migrations
COPY models models
COPY seeds seeds
COPY worker worker
RUN /opt/build/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /src/wheels . \
 && /opt/tally/bin/pip install --no-cache-dir --no-deps /src/wheels/*.whl \
 && /opt/tally/bin/pip uninstall --yes pip

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin tally
COPY --from=build /opt/tally /opt/tally
ENV PATH=/opt/tally/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /tmp
USER tally
ENTRYPOINT ["tally"]
CMD ["api", "--host", "0.0.0.0", "--port", "8000"]
