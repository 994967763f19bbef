package main

import (
	"encoding/json"

	"github.com/partnergraph/partnergraph/bench/workload"
)

// subject is a server that is asked, with what the bench knows of it.
type subject struct {
	*process
	partly bool // it answers a part of the operations, and of these a part
	encode func(*workload.Operation, workload.Variables) ([]byte, error)
	takes  func(*workload.Operation) bool
}

func graphQL(query string, v workload.Variables, path string) ([]byte, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": v})
	return request(path, body), err
}

func anything(*workload.Operation) bool { return true }

func product(p *process) *subject {
	return &subject{process: p, takes: anything, encode: func(op *workload.Operation, v workload.Variables) ([]byte, error) {
		return graphQL(op.Query, v, "/graphql")
	}}
}

func limit(p *process) *subject {
	return &subject{process: p, takes: anything, encode: func(op *workload.Operation, v workload.Variables) ([]byte, error) {
		body, err := json.Marshal(v)
		return request("/"+op.Name, body), err
	}}
}

func peer(p *process) *subject {
	return &subject{process: p, partly: true,
		takes:  func(op *workload.Operation) bool { return op.Peer != "" },
		encode: func(op *workload.Operation, v workload.Variables) ([]byte, error) { return graphQL(op.Peer, v, "/") },
	}
}
