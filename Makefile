# The two commands: `make run` and `make test`.

.PHONY: run demo test oracle fuzz soak bench reset build generate check browser help

help: ## show this
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: build ## serve the network on http://localhost:8080 for development, with a Neo4j of its own unless NEO4J_URI is set
	@exec bin/partnergraph serve --development

demo: build ## as run, in a store of its own, with a small made-up network beside the documents
	@exec bin/partnergraph serve --development --demo --store .data/demo

reset: build ## delete the network's own store
	@bin/partnergraph reset

build: ## build bin/partnergraph
	@command -v go >/dev/null || { echo "PartnerGraph is built with Go 1.26: install it from your system's packages or go.dev"; exit 1; }
	@CGO_ENABLED=0 go build -buildvcs=auto -o bin/partnergraph ./cmd/partnergraph

generate: ## write graph/derived.graphqls, graph/generated and graph/model from schema.graphqls
	@go run ./internal/derive/write
	@go tool gqlgen

test: check browser ## check everything and run all tests, on a real Neo4j started for the run
	@npm ci --prefix web --no-audit --no-fund --loglevel=error
	@npm ci --prefix server/clients --no-audit --no-fund --loglevel=error
	@npm run --prefix web --silent vendor:check
	@npm ci --prefix internal/idtest/provider --no-audit --no-fund --loglevel=error
	@go run ./internal/dbtest/run go test -timeout 60m $(TESTFLAGS) ./...

oracle: ## ask the oracle fresh random queries, for longer than a test run does
	@go run ./internal/dbtest/run go test ./internal/oracle -count=1 -timeout 60m -rapid.seed=0 -rapid.checks=200

fuzz: ## ask large random operations as every kind of viewer, for minutes (FUZZ=5m), from a new seed that it prints
	@go run ./internal/dbtest/run go test ./internal/oracle -count=1 -timeout 90m -v -run TestFuzz -fuzz.for=$(or $(FUZZ),5m) -fuzz.seed=0

soak: ## cut 1,000 commits of changes (CUTS=10000), each at a moment of its own
	@go run ./internal/dbtest/run go test ./internal/change -count=1 -timeout 90m -v -run TestCutCommits -change.cuts=$(or $(CUTS),1000)

bench: ## measure the server against hand-written statements and a peer, and say whether the goals are met
	@go run ./bench/run $(BENCHFLAGS)

check: ## formatting, vet, modules, generated code
	@unformatted=$$(gofmt -l $$(git ls-files '*.go' | grep -v graph/generated)); [ -z "$$unformatted" ] || { echo "not formatted, run gofmt -w on: $$unformatted"; exit 1; }
	@go vet ./...
	@go mod tidy -diff
	@scripts/generated-is-fresh

browser: ## the browser that the page tests drive
	@scripts/need-browser
