"""Documents read by the workers of a dask.distributed scheduler, which others have started.

dask sends what it is given as pickles, which can run anything when they are opened: the scheduler and all who can reach it
must be trusted.
"""

import logging
import warnings
from collections.abc import Callable, Iterator, Sized
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager, suppress
from typing import Protocol, cast
from urllib.parse import urlsplit

from irkg.readers import Readers
from ontology.errors import IrkgError, UnreachableError, UsageError

CONNECT_S = 10
"""Seconds until a scheduler counts as unreachable."""

WITHOUT_WORKERS_S = 60
"""Seconds that a build hopes for new workers when the last one is gone."""

_SCHEMES = ("tcp", "tls", "ucx", "ws", "wss")
_PATIENCE_S = 5.0  # without a batch, until we ask whether there are workers at all
_MOST_DOCUMENTS = 16  # of a batch
_SHARES = 4  # batches for each worker, so that all are done at about the same time
_FEWEST_BATCHES = 16  # under way, so that a cluster that grows with its work finds some


class _Client(Protocol):
    """What we use of a client of dask, whose own types don't tell."""

    status: str

    def nthreads(self) -> Sized: ...
    def wait_for_workers(self, n_workers: int, timeout: float) -> None: ...
    def get_executor(self, *, pure: bool) -> Executor: ...
    def close(self, timeout: float) -> None: ...


@contextmanager
def cluster_readers(address: str, documents: int) -> Iterator[Readers]:
    """The workers of a scheduler, for so many documents.

    Raises:
        IrkgError: dask.distributed is not installed.
        UsageError: that is no address.
        UnreachableError: no scheduler answers, or it has no workers.
    """
    _check_address(address)
    try:
        import dask
        import distributed
    except ImportError:
        raise IrkgError("--scheduler needs dask.distributed, which is not installed; pip install 'irkg[cluster]'") from None

    def check() -> None:
        if not client.nthreads():
            _wait_for_workers(client, address, WITHOUT_WORKERS_S)

    def explain(error: Exception) -> IrkgError | None:
        if isinstance(error, distributed.KilledWorker):
            return None
        if isinstance(error, CancelledError) or client.status != "running":
            return UnreachableError(f"{address}: the scheduler is gone; what was read is kept, and another build goes on from there")
        return IrkgError(f"{address}: a worker can't read ({type(error).__name__}: {error}); is the same irkg installed there?")

    with _silence(), dask.config.set({"distributed.comm.timeouts.connect": CONNECT_S}):
        client = _connected(distributed.Client, address)
        executor = client.get_executor(pure=False)
        try:
            _wait_for_workers(client, address, CONNECT_S)
            workers = len(client.nthreads())
            yield Readers(
                executor,
                batches=max(_FEWEST_BATCHES, 2 * workers),
                documents=max(1, min(_MOST_DOCUMENTS, documents // (_SHARES * workers))),
                explain=explain,
                check=check,
                patience_s=_PATIENCE_S,
            )
        finally:
            with suppress(OSError):  # a scheduler that is gone has nothing to be told
                executor.shutdown(wait=False)
                client.close(timeout=CONNECT_S)


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address if "://" in address else f"tcp://{address}")
        is_one = parts.scheme in _SCHEMES and parts.hostname and parts.port
    except ValueError:
        is_one = False
    if not is_one:
        raise UsageError(f"--scheduler {address}: is no address of a scheduler; it looks like tcp://host:8786")


def _connected(connect: Callable[..., object], address: str) -> _Client:
    try:
        return cast("_Client", connect(address, timeout=CONNECT_S, set_as_default=False, name="irkg"))
    except OSError:
        raise UnreachableError(f"{address}: no scheduler answers there; start one with dask scheduler") from None


def _wait_for_workers(client: _Client, address: str, seconds: float) -> None:
    try:
        client.wait_for_workers(1, timeout=seconds)
    except OSError:
        raise UnreachableError(f"{address}: the scheduler has no workers; start some with dask worker {address}") from None


@contextmanager
def _silence() -> Iterator[None]:
    """Keeps what dask logs and warns of off stderr, which is for our own lines; what matters of it becomes an error of ours."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
