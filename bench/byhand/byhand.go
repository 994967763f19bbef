// Package byhand answers the bench's operations as fast as we know how: one Cypher statement each, written by hand, read
// in one round trip, its record appended to a buffer as JSON. It serves nothing else, checks next to nothing and has no
// deadline. What the product loses against it is the price of answering any question.
package byhand

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
)

// Variables are those of all operations; each takes some of them.
type Variables struct {
	ID    string `json:"id"`
	To    string `json:"to"`
	Day   string `json:"day"`
	After string `json:"after"`
	Text  string `json:"text"`
}

// operation is one question. A label that the relationship implies is left out of its text: it would be looked up for
// each row.
type operation struct {
	text   string
	params func(Variables) (map[string]any, error) // beside $id and $day
	write  func(o *out, rows [][]any)
}

var operations = map[string]operation{}

// register puts an operation's text in its final form: @x stands for the rule of time on x, and #x for the rule that
// the public sees a base.
func register(name string, op operation) {
	op.text = withRule(op.text, "@", "(%[1]s.holdsFrom <= $day AND $day < %[1]s.holdsUntil)")
	op.text = withRule(op.text, "#", "(%[1]s.status IS NULL OR %[1]s.status IN ['ACTIVE', 'AMENDING', 'EXPIRED'])")
	operations[name] = op
}

func withRule(text, sign, rule string) string {
	parts := strings.Split(text, sign)
	for i, p := range parts[1:] {
		end := strings.IndexFunc(p, func(r rune) bool { return r < '0' || r > '9' && r < 'a' || r > 'z' })
		if end < 0 {
			end = len(p)
		}
		v := p[:end]
		parts[i+1] = fmt.Sprintf(rule, v) + p[end:]
	}
	return strings.Join(parts, "")
}

// Server answers.
type Server struct{ driver neo4j.DriverWithContext }

// Open makes a server over a database.
func Open(uri, password string) (*Server, error) {
	driver, err := neo4j.NewDriverWithContext(uri, neo4j.BasicAuth("neo4j", password, ""), func(c *config.Config) {
		c.FetchSize = neo4j.FetchAll
	})
	return &Server{driver: driver}, err
}

var buffers = sync.Pool{New: func() any { return &out{} }}

// ServeHTTP answers POST /<operation>, whose body is the operation's variables.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	o := buffers.Get().(*out)
	defer buffers.Put(o)
	o.b = append(o.b[:0], `{"data":`...)
	if err := s.answer(o, strings.TrimPrefix(r.URL.Path, "/"), body); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	o.b = append(o.b, '}')
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(o.b)))
	_, _ = w.Write(o.b)
}

func (s *Server) answer(o *out, name string, body []byte) error {
	op, err := find(name)
	if err != nil {
		return err
	}
	var v Variables
	if err := json.Unmarshal(body, &v); err != nil {
		return err
	}
	params, err := parameters(op, v)
	if err != nil {
		return err
	}
	// No deadline: with one, the driver sets up a timer for each chunk that it reads.
	ctx := context.Background()
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead, FetchSize: neo4j.FetchAll})
	defer func() { _ = session.Close(ctx) }()
	result, err := session.Run(ctx, op.text, params)
	if err != nil {
		return err
	}
	var rows [][]any
	for result.Next(ctx) {
		rows = append(rows, result.Record().Values)
	}
	if err := result.Err(); err != nil {
		return err
	}
	op.write(o, rows)
	return nil
}

func parameters(op operation, v Variables) (map[string]any, error) {
	day, err := time.Parse(time.DateOnly, v.Day)
	if err != nil {
		return nil, err
	}
	params := map[string]any{}
	if op.params != nil {
		if params, err = op.params(v); err != nil {
			return nil, err
		}
	}
	params["id"], params["day"] = v.ID, neo4j.DateOf(day)
	return params, nil
}

func find(name string) (operation, error) {
	op, known := operations[name]
	if !known {
		return op, fmt.Errorf("no operation %q", name)
	}
	return op, nil
}

// Statement is an operation's Cypher with the parameters for some variables, to be profiled.
func Statement(name string, v Variables) (string, map[string]any, error) {
	op, err := find(name)
	if err != nil {
		return "", nil, err
	}
	params, err := parameters(op, v)
	return op.text, params, err
}
