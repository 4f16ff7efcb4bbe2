"""Pieces of a task on a Dask cluster: one Octave session per worker thread."""

from ..errors import RequestError

_SECONDS = 10  # for the scheduler to answer
_AHEAD = 3  # pieces per thread that are handed out before results are back


def cluster(task, numbers, address):
    """Do pieces on the workers of a scheduler.

    Parameters
    ----------
    task : task
        As `jobs` says.
    numbers : iterable of int
        The pieces.
    address : str
        Address of the scheduler, such as ``tcp://host:8786``; its workers need dltcnn[parity] and
        Octave.

    Yields
    ------
    dict
        Results, as they come.

    Raises
    ------
    RequestError
        If Dask is not installed, or no scheduler or worker answers there.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise RequestError(
            "--cluster needs Dask, which is not installed: pip install dltcnn[cluster]"
        ) from None
    try:
        client = Client(address, timeout=_SECONDS)
    except (OSError, ValueError) as error:
        raise RequestError(f"no scheduler answers at {address} ({error})") from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise RequestError(
                f"the scheduler at {address} has no workers: start dask worker there"
            )
        waiting = iter(numbers)

        def submit(count):
            chosen = [number for _, number in zip(range(count), waiting, strict=False)]
            return [client.submit(task.do, number, pure=False) for number in chosen]

        running = as_completed(submit(threads * _AHEAD))
        for future in running:
            yield future.result()
            for more in submit(1):
                running.add(more)
