"""What ends a command: wrong input or usage with exit code 2, a notebook that stopped with 1."""

from iku_analysis.terminal import harmless


class IkuError(Exception):
    """Wrong input or usage; the message says what to do about it."""

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows instead of a traceback (a hook of IPython): the message alone."""
        return harmless(str(self)).splitlines()


class RunFailed(Exception):  # noqa: N818
    """A notebook stopped in a cell. The command line ends with exit code 1."""


class KernelLost(RunFailed):
    """The program that runs a notebook died or did not answer, whatever the notebook says: a second try may pass."""


class AddressLost(RunFailed):
    """An address could not be read or written: a second try may pass."""
