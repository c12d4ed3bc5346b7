{{ variables }}{{ labels }}
COPY --from=judge /opt/judge /opt/judge
COPY conformance /opt/suite/conformance
RUN python -m compileall -q /opt/suite/conformance
# As root, which the suite is only until it has read this: it goes on as two users, of which neither may do
# anything to the other.
WORKDIR /
ENTRYPOINT ["/opt/judge/bin/python", "-I", "/opt/suite/conformance/__main__.py"]
