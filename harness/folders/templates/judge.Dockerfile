# The judge's own environment: nothing of a backend is in it.
FROM ${BASE} AS judge
COPY {% if installers %}{{ installers }} {% endif %}{{ requirements | join(" ") }} /opt/
RUN python3 -m venv /opt/judge \
{% if installers %}
 && /opt/judge/bin/pip install --no-cache-dir --require-hashes -r /opt/{{ installers | basename }} \
{% endif %}
{% for path in requirements %}
 && /opt/judge/bin/pip install --no-cache-dir --no-deps --require-hashes --only-binary :all: \
    -r /opt/{{ path | basename }} \
{% endfor %}
 && /opt/judge/bin/pip uninstall --quiet --yes setuptools wheel pip
