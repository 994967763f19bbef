package limits_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/partnergraph/partnergraph/internal/golden"
	"github.com/partnergraph/partnergraph/internal/limits"
)

// attacks are documents that cost a server much more than whoever sends them.
var attacks = map[string]func() string{
	"equal fields":           func() string { return "{" + repeat(50_000, " stats { totalCount }") + "}" },
	"equal fields in bounds": func() string { return "{ stats { nodes {" + repeat(1480, " count") + "} } }" },
	"equal fields with arguments": func() string {
		return "{ universities { nodes {" + repeat(180, " name(lang: ZH)") + "} } }"
	},
	"equal fields that hold fields": func() string { return "{ universities {" + repeat(300, " nodes { id }") + "} }" },
	"equal fields twice deep": func() string {
		return "{ universities { nodes {" + repeat(18, " alliances {"+repeat(18, " nodes { id }")+"}") + "} } }"
	},
	"fields that conflict": func() string {
		return "{ universities { nodes {" + repeat(90, " name(lang: ZH) name(lang: EN)") + "} } }"
	},
	"fields that conflict deep": func() string {
		return "{ universities { nodes {" + repeat(6, " alliances { nodes { members { nodes {"+repeat(4, " name(lang: ZH) name(lang: EN)")+"} } } }") + "} } }"
	},
	"fields that differ":           func() string { return "{ universities { nodes {" + many(480, " a%d: name") + "} } }" },
	"unknown fields":               func() string { return "{ universities { nodes {" + many(1400, " alliancs%d") + "} } }" },
	"unknown root fields":          func() string { return "{" + many(20, " universitees%d") + "}" },
	"unknown types":                func() string { return "query (" + many(290, " $a%d: UniversityWher") + ") { __typename }" },
	"unknown fragments' types":     func() string { return "{ universities { nodes {" + many(290, " ... on Universit%d { id }") + "} } }" },
	"unknown arguments":            func() string { return "{ universities(" + many(450, " wher%d: 1") + ") { totalCount } }" },
	"unknown input fields":         func() string { return "{ universities(where: {" + many(450, " nam%d: 1") + "}) { totalCount } }" },
	"unknown directives":           func() string { return "{ __typename" + many(5_000, " @a%d") + "}" },
	"unknown directives in bounds": func() string { return "{ __typename" + many(30, " @a%d") + "}" },
	"nested inline fragments":      func() string { return repeat(100_000, "{ ...") + "{ __typename" + repeat(100_001, "}") },
	"nested inline fragments in bounds": func() string {
		return "{ universities { nodes " + repeat(40, "{ ... ") + "{ id" + repeat(41, "}") + "} }"
	},
	"nested lists": func() string { return "{ nodes(ids: " + repeat(100_000, "[") + repeat(100_000, "]") + ") { id } }" },
	"long lists":   func() string { return "{ nodes(ids: [" + repeat(60_000, "1 ") + "]) { id } }" },
	"nested objects": func() string {
		return "{ universities(where: " + repeat(300, "{and: [") + repeat(300, "]}") + ") { totalCount } }"
	},
	"nested types": func() string { return "query ($a: " + repeat(700, "[") + "Int" + repeat(700, "]") + ") { __typename }" },
	"a long name":  func() string { return "{ " + repeat(250_000, "a") + " }" },
	"a long type":  func() string { return "{ ... on " + repeat(250_000, "a") + " { id } }" },
	"a long word": func() string {
		return "{ universities(orderBy: [{name: " + repeat(250_000, "A") + "}]) { totalCount } }"
	},
	"a long text":    func() string { return `{ node(id: "` + repeat(250_000, "a") + `") { id } }` },
	"a long block":   func() string { return `{ node(id: """` + repeat(60_000, "a\n  ") + `""") { id } }` },
	"a long number":  func() string { return "{ universities(first: " + repeat(250_000, "9") + ") { totalCount } }" },
	"a long comment": func() string { return "#" + repeat(250_000, "a") },
	"comments":       func() string { return repeat(125_000, "#\n") + "{ __typename }" },
	"commas":         func() string { return repeat(250_000, ",") + "{" },
	"escapes":        func() string { return `{ node(id: "` + repeat(40_000, `\u0041`) + `") { id } }` },
	"fragments that double": func() string {
		var b strings.Builder
		b.WriteString("{ universities { nodes { ...f0 } } }")
		for i := range 30 {
			fmt.Fprintf(&b, " fragment f%d on University { ...f%d ...f%d }", i, i+1, i+1)
		}
		return b.String() + " fragment f30 on University { id }"
	},
	"fields in fragments that double": func() string {
		var b strings.Builder
		b.WriteString("{ universities { nodes { ...f0 } } }")
		for i := range 10 {
			fmt.Fprintf(&b, " fragment f%d on University { alliances { nodes { members { nodes { ... on University { ...f%d ...f%d } } } } } }", i, i+1, i+1)
		}
		return b.String() + " fragment f10 on University { id }"
	},
	"a chain of fragments": func() string {
		var b strings.Builder
		b.WriteString("{ universities { nodes { ...f0 } } }")
		for i := range 180 {
			fmt.Fprintf(&b, " fragment f%d on University { ...f%d }", i, i+1)
		}
		return b.String() + " fragment f180 on University { id }"
	},
	"a fragment spread often": func() string {
		return "{ universities { nodes {" + repeat(400, " ...f") + "} } } fragment f on University { id name nameZh }"
	},
	"fragments that all spread each other's next": func() string {
		var b strings.Builder
		b.WriteString("{ universities { nodes { ...f0 } } }")
		for i := range 30 {
			fmt.Fprintf(&b, " fragment f%d on University { id", i)
			for j := i + 1; j < 30; j++ {
				fmt.Fprintf(&b, " ...f%d", j)
			}
			b.WriteString(" }")
		}
		return b.String()
	},
	"fragments in a circle": func() string {
		return "{ universities { nodes { ...a } } } fragment a on University { ...b } fragment b on University { ...a }"
	},
	"fragments in a circle that nothing uses": func() string {
		return "{ __typename } fragment a on University { id ...b } fragment b on University { ...a ...a }"
	},
	"fragments of one name": func() string { return "{ __typename }" + repeat(200, " fragment a on University { ...a }") },
	"operations":            func() string { return many(290, " query a%d { __typename }") },
	"operations that spread one fragment": func() string {
		return many(180, " query a%d { ...f }") + " fragment f on Query {" + repeat(19, " __typename") + "}"
	},
	"variables": func() string { return "query (" + many(290, " $a%d: Int") + ") { __typename }" },
	"introspection in introspection": func() string {
		return "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }"
	},
	"introspection many times": func() string {
		return "{ __schema {" + many(29, " a%d: types { fields { args { type { name } } } }") + "} }"
	},
	"depth": func() string {
		return "{ node(id: 1) " + repeat(200, "{ aliases ") + "{ name }" + repeat(200, "}") + "}"
	},
	"things": func() string {
		return "{ universities(first: 200) { nodes { alliances(first: 200) { nodes { members(first: 200) { nodes { id } } } } } } }"
	},
}

