# One image for every process of the service: `tally migrate`, `api`, `worker` and `webhooks`.

FROM python:3.11-slim-bookworm AS build
# `strip`, for the end of this stage; neither it nor pip reaches the image.
RUN apt-get update -q && apt-get install -yq --no-install-recommends binutils && rm -rf /var/lib/apt/lists/*
WORKDIR /src
RUN python3 -m venv /opt/tally && python3 -m venv /opt/build
# `otel` adds what sends spans.
ARG REQUIREMENTS=runtime
COPY requirements/${REQUIREMENTS}.txt requirements/build.txt requirements/
# Compiled once here, for the image's files are read-only when it runs.
RUN /opt/tally/bin/pip install --no-cache-dir --require-hashes -r requirements/${REQUIREMENTS}.txt \
 && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt
# A third of it is read by no process: debug symbols, sources and headers of C code, the libraries' own tests, and the
# names of countries and currencies in other languages than English.
RUN cd /opt/tally/lib/python3*/site-packages \
 && find spacy thinc srsly preshed cymem murmurhash regex -name '*.so' -exec strip --strip-unneeded {} + \
 && find . -type f \( -name '*.pyx' -o -name '*.pxd' -o -name '*.pyi' -o -name '*.c' -o -name '*.cpp' -o -name '*.h' \) -delete \
 && find . -type d -name tests -prune -exec rm -r {} + \
 && find babel/locale-data -name '*.dat' ! -name 'root.dat' ! -name 'en*.dat' -delete
COPY pyproject.toml README.md LICENSE ./
COPY api api
COPY checks checks
COPY cli cli
COPY exports exports
COPY extraction extraction
COPY migrations migrations
COPY models models
COPY runtime runtime
COPY seeds seeds
COPY tracing tracing
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
