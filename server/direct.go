package server

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/network"
)

// direct answers a request with one answer, by POST or GET. It reads the request once and sends the answer as it was
// written, where gqlgen's own transports would marshal it again.
type direct struct{ *asking }

func (direct) Supports(r *http.Request) bool {
	return (r.Method == http.MethodPost || r.Method == http.MethodGet) && r.Header.Get("Upgrade") == ""
}

func (d direct) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	ctx := r.Context()
	params, err := readParams(r)
	if err != nil {
		refuse(w, r, http.StatusBadRequest, err)
		return
	}
	kind := answerKind(r.Header.Get("Accept"))
	op, errs := d.operation(ctx, exec, params)
	if errs != nil {
		notRun(w, statusOf(network.CodeOf(errs), kind), op.refused(ctx, exec, errs))
		return
	}
	if r.Method == http.MethodGet && op.Operation.Operation != ast.Query {
		refuseByGet(w, r, op)
		return
	}
	responses, ctx := exec.DispatchOperation(ctx, op.OperationContext)
	switch resp := op.told(responses(ctx)); {
	case resp == nil: // whoever asked is gone
	case resp.Data == nil && len(resp.Errors) > 0:
		code, _ := resp.Errors[0].Extensions["code"].(network.Code)
		notRun(w, statusOf(code, kind), resp)
	default:
		send(w, resp)
	}
}

// bodies rest between answers, so that they needn't grow for each.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// largestBody is what a body that rests may keep, in bytes.
const largestBody = 64 << 10

func send(w http.ResponseWriter, resp *graphql.Response) {
	b := bodies.Get().(*bytes.Buffer)
	write(b, resp)
	_, _ = w.Write(b.Bytes())
	if b.Cap() <= largestBody {
		b.Reset()
		bodies.Put(b)
	}
}

// notRun answers what was not run.
func notRun(w http.ResponseWriter, status int, resp *graphql.Response) {
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	w.WriteHeader(status)
	send(w, resp)
}

// refuseByGet refuses what is no query: a link must change nothing.
func refuseByGet(w http.ResponseWriter, r *http.Request, op asked) {
	w.Header().Set("Allow", http.MethodPost)
	refuse(w, r, http.StatusMethodNotAllowed, network.Errorf(network.BadUserInput, "GET is for queries: send a %s by POST", op.Operation.Operation))
}

// readParams reads what is asked, from the body or the address.
func readParams(r *http.Request) (*graphql.RawParams, *network.Error) {
	params := &graphql.RawParams{Headers: r.Header}
	params.ReadTime.Start = graphql.Now()
	defer func() { params.ReadTime.End = graphql.Now() }()
	if r.Method == http.MethodGet {
		if err := readAddress(r.URL.RawQuery, params); err != nil {
			return nil, err
		}
	} else if err := decode(r.Body, params); err != nil {
		return nil, network.Errorf(network.BadUserInput, `the request is not a JSON object: send {"query": "…", "variables": {…}}`)
	}
	if hasNoQuery(params) {
		return nil, network.Errorf(network.BadUserInput, `the request has no query: send {"query": "…", "variables": {…}}, or ?query=… in the address`)
	}
	return params, nil
}

func hasNoQuery(params *graphql.RawParams) bool {
	return params.Query == "" && params.Extensions["persistedQuery"] == nil
}

func readAddress(query string, params *graphql.RawParams) *network.Error {
	values, err := url.ParseQuery(query)
	if err != nil {
		return network.Errorf(network.BadUserInput, "the address is not encoded rightly")
	}
	params.Query, params.OperationName = values.Get("query"), values.Get("operationName")
	for name, into := range map[string]*map[string]any{"variables": &params.Variables, "extensions": &params.Extensions} {
		if text := values.Get(name); text != "" && decode(bytes.NewReader([]byte(text)), into) != nil {
			return network.Errorf(network.BadUserInput, "%s: is not a JSON object", name)
		}
	}
	return nil
}

// decode reads one JSON value, and nothing behind it.
func decode(from io.Reader, into any) error {
	decoder := json.NewDecoder(from)
	decoder.UseNumber()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if decoder.More() {
		return errors.New("something follows")
	}
	return nil
}

// written is a response as text.
func written(resp *graphql.Response) []byte {
	var b bytes.Buffer
	b.Grow(len(resp.Data) + 80)
	write(&b, resp)
	return b.Bytes()
}

// write writes a response; its data is JSON already. An answer to what was not run has none.
func write(b *bytes.Buffer, resp *graphql.Response) {
	next := byte('{')
	part := func(name string, text []byte) {
		b.WriteByte(next)
		b.WriteByte('"')
		b.WriteString(name)
		b.WriteString(`":`)
		b.Write(text)
		next = ','
	}
	if len(resp.Errors) > 0 {
		text, _ := json.Marshal(resp.Errors)
		part("errors", text)
	}
	if resp.Data != nil {
		part("data", resp.Data)
	}
	if len(resp.Extensions) > 0 {
		part("extensions", extensionsOf(resp))
	}
	b.WriteByte('}')
}

// extensionsOf writes the extensions of an answer; nearly always they are its cost alone.
func extensionsOf(resp *graphql.Response) []byte {
	if c, ok := resp.Extensions["cost"].(*cost); ok && len(resp.Extensions) == 1 {
		return fmt.Appendf(nil, `{"cost":{"requested":%d,"limit":%d}}`, c.Requested, c.Limit)
	}
	text, _ := json.Marshal(resp.Extensions)
	return text
}