func many(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// within is the processor time that a document may take until it is refused, or is found to be in bounds.
const within = 50 * time.Millisecond

// TestAttacksCostLittle holds what is said of each to a file, and the time that it takes.
func TestAttacksCostLittle(t *testing.T) {
	var said strings.Builder
	for _, name := range slices.Sorted(maps.Keys(attacks)) {
		text := attacks[name]()
		if len(text) > 256<<10 {
			text = text[:256<<10]
		}
		best, answer := time.Hour, ""
		for range 3 { // the machine does other work as well
			began := processorTime(t)
			answer = ask(t, text)
			best = min(best, processorTime(t)-began)
		}
		if best > within {
			t.Errorf("%s: took %v of the processor, more than %v", name, best, within)
		}
		if len(answer) > 16<<10 {
			t.Errorf("%s: the answer has %d bytes", name, len(answer))
		}
		fmt.Fprintf(&said, "%s: %.200s\n", name, answer)
	}
	golden.Equal(t, "testdata/attacks.txt", []byte(said.String()))
}

// ask tells how a document is answered before anything is run.
func ask(t *testing.T, text string) string {
	doc, errs := limits.Default.Read(schema, text)
	if errs != nil {
		all, err := json.Marshal(errs)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%d: %s%s", len(errs), errs[0].Message, strings.Repeat(" ", max(0, len(all)-16<<10)))
	}
	c := doc.Cost(doc.Operations[0])
	if n := c.Requested(nil); n > limits.Default.Cost {
		return c.Excess(nil, n, limits.Default.Cost).Message
	}
	return "within bounds"
}

func processorTime(t *testing.T) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
