# `make serve` and `make test` need rustup and Node 20 and install the rest themselves: crates' tools into .tools/,
# npm's into node_modules/. Only what cannot live here goes elsewhere, and is announced: rustup's wasm32 target, and
# Debian's Chromium. The steps are in scripts/, one thing each.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

PORT ?= 8080
CHROMIUM ?= /usr/bin/chromium
CHROMEDRIVER ?= /usr/bin/chromedriver
export CHROMIUM CHROMEDRIVER ONLY
unexport GECKODRIVER # the runner of the wasm tests would prefer it
export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/node_modules/.bin:$(PATH):$(HOME)/.cargo/bin
ifdef NO_COLOR
# trunk refuses the usual NO_COLOR=1.
export NO_COLOR := true
endif

STEP := scripts/step.sh
TEST_STEPS := format invariants lint lint-wasm test-native test-web lab-server dist test-page
WASM := --target wasm32-unknown-unknown
WEB_TESTS := $(patsubst tests/%.rs,--test %,$(wildcard tests/web*.rs))

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: serve
serve: rust tools node ## serve the page at 127.0.0.1:8080 and rebuild on change; PORT=n changes the port
	@scripts/serve.sh "$(PORT)"

.PHONY: test
test: rust tools node browser $(TEST_STEPS) ## run every check, in CI's order
	@echo "All steps of make test passed."

.PHONY: dist
dist: rust tools node ## build the static site into dist/ and weigh it
	@. scripts/flags.sh && $(STEP) "Release build" "read trunk's message above" trunk build --release --offline --locked
	@$(STEP) "Minifying" "read the message above" node scripts/minify.mjs dist
	@node scripts/size.mjs dist

.PHONY: bench
bench: rust tools node browser ## run the benchmarks; ONLY=prefix runs a part, and builds only what that needs
	@$(STEP) "Benchmarks" "read the message above" node benches/run.mjs

FUZZ_SECONDS ?= 30
.PHONY: fuzz
fuzz: rust fuzzer ## fuzz the parsers, led by coverage; FUZZ_SECONDS=n for each of them, FUZZ_SEED=n for a seed of yours
	@$(STEP) "Fuzzing" "mend what is named above" scripts/fuzz.sh "$(FUZZ_SECONDS)" "$(FUZZ_SEED)"

.PHONY: lab
lab: rust ## run the Lab as a real HTTP server
	@cargo run --locked --package lab_server

.PHONY: fmt
fmt: rust ## format the Rust code
	@cargo fmt --all

.PHONY: clean
clean: ## remove what was built; tools stay in .tools/ and node_modules/
	@cargo clean
	@rm -rf dist test-results playwright-report fuzz/artifacts

# The steps of `make test`; each can be run by itself.
.PHONY: $(filter-out dist,$(TEST_STEPS))
format: rust
	@$(STEP) "Formatting" "run 'make fmt'" cargo fmt --all --check
invariants:
	@$(STEP) "Invariants" "mend the lines named above" scripts/check-invariants.sh
lint: rust
	@$(STEP) "Clippy, native" "mend the lines named above" \
		cargo clippy --workspace --all-targets --locked -- -D warnings
lint-wasm: rust
	@$(STEP) "Clippy, wasm" "mend the lines named above" \
		cargo clippy $(WASM) --lib --bins --tests --locked -- -D warnings
	@$(STEP) "Clippy, other wasm" "mend the lines named above" \
		cargo clippy $(WASM) --package page_bench --package counter --package reader --package worker --locked -- -D warnings
test-native: rust
	@$(STEP) "Native tests" "mend the test named above" cargo test --workspace --locked
test-web: rust tools node browser
ifneq ($(WEB_TESTS),)
	@CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER="$(CURDIR)/.tools/bin/wasm-bindgen-test-runner" \
		WASM_BINDGEN_TEST_WEBDRIVER_JSON="$(CURDIR)/target/webdriver.json" \
		$(STEP) "Tests in the browser" "mend the test named above" cargo test $(WASM) --locked $(WEB_TESTS)
endif
lab-server: rust
	@$(STEP) "Lab server" "read the compiler's message above" cargo build --locked --package lab_server
test-page: node browser lab-server dist
	@$(STEP) "Tests of the page, timed" "mend the test named above" playwright test --project timed
	@$(STEP) "Tests of the page, shown" "mend the test named above" playwright test --project shown --workers 2

# What the steps need. Each is silent when there is nothing to do.
.PHONY: rust tools node browser fuzzer
rust:
	@scripts/setup-rust.sh
tools: rust
	@scripts/setup-tools.sh
node:
	@scripts/setup-node.sh
browser: node
	@scripts/setup-browser.sh
fuzzer: rust
	@scripts/setup-fuzz.sh
