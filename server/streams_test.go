package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/limits"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/observe"
)

// counting is a schema of its own, that tells and fails as the tests need it.
type counting struct {
	under atomic.Int64 // operations under way
}

var countingSchema = gqlparser.MustLoadSchema(&ast.Source{Input: `
	type Query { hello: String slow: String panics: String }
	type Mutation { change: String }
	type Subscription { count(to: Int!): Int! fails(code: String!): Int! }`})

func (*counting) Schema() *ast.Schema { return countingSchema }

func (*counting) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

// Exec answers with a field's name, or counts: up to a number, and then on without end if it is 0.
func (c *counting) Exec(ctx context.Context) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	field := graphql.CollectFields(op, op.Operation.SelectionSet, nil)[0]
	c.under.Add(1)
	if op.Operation.Operation != ast.Subscription {
		defer c.under.Add(-1)
		switch field.Name {
		case "panics":
			panic("secret")
		case "slow":
			<-ctx.Done()
			graphql.AddError(ctx, errors.New("secret"))
		}
		return graphql.OneShot(&graphql.Response{Data: json.RawMessage(fmt.Sprintf(`{%q:%q}`, field.Alias, field.Name))})
	}
	if code, fails := field.ArgumentMap(op.Variables)["code"].(string); fails {
		c.under.Add(-1)
		ended := false
		return func(ctx context.Context) *graphql.Response {
			if ended {
				return nil
			}
			ended = true
			graphql.AddError(ctx, network.Errorf(network.Code(code), "it failed"))
			return &graphql.Response{}
		}
	}
	to := field.ArgumentMap(op.Variables)["to"].(int64)
	end := sync.OnceFunc(func() { c.under.Add(-1) })
	context.AfterFunc(ctx, end)
	n := int64(0)
	return func(ctx context.Context) *graphql.Response {
		if n++; to > 0 && n > to {
			end()
			return nil
		}
		if to == 0 {
			time.Sleep(10 * time.Millisecond)
		}
		return &graphql.Response{Data: json.RawMessage(fmt.Sprintf(`{"count":%d}`, n))}
	}
}

// count runs a server that counts.
func count(t *testing.T, change func(*Config)) (*counting, *httptest.Server) {
	t.Helper()
	c := Config{
		Timeout: 300 * time.Millisecond, Limits: limits.Default, Body: DefaultBody, Streams: DefaultStreams,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	if change != nil {
		change(&c)
	}
	es := &counting{}
	o := &observe.Observer{Log: c.Log}
	s := httptest.NewServer(watched(o, c.graphQL(es, o)))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return es, s
}

// run runs a client of others, and waits until nothing is under way any more.
func (c *counting) run(t *testing.T, s *httptest.Server, program string, args ...string) {
	t.Helper()
	node := exec.Command("node", append([]string{program, s.URL + "/graphql"}, args...)...)
	node.Dir = "clients"
	out, err := node.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	for range 100 {
		if c.under.Load() == 0 {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%d operations are still under way", c.under.Load())
}

// TestWebSocket speaks graphql-transport-ws with the client graphql-ws, and wrongly by hand: each fault has its code.
func TestWebSocket(t *testing.T) {
	es, s := count(t, func(c *Config) {
		c.Streams = Streams{Connections: 50, PerClient: 50, Operations: 3, Message: 4096, Hello: 500 * time.Millisecond, Idle: time.Second}
		c.Hello = func(ctx context.Context, payload map[string]any) (context.Context, error) {
			if payload["token"] == "wrong" {
				return ctx, errors.New("secret")
			}
			return ctx, nil
		}
	})
	es.run(t, s, "sockets.mjs")
}

// TestEvents speaks graphql-sse with the client of this name.
func TestEvents(t *testing.T) {
	es, s := count(t, nil)
	es.run(t, s, "events.mjs")
}

// TestEventsEndWithTheToken: who has followed with a token is told that it has expired, and nothing after that.
func TestEventsEndWithTheToken(t *testing.T) {
	es, inner := count(t, nil)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := access.Viewer{Subject: "issuer|ann", Until: time.Now().Add(200 * time.Millisecond)}
		inner.Config.Handler.ServeHTTP(w, r.WithContext(access.With(r.Context(), v)))
	}))
	t.Cleanup(s.Close)
	text, err := io.ReadAll(subscribe(context.Background(), t, s.URL).Body)
	if err != nil || strings.Count(string(text), `"UNAUTHENTICATED"`) != 1 || !strings.HasSuffix(string(text), "event: complete\ndata:\n\n") {
		t.Errorf("%v at the end of %.400s", err, text[max(0, len(text)-400):])
	}
	time.Sleep(50 * time.Millisecond)
	if n := es.under.Load(); n != 0 {
		t.Errorf("%d operations are under way", n)
	}
}

// TestEventsTellWhyTheyEnd: what can't go on is told as the last answer.
func TestEventsTellWhyTheyEnd(t *testing.T) {
	_, s := count(t, nil)
	r, err := http.NewRequestWithContext(context.Background(), "GET", s.URL+`/graphql?query=subscription{fails(code:"TOO_SLOW")}`, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/event-stream")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil || strings.Count(string(text), "event: next") != 1 || !strings.Contains(string(text), `"code":"TOO_SLOW"`) || !strings.HasSuffix(string(text), "event: complete\ndata:\n\n") {
		t.Errorf("%v, %s", err, text)
	}
}

// TestStreamsAreBounded: past the connections that may be open, a client is told when to come again.
func TestStreamsAreBounded(t *testing.T) {
	_, s := count(t, func(c *Config) { c.Streams.Connections = 1 })
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	first := subscribe(ctx, t, s.URL)
	if first.StatusCode != 200 {
		t.Fatal(first.Status)
	}
	if second := subscribe(ctx, t, s.URL); second.StatusCode != 503 || second.Header.Get("Retry-After") != "1" {
		t.Errorf("a second connection: %s", second.Status)
	}
}

func subscribe(ctx context.Context, t *testing.T, url string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, "GET", url+"/graphql?query=subscription{count(to:0)}", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "text/event-stream")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	return response
}

// TestStreamsEndWithTheServer: what stays open doesn't keep a server from stopping.
func TestStreamsEndWithTheServer(t *testing.T) {
	_, inner := count(t, nil)
	ctx, stop := context.WithCancel(context.Background())
	at, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		ended <- Serve(ctx, "127.0.0.1:0", inner.Config.Handler, time.Second, func(a net.Addr) { at <- "http://" + a.String() })
	}()
	response := subscribe(context.Background(), t, <-at)
	stop()
	text, err := io.ReadAll(response.Body)
	if err != nil || !strings.HasSuffix(string(text), "event: complete\ndata:\n\n") {
		t.Errorf("%v at the end of %.200s", err, text)
	}
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Error("the server doesn't stop")
	}
}

// TestChangesAreNotMadeByGet: a link must change nothing, whatever asks for it.
func TestChangesAreNotMadeByGet(t *testing.T) {
	_, s := count(t, nil)
	for _, c := range []struct {
		query, accept string
		status        int
	}{
		{"mutation{change}", "application/json", 405}, {"mutation{change}", "text/event-stream", 405},
		{"subscription{count(to:1)}", "application/json", 405}, {"subscription{count(to:1)}", "text/event-stream", 200},
		{"{hello}", "application/json", 200},
	} {
		r, err := http.NewRequestWithContext(context.Background(), "GET", s.URL+"/graphql?query="+c.query, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept", c.accept)
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != c.status {
			t.Errorf("%s as %s: %s", c.query, c.accept, response.Status)
		}
	}
}
