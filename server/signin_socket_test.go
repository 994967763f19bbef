package server_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// greets opens a WebSocket with what its first message says, and gives what is answered to it.
func (g *guarded) greets(t *testing.T, payload map[string]any) (*websocket.Conn, map[string]any, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	conn, _, err := websocket.Dial(ctx, strings.Replace(g.URL, "http", "ws", 1)+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	if err := wsjson.Write(ctx, conn, map[string]any{"type": "connection_init", "payload": payload}); err != nil {
		t.Fatal(err)
	}
	var answer map[string]any
	err = wsjson.Read(ctx, conn, &answer)
	return conn, answer, err
}

// TestWhoOpensAWebSocket: a WebSocket asks as the token of its first message says, until that expires.
func TestWhoOpensAWebSocket(t *testing.T) {
	g := serveGuarded(t)
	asks := func(conn *websocket.Conn) string {
		if err := wsjson.Write(t.Context(), conn, map[string]any{"id": "1", "type": "subscribe", "payload": map[string]any{"query": "{ viewer { kind } }"}}); err != nil {
			t.Fatal(err)
		}
		var next struct {
			Payload struct{ Data json.RawMessage }
		}
		if err := wsjson.Read(t.Context(), conn, &next); err != nil {
			t.Fatal(err)
		}
		return string(next.Payload.Data)
	}
	conn, answer, err := g.greets(t, nil)
	if err != nil || answer["type"] != "connection_ack" || asks(conn) != `{"viewer":{"kind":"PUBLIC"}}` {
		t.Errorf("without a token: %v %v", answer, err)
	}
	for _, given := range []string{"Bearer x.y.z", "Basic x", "Bearer"} {
		if _, answer, err := g.greets(t, map[string]any{"Authorization": given}); websocket.CloseStatus(err) != 4403 {
			t.Errorf("%s: %v %v", given, answer, err)
		}
	}
	end := time.Now().Add(2 * time.Second)
	g.issuer.Grant(g.issuer.Claims("partnergraph", map[string]any{"exp": end.Unix() + 1, "roles": []string{"analyst"}}))
	conn, answer, err = g.greets(t, map[string]any{"Authorization": "Bearer " + g.issuer.SignIn(t)})
	if err != nil || answer["type"] != "connection_ack" || asks(conn) != `{"viewer":{"kind":"ANALYST"}}` {
		t.Fatalf("with a token: %v %v", answer, err)
	}
	for err = nil; err == nil; { // complete, and then the end
		err = wsjson.Read(t.Context(), conn, &answer)
	}
	if websocket.CloseStatus(err) != 4403 || time.Now().Before(end) {
		t.Errorf("when the token expires: %v", err)
	}
}
