"""``make bench``: ratios against the plain alternative, measured in the same run."""

from benchmarks import browser, core, growth, network

if __name__ == "__main__":
    core.main()
    network.main()
    growth.main()
    browser.main()
