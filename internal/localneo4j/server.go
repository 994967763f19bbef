// Package localneo4j runs a real Neo4j on this machine, as a child process on
// loopback, for whoever has none.
//
// It exists so that one command serves the whole product: a person who gives
// no NEO4J_URI needs no container engine and no installed database, only Java
// and, once, Maven. The engine is Neo4j Community itself and not a stand-in,
// because the stand-ins answered some of this product's statements wrongly
// without saying so. Its jars are fetched, never shipped.
//
// Start reads from top to bottom: lock the store, end what an earlier run left
// behind, find Java, find or fetch the jars, write the settings, launch, wait
// until Bolt answers. Each step has a file of its own name.
package localneo4j

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Version is the Neo4j release that this package runs.
const Version = "5.26.30"

// Options say where a local Neo4j keeps its things and how it runs.
type Options struct {
	Home     string           // store folder: data, settings, logs, lock, password; kept between runs
	Cache    string           // folder for the fetched jars; empty: DefaultCache
	BoltPort int              // 0: any free port
	Java     string           // empty: $JAVA_HOME/bin/java, else java on PATH
	Heap     string           // the most heap the server takes, as java's -Xmx; empty: 512m
	Quick    bool             // quick to start, slow to run long: for tests and single steps, not for measuring
	Log      func(msg string) // progress for people, one line a call; may be nil
}

// Server is a running Neo4j of our own.
type Server struct {
	home     string
	port     int
	password string
	log      func(string)
	lock     *homeLock
	child    *child
	archive  archiveRun
	exited   chan struct{}

	mu       sync.Mutex
	stopping bool
	stopped  error
	stopOnce sync.Once
}

// DefaultCache is the folder that jars are fetched into when Options name none.
func DefaultCache() (string, error) {
	base, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no folder to keep Neo4j's jars in: %w: set HOME", err)
	}
	return filepath.Join(base, "partnergraph", "neo4j-"+Version), nil
}

// Start runs Neo4j on the store at o.Home and returns once Bolt answers there.
// The context bounds the start alone: a server that has started runs until
// Stop, or until this process ends. Every error is one line for a person.
func Start(ctx context.Context, o Options) (_ *Server, err error) {
	if o, err = o.withDefaults(); err != nil {
		return nil, err
	}
	lock, err := lockHome(o.Home)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			lock.release()
		}
	}()

	if err := stopOrphan(ctx, o.Home, o.Log); err != nil {
		return nil, err
	}
	java, err := findJava(ctx, o.Java)
	if err != nil {
		return nil, err
	}
	lib, err := ensureJars(ctx, o.Cache, java, o.Log)
	if err != nil {
		return nil, err
	}
	if err := checkSpace(o.Home, spaceToRun); err != nil {
		return nil, err
	}
	if err := prepareHome(o.Home); err != nil {
		return nil, err
	}

	s := &Server{home: o.Home, log: o.Log, lock: lock, exited: make(chan struct{})}
	launch := launcher{options: o, java: java, lib: lib, archive: newClassArchive(o.Cache, java)}
	if err := launch.run(ctx, s); err != nil {
		return nil, err
	}
	go s.watch()
	if err := lock.announce(s.URI()); err != nil {
		o.Log(fmt.Sprintf("other commands won't find this Neo4j: %v", err))
	}
	return s, nil
}

func (o Options) withDefaults() (Options, error) {
	if o.Home == "" {
		return o, errors.New("a local Neo4j needs a folder for its store, and none was given")
	}
	err := os.MkdirAll(o.Home, 0o700)
	if err == nil {
		o.Home, err = realPath(o.Home)
	}
	if err != nil {
		return o, fmt.Errorf("making the store folder: %w", err)
	}
	if o.Cache == "" {
		if o.Cache, err = DefaultCache(); err != nil {
			return o, err
		}
	}
	if o.Cache, err = filepath.Abs(o.Cache); err != nil {
		return o, fmt.Errorf("the cache folder %s: %w", o.Cache, err)
	}
	if o.Heap == "" {
		o.Heap = "512m"
	}
	if o.Log == nil {
		o.Log = func(string) {}
	}
	return o, nil
}

// realPath makes one name of every way to write a folder, since an orphan is
// told by the folder on its command line.
func realPath(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(path)
}

// URI is where the server answers Bolt.
func (s *Server) URI() string { return fmt.Sprintf("bolt://127.0.0.1:%d", s.port) }

// Username is the account to sign in with.
func (s *Server) Username() string { return "neo4j" }

// Password is the account's password: random, made once for each store.
func (s *Server) Password() string { return s.password }

// Process is the id of the server's process.
func (s *Server) Process() int { return s.child.process.Pid }

// Exited is closed when the server ends without being told to; Err says why.
func (s *Server) Exited() <-chan struct{} { return s.exited }

// Err says why the server ended by itself, and is nil while it runs.
func (s *Server) Err() error {
	select {
	case <-s.exited:
		return fmt.Errorf("Neo4j ended by itself: %s", s.child.whyEnded())
	default:
		return nil
	}
}

func (s *Server) watch() {
	<-s.child.done
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.stopping {
		close(s.exited)
	}
}

// Stop ends the server in order and frees the store. When ctx is done first
// the server is killed, which its store survives: the next start recovers it.
// Stop may be called more than once, and after the server ended by itself.
func (s *Server) Stop(ctx context.Context) error {
	s.stopOnce.Do(func() {
		s.mu.Lock()
		s.stopping = true
		s.mu.Unlock()
		if s.archive.making != "" {
			s.log("Neo4j is stopping; this once it takes some seconds more, to start quicker next time …")
		}
		began := time.Now()
		if err := s.child.stop(ctx); err != nil {
			s.stopped = fmt.Errorf("Neo4j did not stop within %.1f s: %w", time.Since(began).Seconds(), err)
		}
		s.archive.keep(s.child.endedWell())
		s.lock.release()
	})
	return s.stopped
}
