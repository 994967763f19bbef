package change_test

import (
	"context"
	"encoding/json"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/partnergraph/partnergraph"
	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/change"
	"github.com/partnergraph/partnergraph/internal/dbtest"
	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/internal/store"
)

// desk is where a test changes the network of the test database.
type desk struct {
	*testing.T
	store  *store.Store
	writer *change.Writer
	m      *graphmap.Map
	ctx    context.Context
	ran    atomic.Int64 // statements
}

func openDesk(t *testing.T) *desk {
	t.Helper()
	m, err := graphmap.Load("schema.graphqls", partnergraph.Schema)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{T: t, m: m, ctx: context.Background()}
	d.store = dbtest.OpenWith(t, func(string) { d.ran.Add(1) })
	d.writer = change.NewWriter(m, d.store)
	return d
}

var clerk = access.Viewer{Subject: "issuer|clerk", Roles: access.Office, Offices: []string{"uni_east"}}

func request(operation, key, input string) change.Request {
	return change.Request{Operation: operation, Key: key, Input: []byte(input), Viewer: clerk, RecordedBy: "East University, partner office"}
}

// do makes a change that must go well.
func (d *desk) do(work func(context.Context, *change.Tx) error) {
	d.Helper()
	d.asks(request("trial", "", "{}"), work, nil)
}

// asks makes a change and holds its error against a code; nil is for none.
func (d *desk) asks(r change.Request, work func(context.Context, *change.Tx) error, want error) {
	d.Helper()
	_, err := d.writer.Do(d.ctx, r, func(ctx context.Context, tx *change.Tx) (change.Answer, error) {
		return change.Answer{}, work(ctx, tx)
	})
	if want == nil && err != nil {
		d.Fatalf("%s: %v", r.Operation, err)
	}
	if want != nil && !errors.Is(err, want) && network.CodeOf(err) != network.CodeOf(want) {
		d.Fatalf("%s: %v, not %v", r.Operation, err, want)
	}
}

// read gives the answer of a statement.
func (d *desk) read(text string) any {
	d.Helper()
	v, err := d.store.Read(d.ctx, "RETURN COLLECT { "+text+" } AS answer", nil)
	if err != nil {
		d.Fatal(err)
	}
	return v
}

// is holds what a statement gives against what a person wrote.
func (d *desk) is(text, want string) {
	d.Helper()
	got, err := json.Marshal(d.read(text))
	if err != nil {
		d.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		d.Errorf("%s (-want +got):\n%s", text, diff)
	}
}

func code(c network.Code) error { return &network.Error{Code: c} }

// made makes a base, "bas_lab", that Works hosts and that serves East, a member of Delta.
func (d *desk) made() {
	d.Helper()
	d.writer.Now = func() time.Time { return time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC) }
	d.do(func(_ context.Context, tx *change.Tx) error {
		for _, one := range [][2]string{{"ent_works", "Enterprise"}, {"uni_east", "University"}, {"all_delta", "Alliance"}, {"src_paper", "Source"}} {
			if _, err := tx.Create(one[1], map[string]any{"id": one[0], "name": one[0]}); err != nil {
				return err
			}
		}
		_, err := tx.Begin(change.Tie{Type: "MEMBER_OF", From: "uni_east", To: "all_delta", Properties: map[string]any{"key": "k", "role": "MEMBER"}})
		return err
	})
	d.do(func(ctx context.Context, tx *change.Tx) error {
		said := change.Evidence{Source: "src_paper", Locator: "¶2"}
		if _, err := tx.Create("PracticeBase", map[string]any{"id": "bas_lab", "name": "Lab", "status": "DRAFT", "openedOn": "2026-03"}, said); err != nil {
			return err
		}
		if _, err := tx.Begin(change.Tie{Type: "HOSTS", From: "ent_works", To: "bas_lab", Properties: map[string]any{"key": "k"}, Evidence: []change.Evidence{said}}); err != nil {
			return err
		}
		if _, err := tx.Begin(change.Tie{Type: "SERVES", From: "bas_lab", To: "uni_east", Properties: map[string]any{"key": "k", "places": int64(4)}}); err != nil {
			return err
		}
		r, err := tx.Record(ctx, registration, "bas_lab")
		if err == nil {
			tx.Note(r, map[string]any{"state": "DRAFT"})
		}
		return err
	})
}

var registration = change.Kind{Label: "Registration", Key: "base"}

const hosts = "rel_hosts_ent_works_bas_lab_k"

