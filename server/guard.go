package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/observe"
)

// guard lets through what GraphQL can be asked with, whole and in bounds, and gives it its time. What it refuses is
// refused in the form of every other error.
type guard struct {
	timeout time.Duration
	body    int64
	origins []string
	gate    *gate
	next    http.Handler
}

var notStored = []string{"no-store"}

func (g *guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header()["Cache-Control"] = notStored
	w.Header()["Content-Type"] = withCharset[answerKind(r.Header.Get("Accept"))]
	if r.Method != http.MethodOptions {
		if over := g.gate.count(g.gate.client(r)); over != nil {
			over.refuse(w, r)
			return
		}
	}
	status, err := g.admit(w, r)
	if err != nil {
		refuse(w, r, status, err)
		return
	}
	if staysOpen(r) {
		g.next.ServeHTTP(w, r)
		return
	}
	leave, full := g.gate.enter(r.Context())
	if full != nil {
		full.refuse(w, r)
		return
	}
	defer leave()
	ctx, cancel := context.WithTimeout(r.Context(), g.timeout)
	defer cancel()
	g.next.ServeHTTP(w, r.WithContext(ctx))
}

// trusted is the length of a body, in bytes, up to which room is made for what a request says that it has.
const trusted = 16 << 10

// admit checks a request, and reads its body so that a slow sender takes none of the time to answer.
func (g *guard) admit(w http.ResponseWriter, r *http.Request) (int, *network.Error) {
	switch r.Method {
	case http.MethodOptions:
		return 0, nil
	case http.MethodGet, http.MethodPost:
	default:
		w.Header().Set("Allow", "GET, POST, OPTIONS")
		return http.StatusMethodNotAllowed, network.Errorf(network.BadUserInput, "ask by POST, or by GET")
	}
	if fromElsewhere(g.origins, r) {
		return http.StatusForbidden, network.Errorf(network.BadUserInput, "the request comes from a page of another origin: this server must list it (--origins)")
	}
	if r.Method == http.MethodGet {
		return 0, nil
	}
	if err := isJSON(r.Header); err != nil {
		return http.StatusUnsupportedMediaType, err
	}
	var body bytes.Buffer
	body.Grow(int(min(max(r.ContentLength, 0), trusted)) + bytes.MinRead)
	_, err := body.ReadFrom(http.MaxBytesReader(w, r.Body, g.body))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge, network.Errorf(network.TooComplex, "the request has more than %d bytes", g.body)
	case errors.Is(err, os.ErrDeadlineExceeded):
		w.Header().Set("Connection", "close")
		return http.StatusRequestTimeout, network.Errorf(network.Timeout, "the request took too long to arrive")
	case err != nil:
		return http.StatusBadRequest, network.Errorf(network.BadUserInput, "the request did not arrive whole")
	}
	r.Body = io.NopCloser(&body)
	return 0, nil
}

// isJSON checks what a body says it is. A form can't send JSON, so what does is no form of another site.
func isJSON(h http.Header) *network.Error {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	charset, given := params["charset"]
	switch {
	case err != nil || kind != plainJSON:
		return network.Errorf(network.BadUserInput, "send JSON, with the header Content-Type: application/json")
	case given && !strings.EqualFold(charset, "utf-8"):
		return network.Errorf(network.BadUserInput, "send JSON in UTF-8, not in %.40q", charset)
	case h.Get("Content-Encoding") != "" && h.Get("Content-Encoding") != "identity":
		return network.Errorf(network.BadUserInput, "send the request as it is, not compressed")
	}
	return nil
}

func refuse(w http.ResponseWriter, r *http.Request, status int, err *network.Error) {
	observe.From(r.Context()).Failed(err.Code)
	text, _ := json.Marshal(err.Message)
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"errors":[{"message":%s,"extensions":{"code":%q}}]}`, text, err.Code)
}
