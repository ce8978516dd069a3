# docker build --build-arg REVISION="$(git rev-parse HEAD)" -t marketing-api-simulator .
# BASE may name a copy of the same image in a registry of yours.
ARG BASE=python:3.13-slim
FROM ${BASE} AS build
WORKDIR /source
COPY pyproject.toml constraints.txt README.md LICENSE CHANGELOG.md ./
COPY simulator simulator
COPY contracts contracts
COPY fixtures fixtures
ENV PIP_CONSTRAINT=/source/constraints.txt PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# phonenumbers' tables of which town a number is from are a quarter of what is installed, and nothing reads them
RUN pip install --prefix=/installed . \
    && rm -r /installed/lib/python3*/site-packages/phonenumbers/geodata
ARG REVISION=""
RUN printf '%s' "$REVISION" > "$(echo /installed/lib/python3*/site-packages/simulator/_data)/commit"

FROM ${BASE}
ARG VERSION="0.1.0"
ARG REVISION=""
LABEL org.opencontainers.image.title="Simulator" \
      org.opencontainers.image.description="A local stand-in for four marketing vendors' HTTP APIs" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
COPY --from=build /installed /usr/local
RUN install -d -o 10001 -g 10001 /state /ca
# a number, so that a cluster can see that it is not root
USER 10001:10001
# for `--tls-port`; whoever is to trust it mounts it, too
ENV SIMULATOR_CA_DIR=/ca
# for `--state /state/state.json`
WORKDIR /state
EXPOSE 7470
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('localhost', 7470, timeout=2); c.request('GET', '/_simulator/ready'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["simulator"]
CMD ["serve", "--host", "0.0.0.0"]
