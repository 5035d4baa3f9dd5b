# make help lists the targets.
GO ?= go
TOOL = $(GO) tool -modfile=tools/go.mod

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

.PHONY: fmt
fmt: ## format all sources
	$(TOOL) gofumpt -w .

.PHONY: lint
lint: ## formatting, go vet, staticcheck; changes nothing
	@unformatted=$$($(TOOL) gofumpt -l .); if [ -n "$$unformatted" ]; then echo "run make fmt:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(TOOL) staticcheck ./...

.PHONY: test
test: ## all tests, on a PostgreSQL that pgtest finds or starts
	$(GO) test ./...

.PHONY: race
race: ## all tests under the race detector
	$(GO) test -race ./...

.PHONY: checkptr
checkptr: ## the tests of what uses internal/mem, with every pointer conversion checked
	$(GO) test -gcflags=all=-d=checkptr ./internal/... ./session/... ./model/...

.PHONY: bench
bench: ## benchmarks
	$(GO) test -run '^$$' -bench . -benchmem ./...

.PHONY: bench-once
bench-once: ## each benchmark once: do they still run?
	$(GO) test -run '^$$' -bench . -benchtime 1x ./...

.PHONY: ci
ci: ## what CI runs
	.ci/run
