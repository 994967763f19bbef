package signin

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/access"
	"github.com/partnergraph/partnergraph/internal/network"
)

// TestDevelopmentTokens are taken by a server that has their key, and by no other.
func TestDevelopmentTokens(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "development-key")
	if _, err := ReadDevelopmentKey(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a key: %v", err)
	}
	made, err := MakeDevelopmentKey(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the key: %v, %v", info.Mode(), err)
	}
	again, err := MakeDevelopmentKey(path)
	if err != nil || !reflect.DeepEqual(again, made) {
		t.Fatalf("another key: %v", err)
	}
	until := time.Now().Add(time.Hour).Truncate(time.Second)
	want := access.Viewer{Subject: "bob", Until: until, Roles: access.Office | access.Analyst, Offices: []string{"uni_a"}}
	token, err := again.Mint(want)
	if err != nil {
		t.Fatal(err)
	}
	c := &clock{}
	s, err := newAt(c.now, nil, made, silent)
	if err != nil {
		t.Fatal(err)
	}
	want.Subject = developmentIssuer + " bob"
	if got, err := s.Viewer(context.Background(), token); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	c.ahead = time.Hour + time.Second
	wants(t, s, token, network.Unauthenticated, "has expired")

	wants(t, open(t, &clock{}), token, network.Unauthenticated, "does not know")
	other, err := MakeDevelopmentKey(filepath.Join(t.TempDir(), "key"))
	if err != nil {
		t.Fatal(err)
	}
	if s, err = newAt(time.Now, nil, other, silent); err != nil {
		t.Fatal(err)
	}
	wants(t, s, token, network.Unauthenticated, "not signed")
	if err := os.WriteFile(path, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := MakeDevelopmentKey(path); network.CodeOf(err) != network.BadUserInput {
		t.Errorf("half a key: %v", err)
	}
}
