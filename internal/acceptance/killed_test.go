package acceptance

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/store"
)

// killed is a server with a Neo4j of its own, both of which are killed while offices write, and started again.
type killed struct {
	*command
	dir   string
	token string
	host  string // the id of the organisation whose office writes

	mu      sync.Mutex
	run     *exec.Cmd
	address atomic.Value
	acked   map[string]string // the ids that were answered, by keys
}

// start starts the server, on the store as it was left.
func (k *killed) start() {
	k.Helper()
	said := &safeBuffer{}
	run := exec.Command(k.path, "serve", "--listen", "127.0.0.1:0", "--development", "--development-key", filepath.Join(k.dir, "key"), "--store", filepath.Join(k.dir, "store"), "--empty", "--rate", "0")
	run.Env = append(os.Environ(), "NEO4J_URI=")
	run.Stdout, run.Stderr = said, said
	run.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := run.Start(); err != nil {
		k.Fatal(err)
	}
	k.run = run
	for began := time.Now(); !strings.Contains(said.String(), "PartnerGraph is serving"); time.Sleep(50 * time.Millisecond) {
		if time.Since(began) > 3*time.Minute {
			k.Fatalf("it does not serve:\n%s", said.String())
		}
	}
	k.address.Store("http://127.0.0.1:" + regexp.MustCompile(`localhost:(\d+)/playground`).FindStringSubmatch(said.String())[1])
}

// kill ends the server, or its database, without a warning, and waits until the server is gone.
func (k *killed) kill(database bool) {
	k.Helper()
	pid := k.run.Process.Pid
	if database {
		pid = childOf(k.T, pid)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		k.Fatal(err)
	}
	_ = k.run.Wait()
}

// childOf is the one child of a process.
func childOf(t *testing.T, pid int) int {
	t.Helper()
	text, err := exec.Command("pgrep", "-P", strconv.Itoa(pid)).Output()
	child, wrong := strconv.Atoi(strings.TrimSpace(string(text)))
	if err := errors.Join(err, wrong); err != nil {
		t.Fatalf("the children of %d: %q: %v", pid, text, err)
	}
	return child
}

// send sends an operation, which must be answered.
func (k *killed) send(ctx context.Context, query string, into any) error {
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, k.address.Load().(string)+"/graphql", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+k.token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	out := struct {
		Data   any
		Errors []struct{ Message string }
	}{Data: into}
	if err := json.NewDecoder(response.Body).Decode(&out); err != nil || len(out.Errors) > 0 {
		return fmt.Errorf("%v %v", err, out.Errors)
	}
	return nil
}

// write makes a base under a key, again until it is answered.
func (k *killed) write(ctx context.Context, key string) {
	for ctx.Err() == nil {
		var out struct {
			PracticeBaseCreate struct{ PracticeBase struct{ ID string } }
		}
		err := k.send(ctx, fmt.Sprintf(`mutation { practiceBaseCreate(input: {idempotencyKey: %[1]q, content: {identity: {name: %[1]q}, host: {organization: %[2]q}}}) { practiceBase { id } } }`, key, k.host), &out)
		if err == nil {
			k.mu.Lock()
			k.acked[key] = out.PracticeBaseCreate.PracticeBase.ID
			k.mu.Unlock()
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// The server and its database are killed while offices write: what was acknowledged is there, nothing is there twice, and
// nothing half.
func TestKilledWhileOfficesWrite(t *testing.T) {
	k := &killed{command: build(t, "../.."), dir: t.TempDir(), acked: map[string]string{}}
	k.start()
	defer func() {
		_ = k.run.Process.Signal(syscall.SIGINT)
		_ = k.run.Wait()
	}()
	token := func(args ...string) string {
		text, code := k.command.run(nil, append([]string{"token", "--development-key", filepath.Join(k.dir, "key"), "--for", "2h"}, args...)...)
		if code != 0 {
			t.Fatal(text)
		}
		return strings.TrimSpace(text)
	}
	k.token = token("--role", "admin")
	var made struct {
		EnterpriseCreate struct{ Enterprise struct{ ID string } }
	}
	for try := 1; k.send(context.Background(), `mutation { enterpriseCreate(input: {idempotencyKey: "host", name: "Host"}) { enterprise { id } } }`, &made) != nil; try++ {
		if try == 10 {
			t.Fatal("the host can't be made")
		}
	}
	k.host = made.EnterpriseCreate.Enterprise.ID
	k.token = token("--role", "office", "--organization", k.host)

	ctx, enough := context.WithCancel(context.Background())
	defer enough()
	var stopped atomic.Bool
	var writers sync.WaitGroup
	for w := range 6 {
		writers.Go(func() {
			for i := 0; !stopped.Load(); i++ {
				k.write(ctx, fmt.Sprintf("base %d of writer %d", i, w))
			}
		})
	}
	for round, database := range []bool{false, true} {
		for began, before := time.Now(), k.written(); k.written() < before+20 && time.Since(began) < time.Minute; time.Sleep(20 * time.Millisecond) {
		}
		time.Sleep(time.Duration(37*round) * time.Millisecond)
		k.kill(database)
		k.start()
	}
	for began, before := time.Now(), k.written(); k.written() < before+20 && time.Since(began) < time.Minute; time.Sleep(20 * time.Millisecond) {
	}
	stopped.Store(true)
	writers.Wait()

	s := k.database()
	defer func() { _ = s.Close(context.Background()) }()
	rows, err := s.Rows(context.Background(), `MATCH (b:PracticeBase)
RETURN b.name AS name, collect(b.id) AS ids, count { MATCH (b)<-[:HOSTS]-(:Enterprise) } AS hosts, count { MATCH (:Registration {base: b.id}) } AS registrations,
  count { MATCH (:AuditOf {of: b.id}) } AS audits, count { MATCH (:FeedEntry {id: b.id}) } AS told`, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, r := range rows {
		name, ids := r["name"].(string), r["ids"].([]string)
		found[name] = true
		if len(ids) != 1 || r["hosts"] != int64(1) || r["registrations"] != int64(1) || r["audits"] != int64(1) || r["told"] != int64(1) {
			t.Errorf("%s is there as %v", name, r)
		}
		if k.acked[name] != ids[0] {
			t.Errorf("%s was answered with %s and is %s", name, k.acked[name], ids[0])
		}
	}
	for name := range k.acked {
		if !found[name] {
			t.Errorf("%s was acknowledged and isn't there", name)
		}
	}
	gaps, err := s.Rows(context.Background(), `MATCH (f:FeedEntry) WITH count(*) AS n, min(f.seq) AS least, max(f.seq) AS most WHERE most - least + 1 <> n RETURN n, least, most`, nil)
	if err != nil || len(gaps) > 0 {
		t.Errorf("the feed has gaps: %v %v", gaps, err)
	}
	t.Logf("%d bases were acknowledged through 2 kills", len(k.acked))
}

func (k *killed) written() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.acked)
}

// database opens the Neo4j that the server runs.
func (k *killed) database() *store.Store {
	k.Helper()
	home := filepath.Join(k.dir, "store")
	password, err := os.ReadFile(filepath.Join(home, "password"))
	if err != nil {
		k.Fatal(err)
	}
	lock, err := os.ReadFile(filepath.Join(home, "lock"))
	if err != nil {
		k.Fatal(err)
	}
	s, err := store.Open(context.Background(), store.Config{
		URI: regexp.MustCompile(`bolt://\S+?:\d+`).FindString(string(lock)), Username: "neo4j", Password: strings.TrimSpace(string(password)),
	})
	if err != nil {
		k.Fatal(err)
	}
	return s
}
