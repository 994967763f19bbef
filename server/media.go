package server

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/partnergraph/partnergraph/internal/network"
)

// The media types of answers.
const (
	plainJSON    = "application/json"
	responseJSON = "application/graphql-response+json"
)

// withCharset is a media type as an answer's header says it.
var withCharset = map[string][]string{plainJSON: {plainJSON + "; charset=utf-8"}, responseJSON: {responseJSON + "; charset=utf-8"}}

// answerKind chooses the media type of an answer: plain JSON unless the client prefers the newer one.
func answerKind(accept string) string {
	switch accept {
	case "", "*/*", plainJSON:
		return plainJSON
	case responseJSON:
		return responseJSON
	}
	out, best := responseJSON, 0.0
	for part := range strings.SplitSeq(accept, ",") {
		kind, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		weight := 1.0
		if q, given := params["q"]; given {
			weight, _ = strconv.ParseFloat(q, 64)
		}
		if weight <= best {
			continue
		}
		switch kind {
		case "*/*", "application/*", plainJSON:
			out, best = plainJSON, weight
		case responseJSON:
			out, best = responseJSON, weight
		}
	}
	return out
}

// statusOf is the status for what can't be run. A client that knows plain JSON only may take any other status than 200 for
// something that is no GraphQL, as the specification says.
func statusOf(code network.Code, kind string) int {
	switch {
	case kind != responseJSON:
		return http.StatusOK
	case code == network.TooComplex:
		return http.StatusUnprocessableEntity
	case code == network.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusBadRequest
}
