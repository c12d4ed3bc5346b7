"""As much of three CI services as our pipelines need: shell steps are run for real, on a bare machine."""
