"""The default policy's operating tables: `hiringkit calibration simulate --raters 20000`, and with `--points 5`."""

from hiringkit.calibration.rules.operating import Design, OperatingTable, Passing

DEFAULT_TABLES = (
    OperatingTable(
        Design(7, responses=8, reserve=4, competencies=6, experts=3, unsafe=4, raters=20_000, seed=11, refresh=(4, 12)),
        lines_hash="a8b72b28722a29423537645bc64e04f4ca2415bacc721b3bf29c01fca5628e57",
        rows=(
            Passing("expert", passes=0.9989, extended=0.05685, renews=0.99796),
            Passing("good", passes=0.9562, extended=0.3311, renews=0.95301),
            Passing("fair", passes=0.5932, extended=0.6073, renews=0.67185),
            Passing("severe by 1", passes=0.0503, extended=0.38865, renews=0.1922),
            Passing("lenient by 1", passes=0.0242, extended=0.2269, renews=0.10489),
            Passing("severe by 1.5", passes=0.0, extended=0.01285, renews=0.00584),
            Passing("lenient by 1.5", passes=0.0, extended=0.00215, renews=0.00134),
            Passing("noisy (1.6)", passes=0.02885, extended=0.24015, renews=0.17198),
            Passing("noisy (2.0)", passes=0.0011, extended=0.04275, renews=0.04292),
            Passing("central tendency", passes=0.001, extended=0.11895, renews=0.03296),
            Passing("halo", passes=0.00375, extended=0.03135, renews=0.04819),
            Passing("always the midpoint", passes=0.0, extended=0.0, renews=0.0),
            Passing("random", passes=0.0, extended=0.0, renews=8e-05),
        ),
    ),
    OperatingTable(
        Design(5, responses=8, reserve=4, competencies=6, experts=3, unsafe=4, raters=20_000, seed=11, refresh=(4, 12)),
        lines_hash="c4d4e18fdac65b7400b8e4f7ea28822de673add59beeef6a0fedd0d8c37f278d",
        rows=(
            Passing("expert", passes=0.9917, extended=0.22355, renews=0.98854),
            Passing("good", passes=0.88435, extended=0.4827, renews=0.90212),
            Passing("fair", passes=0.47025, extended=0.5665, renews=0.6035),
            Passing("severe by 1", passes=0.10905, extended=0.4702, renews=0.28162),
            Passing("lenient by 1", passes=0.05835, extended=0.2783, renews=0.16705),
            Passing("severe by 1.5", passes=0.00085, extended=0.0566, renews=0.0226),
            Passing("lenient by 1.5", passes=0.00015, extended=0.01455, renews=0.00761),
            Passing("noisy (1.6)", passes=0.0404, extended=0.2732, renews=0.19523),
            Passing("noisy (2.0)", passes=0.00205, extended=0.07795, renews=0.06285),
            Passing("central tendency", passes=0.00185, extended=0.09605, renews=0.04472),
            Passing("halo", passes=0.00465, extended=0.0232, renews=0.052),
            Passing("always the midpoint", passes=0.0, extended=0.0, renews=0.0),
            Passing("random", passes=0.0, extended=0.0, renews=0.00034),
        ),
    ),
)
