"""Write the pocket edition: ``python -m pages.ui.pocket dist``."""

import logging
import sys
from pathlib import Path


def main() -> None:
    """Write all files into the folder that is named."""
    # Streamlit, which keeps what is computed, misses its server from the import on.
    logging.getLogger("streamlit.runtime.caching.cache_data_api").disabled = True
    from pages.ui.pocket.site import write_site

    write_site(Path(sys.argv[1] if len(sys.argv) > 1 else "dist"))


if __name__ == "__main__":
    main()
