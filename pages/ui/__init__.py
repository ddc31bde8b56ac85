"""What the pages share.

One BLAS thread, set before NumPy is loaded: the matrices are small, and threads that wait for each
other cost many times what they save, above all with many readers at once.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
