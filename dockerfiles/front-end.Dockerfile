# Another release of the front end on top of a backend's image, first on the worker's path. conform writes the context.
ARG BELOW
FROM ${BELOW}
COPY front-end /opt/front-end
RUN python -m compileall -q /opt/front-end || true
ENV CONFORM_FRONT_END=/opt/front-end
