"""The production worker with short timeouts: what a killed worker left unfinished is repeated within seconds."""

from datetime import timedelta

from temporalio.common import RetryPolicy

import worker
from workflows import options

options.WRITE_TIMEOUT = options.POST_TIMEOUT = timedelta(seconds=2)
options.DELIVERY_TIMEOUT = timedelta(seconds=2)
options.LETTER_TIMEOUT = timedelta(seconds=5)
options.DELIVERY = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=1)
)

if __name__ == "__main__":
    worker.main()
