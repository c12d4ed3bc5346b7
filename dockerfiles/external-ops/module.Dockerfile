# The source of a module as the last layer, root's own, so that the module cannot write to it. conform writes the context.
ARG BELOW
FROM ${BELOW}
COPY module /opt/module
ENV CONFORM_PATH=/opt/module
