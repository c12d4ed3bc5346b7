# The build context is the repository's root:  docker build -f {{ folder }}/Dockerfile .
# Nothing comes from apt: a Debian release leaves its mirrors long before its images leave the registries.
ARG BASE={{ docker.base }}
{% if docker.build_base %}
# The environment is made on a larger base, which has a compiler, and copied.
ARG BUILD_BASE={{ docker.build_base }}
{% endif %}

{{ judge }}
{% if docker.build_base %}
FROM ${BUILD_BASE} AS environment
{% else %}
FROM ${BASE}
RUN {{ useradd }}
{% endif %}
{% if installers %}
COPY {{ installers }} /opt/
{% endif %}
RUN python3 -m venv /opt/env
{%- if installers %} \
 && /opt/env/bin/pip install --no-cache-dir --require-hashes -r /opt/{{ installers | basename }}
{%- endif %}

COPY {{ source }}/requirements.txt{% for script in scripts %} {{ source }}/{{ script }}{% endfor %} /opt/
RUN /opt/env/bin/pip install --no-cache-dir --no-deps --require-hashes -r /opt/requirements.txt
{%- if prepare %} \
 && /opt/env/bin/python /opt/prepare.py
{%- endif %}
{%- for path in docker.leave_out %} \
 && rm -r /opt/env/lib/python{{ python }}/site-packages/{{ path }}
{%- endfor %}

{% if docker.build_base %}

FROM ${BASE}
RUN {{ useradd }}
{% for path in docker.libraries %}
COPY --from=environment {{ path }} {{ path }}
{% endfor %}
COPY --from=environment /opt/env /opt/env
{% endif %}
