"""Makes the ground of ``tests/ground.py`` known to the tests of every package."""

pytest_plugins = ["tests.ground"]
