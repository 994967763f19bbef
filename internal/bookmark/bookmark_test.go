package bookmark

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"github.com/partnergraph/partnergraph/internal/network"
)

var seal = NewSeal("secret")

func TestThereAndBack(t *testing.T) {
	for _, marks := range [][]string{nil, {"FB:kcwQabc=="}, {"a", "b"}} {
		got, err := seal.Parse(seal.Text(Of(marks)))
		if err != nil || !slices.Equal(got.Marks(), marks) {
			t.Errorf("%q comes back as %q, %v", marks, got.Marks(), err)
		}
	}
}

func TestGarbled(t *testing.T) {
	encode := func(s string) string { // with a seal that is right
		marks := []byte(s[1:])
		return base64.RawURLEncoding.EncodeToString(slices.Concat([]byte(s[:1]), seal.of(marks), marks))
	}
	for _, text := range []string{
		"x", "!", "AUZC\nOmE", encode("\x01"), encode("\x02FB:a"), encode("\x01FB:a\n"), encode("\x01FB:\x00"), encode("\x01标"),
		encode("\x01" + strings.Repeat("a\n", most) + "a"), strings.Repeat("A", longest+1), seal.Text(Of([]string{"FB:a"})) + "=", NewSeal("another").Text(Of([]string{"FB:a"})),
	} {
		if b, err := seal.Parse(text); network.CodeOf(err) != network.BadUserInput {
			t.Errorf("%.40q is read as %v, %v", text, b, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(seal.Text(Of([]string{"FB:kcwQabc=="})))
	f.Fuzz(func(t *testing.T, text string) {
		if b, err := seal.Parse(text); err == nil && seal.Text(b) != text {
			t.Errorf("%q is read as %q", text, b)
		}
	})
}

func TestARequestGoesByItsLastWrite(t *testing.T) {
	if Wrote(context.Background(), Of([]string{"a"})); !Last(context.Background()).None() {
		t.Error("a context without a chain has a bookmark")
	}
	ctx := With(context.Background(), Of([]string{"a"}))
	if _, wrote := Written(ctx); wrote || Last(ctx).Marks()[0] != "a" {
		t.Errorf("before a write: %v", Last(ctx))
	}
	Wrote(ctx, Of([]string{"b"}))
	if b, wrote := Written(ctx); !wrote || b.Marks()[0] != "b" || Last(ctx).Marks()[0] != "b" {
		t.Errorf("after a write: %v", Last(ctx))
	}
}
