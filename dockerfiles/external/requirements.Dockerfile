# The generic image and what a module needs installed. The context holds the two files; conform writes it.
ARG GENERIC
FROM ${GENERIC}
COPY module-requirements.txt module-constraints.txt /opt/
RUN pip install --no-cache-dir -c /opt/module-constraints.txt -r /opt/module-requirements.txt
