"""``make bench``: ratios against the plain alternative, measured in the same run."""

from benchmarks import browser, core

if __name__ == "__main__":
    core.main()
    browser.main()
