# The generic image and what a module needs installed. The context holds the files; conform writes it.
ARG GENERIC
FROM ${GENERIC} AS wheels
COPY module-requirements.txt module-constraints.txt /opt/
# Nothing of a package runs unless it is built from source, which is asked for with an empty ONLY; then it runs as a
# user without rights, and conform never builds on the network of the daemon's machine.
ARG ONLY=--only-binary=:all:
USER worker
RUN pip wheel --no-cache-dir ${ONLY} --wheel-dir /tmp/wheels \
    -c /opt/module-constraints.txt -r /opt/module-requirements.txt

FROM ${GENERIC}
COPY --from=wheels /tmp/wheels /opt/wheels
# From wheels alone, which were compared with the hashes when they were fetched. A plug-in demands keras, which would
# replace the nightly.
RUN rm -f /opt/wheels/keras-[0-9]* \
 && pip install --no-cache-dir --no-deps /opt/wheels/*.whl