// TestAChangeAsAWhole: a base with its ties is made, changed and ended, with all that goes with it.
func TestAChangeAsAWhole(t *testing.T) {
	d := openDesk(t)
	d.made()
	d.is("MATCH (n:PracticeBase) RETURN [n.name, n.version, toString(n.holdsFrom), n.sources, n.recordedBy, n.sourceCount, n.digest, n.synthetic]",
		`[["Lab",1,"2026-03-01",["src_paper"],["East University, partner office"],1,null,false]]`)
	d.is("MATCH ()-[r:HOSTS]->() RETURN [r.id, toString(r.holdsFrom), toString(r.attestedOn), r.digest]", `[["`+hosts+`","2026-03-01","2026-11-21",null]]`)
	d.is("MATCH (f:FeedEntry) WHERE f.seq > 5 WITH f ORDER BY f.seq RETURN [f.seq, f.type, f.kind, f.state, f.concerns, f.personal]",
		`[[6,"PracticeBase","CREATED","DRAFT",["all_delta","ent_works","uni_east"],false],`+
			`[7,"HOSTS","CREATED",null,["all_delta","ent_works","uni_east"],false],[8,"SERVES","CREATED",null,["all_delta","ent_works","uni_east"],false]]`)

	r := request("practiceBaseUpdate", "key-1", `{"openedOn":"2026-05"}`)
	r.Reason = "the machines came late"
	d.asks(r, func(ctx context.Context, tx *change.Tx) error {
		if _, err := tx.Lock(ctx, "bas_lab"); err != nil {
			return err
		}
		if err := tx.Expect("bas_lab", 1); err != nil {
			return err
		}
		if err := tx.Update("bas_lab", map[string]any{"openedOn": "2026-05", "status": "ACTIVE", "summary": nil}); err != nil {
			return err
		}
		record, err := tx.Record(ctx, registration, "bas_lab")
		if err != nil {
			return err
		}
		tx.Note(record, map[string]any{"state": "ACTIVE"})
		return tx.End(ctx, hosts, network.NewDay(2026, 12, 1))
	}, nil)
	d.is("MATCH (n:PracticeBase) RETURN [n.version, n.status, toString(n.holdsFrom)]", `[[2,"ACTIVE","2026-05-01"]]`)
	d.is("MATCH (n)-[r:HOSTS|SERVES]-(:PracticeBase) WITH r ORDER BY type(r) RETURN [type(r), toString(r.holdsFrom), r.until]",
		`[["HOSTS","2026-05-01","2026-12-01"],["SERVES","2026-05-01",null]]`)
	d.is("MATCH (f:FeedEntry) WHERE f.seq > 8 WITH f ORDER BY f.seq RETURN [f.seq, f.type, f.kind, f.stateBefore, f.state]",
		`[[9,"PracticeBase","STATE","DRAFT","ACTIVE"],[10,"HOSTS","ENDED",null,null]]`)
	d.is("MATCH (r:Registration) RETURN [r.base, r.state, r.version]", `[["bas_lab","ACTIVE",2]]`)
	d.is("MATCH (a:Audit {seq: 10}) RETURN [a.by, a.kind, a.operation, a.reason, a.key, a.of]",
		`[["issuer|clerk","office","practiceBaseUpdate","the machines came late","key-1",["Registration:bas_lab","bas_lab","ent_works","`+hosts+`"]]]`)
	d.is("MATCH (a:Audit {seq: 10}) UNWIND [a.before, a.after] AS text RETURN text",
		`["{\"Registration:bas_lab\":{\"state\":\"DRAFT\"},\"bas_lab\":{\"openedOn\":\"2026-03\",\"status\":\"DRAFT\"},\"`+hosts+`\":{}}",`+
			`"{\"Registration:bas_lab\":{\"state\":\"ACTIVE\"},\"bas_lab\":{\"openedOn\":\"2026-05\",\"status\":\"ACTIVE\"},\"`+hosts+`\":{\"until\":\"2026-12-01\"}}"]`)
	d.is("MATCH (o:AuditOf {of: 'ent_works'}) WITH o ORDER BY o.seq RETURN o.seq", `[5,8,10]`)

	d.do(func(ctx context.Context, tx *change.Tx) error {
		if _, err := tx.Lock(ctx, "bas_lab"); err != nil {
			return err
		}
		record, err := tx.Record(ctx, registration, "bas_lab")
		if err != nil {
			return err
		}
		tx.Forget(record)
		return tx.Delete("bas_lab")
	})
	d.is("MATCH (n:Node|Registration|Tombstone) WITH n ORDER BY n.id RETURN coalesce(n.id, 'registration')", `["all_delta","bas_lab","ent_works","src_paper","uni_east"]`)
	d.is("MATCH (f:FeedEntry) WHERE f.seq > 10 WITH f ORDER BY f.seq RETURN [f.seq, f.type, f.kind, f.stateBefore, f.state, f.concerns]",
		`[[11,"PracticeBase","DELETED","ACTIVE",null,["all_delta","ent_works","uni_east"]],`+
			`[12,"HOSTS","DELETED",null,null,["ent_works"]],[13,"SERVES","DELETED",null,null,["all_delta","uni_east"]]]`)
	d.asks(request("again", "", "{}"), func(_ context.Context, tx *change.Tx) error {
		_, err := tx.Create("PracticeBase", map[string]any{"id": "bas_lab", "name": "Lab"})
		return err
	}, code(network.Conflict))
}
