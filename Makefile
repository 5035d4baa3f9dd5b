# make help lists the targets.
GO ?= go
TOOL = $(GO) tool -modfile=tools/go.mod

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

.PHONY: fmt
fmt: ## format all sources
	$(TOOL) gofumpt -w .

.PHONY: generate
generate: ## expr/kind_*_gen.go from the mixins, docs/guide/querying.md from its tests, docs/guide/run from the other documents
	$(GO) generate ./expr
	$(GO) test ./docs/guide -update
	$(GO) test ./docs/guide/blocks -update

.PHONY: lint
lint: ## formatting, go vet, staticcheck; changes nothing
	@unformatted=$$($(TOOL) gofumpt -l .); if [ -n "$$unformatted" ]; then echo "run make fmt:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(TOOL) staticcheck ./...

.PHONY: test
test: ## all tests, on a PostgreSQL that pgtest finds or starts
	$(GO) test ./...

# The oracle's cases and the rules of the house run in one goroutine each: they are not run twice.
.PHONY: race
race: ## the tests under the race detector, which checks every conversion of a pointer too (checkptr)
	$(GO) test -race $$($(GO) list ./... | grep -v -e /oracle/ -e /housetest)

.PHONY: oracle
oracle: ## what the real SQLAlchemy does, case by case: the tables
	$(GO) test -count=1 -v -run 'Test(Oracle|Siblings)$$' ./integration/oracle/...

.PHONY: guards
guards: ## allocations and round trips of the benchmark's workloads
	$(GO) test -count=1 -v -run 'Guard|RoundTrips' ./integration/

.PHONY: faults
faults: ## cut connections, killed and restarted servers: what errors say against what is stored; two minutes
	CUPEL_CUTS=4140 CUPEL_STORM_SECONDS=30 $(GO) test -count=1 -v -run 'TestCuts$$|TestKillStorm$$' ./integration/

.PHONY: fuzz
fuzz: ## fuzz tests, a minute in all
	$(GO) test -run '^$$' -fuzz FuzzIdent -fuzztime 15s ./internal/sqlw
	$(GO) test -run '^$$' -fuzz FuzzQuoted -fuzztime 15s ./internal/sqlw
	$(GO) test -run '^$$' -fuzz FuzzHostile -fuzztime 15s ./query
	CUPEL_DECODE_ROUNDS=5000 $(GO) test -count=1 -v -run TestAsPgtype ./internal/decode | tail -1
	CUPEL_EVALUATE_CASES=100000 $(GO) test -count=1 -v -run 'EvaluatorAgrees|ArithmeticAgrees' ./internal/eval
	CUPEL_SESSION_STEPS=20000 $(GO) test -count=1 -v -run TestRandomWork ./session

.PHONY: bench
bench: ## Cupel, pgx, GORM and bun side by side: the table
	cd bench && $(GO) run .

.PHONY: bench-once
bench-once: ## each benchmark once: do they still run?
	cd bench && $(GO) vet ./... && $(GO) test -bench . -benchtime 1x ./...

.PHONY: ci
ci: ## what CI runs
	.ci/run
