{{ variables }}{{ labels }}
COPY conformance /opt/suite/conformance
RUN python -m compileall -q /opt/suite/conformance
USER conform
WORKDIR /tmp
ENTRYPOINT ["python", "-m", "conformance"]
