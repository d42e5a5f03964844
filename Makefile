# What one does here. `make` alone says what there is.
.PHONY: help setup run test e2e fuzz audit bench build release shots check fmt site

help: ## this list
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

setup: ## find or install what Carrel is built with
	scripts/setup --tests

run: ## build, fill an empty database with the demonstration, serve on 127.0.0.1:3000
	@scripts/run

test: ## everything that must hold
	@scripts/test

e2e: ## the browser tests alone; ARGS go to Playwright
	@scripts/e2e $(ARGS)

fuzz: ## try the parsers of outside data without end (nightly); ARGS name targets
	@scripts/fuzz $(ARGS)

audit: ## compare the libraries with the weaknesses known of them (cargo-audit or cargo-deny, npm)
	@scripts/audit

bench: ## measure the optimised server; ARGS="--size M"
	@scripts/bench $(ARGS)

build: ## one optimised binary at dist/carrel
	@scripts/build

release: ## the same, optimised across crates (slow)
	@scripts/build --distribution

shots: ## a screenshot of every page into shots/
	@scripts/shots $(ARGS)

site: ## what the browser gets, into site/
	@scripts/setup && scripts/site

check: ## types of server and browser code, quickly
	@scripts/setup && scripts/native check && scripts/with scripts/cargo check --profile browser -p frontend --target wasm32-unknown-unknown

fmt: ## format all code
	@scripts/with cargo fmt --all && scripts/with cargo fmt --manifest-path xtask/Cargo.toml
