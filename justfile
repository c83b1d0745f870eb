# Every command that a person or CI runs; each is one or two cargo lines, so `just` stays optional.

# The main job on a fixture: json, xlsx and docx into output/.
sample:
    cargo run --release -- convert fixtures/docx/attachment-2016.docx -o output/attachment-2016.json -o output/attachment-2016.xlsx -o output/attachment-2016.docx

# All tests; those that need other programs say what they skip.
test:
    cargo test --workspace

# All tests, other programs required.
test-all:
    LUOSHI_REQUIRE_INTEROP=1 cargo test --workspace

# Format, lints, documentation.
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

# Our times beside the peers' and the floors, as ratios.
bench:
    cargo bench -p luoshi

# Rewrites what is generated and committed: output/ and the JSON schemas.
update:
    LUOSHI_UPDATE=1 cargo test -p luoshi-cli --test suite -- samples schema

# The fixtures anew, from their data.
fixtures:
    python3 tests/make/make.py

# What becomes of a folder of other people's files: outcomes, slowest, and how much of the text is kept.
corpus dir:
    cargo build --release -p luoshi-cli
    python3 tests/corpus/corpus.py {{dir}}

# Ten thousand files at once, interrupted and gone on with.
load files="10000":
    cargo build --release -p luoshi-cli
    python3 tests/corpus/load.py {{files}}

# A quarter of an hour of changed inputs for one reader, or for the normalizer; `ls fuzz/fuzz_targets` names them. Needs cargo-fuzz. Our code
# has no `unsafe`, so no sanitizer slows it down; a crash is kept in fuzz/artifacts.
fuzz target seconds="900":
    cd fuzz && cargo run --quiet --example seeds
    cd fuzz && RUSTC_BOOTSTRAP=1 cargo fuzz run -s none {{target}} -- -max_total_time={{seconds}} -timeout=20 -rss_limit_mb=2048 -max_len=131072

# What guards main.
ci:
    .ci/run
