"""``make bench``: ratios against the plain alternative, measured in the same run."""

from benchmarks import browser, core, growth, network, programs

if __name__ == "__main__":
    core.main()
    programs.main()
    network.main()
    growth.main()
    browser.main()
