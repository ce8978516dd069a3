"""pytest's own tester, for the tests of our plugin: plugins can be asked for nowhere else."""

pytest_plugins = ["pytester"]
