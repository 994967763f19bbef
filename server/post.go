package server

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/http"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/partnergraph/partnergraph/internal/network"
)

// post answers what is asked by POST. It reads the request once and sends the answer as it was written, where gqlgen's
// own transport would marshal it again.
type post struct{}

// The media types of answers.
const (
	plainJSON    = "application/json"
	responseJSON = "application/graphql-response+json"
)

func (post) Supports(r *http.Request) bool {
	return r.Method == http.MethodPost && r.Header.Get("Upgrade") == ""
}

func (post) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	ctx := r.Context()
	params := &graphql.RawParams{Headers: r.Header}
	began := graphql.Now()
	decoder := json.NewDecoder(r.Body)
	decoder.UseNumber()
	if err := decoder.Decode(params); err != nil || decoder.More() {
		refuse(w, http.StatusBadRequest, network.Errorf(network.BadUserInput, `the request is not a JSON object: send {"query": "…", "variables": {…}}`))
		return
	}
	params.ReadTime = graphql.TraceTiming{Start: began, End: graphql.Now()}
	kind := answerKind(r.Header.Get("Accept"))
	w.Header().Set("Content-Type", kind)
	op, errs := exec.CreateOperationContext(ctx, params)
	if errs != nil {
		w.WriteHeader(statusOf(errs, kind))
		send(w, exec.DispatchError(graphql.WithOperationContext(ctx, op), errs))
		return
	}
	responses, ctx := exec.DispatchOperation(ctx, op)
	send(w, responses(ctx))
}

// answerKind chooses the media type of an answer: plain JSON unless the client prefers the newer one.
func answerKind(accept string) string {
	if accept == "" {
		return plainJSON
	}
	for part := range strings.SplitSeq(accept, ",") {
		switch kind, _, err := mime.ParseMediaType(part); {
		case err != nil:
		case kind == "*/*" || kind == "application/*" || kind == plainJSON:
			return plainJSON
		case kind == responseJSON:
			return responseJSON
		}
	}
	return responseJSON
}

// statusOf is the status for a document that can't be run.
func statusOf(errs gqlerror.List, kind string) int {
	switch {
	case errcode.GetErrorKind(errs) != errcode.KindProtocol:
		return http.StatusOK
	case kind == responseJSON:
		return http.StatusBadRequest
	}
	return http.StatusUnprocessableEntity
}

// send writes a response; its data is JSON already.
func send(w http.ResponseWriter, resp *graphql.Response) {
	if resp == nil { // whoever asked is gone
		return
	}
	var b bytes.Buffer
	b.Grow(len(resp.Data) + 16)
	b.WriteByte('{')
	if len(resp.Errors) > 0 {
		text, _ := json.Marshal(resp.Errors)
		b.WriteString(`"errors":`)
		b.Write(text)
		b.WriteByte(',')
	}
	b.WriteString(`"data":`)
	if resp.Data == nil {
		b.WriteString("null")
	} else {
		b.Write(resp.Data)
	}
	if len(resp.Extensions) > 0 {
		text, _ := json.Marshal(resp.Extensions)
		b.WriteString(`,"extensions":`)
		b.Write(text)
	}
	b.WriteByte('}')
	_, _ = w.Write(b.Bytes())
}
