package ingest

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/partnergraph/partnergraph/internal/graphmap"
)

// The names in a dataset folder.
const (
	headingFile = "dataset.yaml"
	thingFolder = "nodes"
	tieFolder   = "relationships"
	extension   = ".yaml"
)

// file is one file of a dataset, not yet understood: its entries are those of one type of things or relationships.
type file struct {
	name    string
	thing   *graphmap.Type
	rel     *graphmap.Rel
	entries []*yaml.Node
}

// folder reads every file of the dataset and sorts it by what it holds. The error is one of reading; what is wrong with
// the files is among the faults.
func (r *reader) folder(dir fs.FS) error {
	if _, err := fs.Stat(dir, headingFile); errors.Is(err, fs.ErrNotExist) {
		r.faults.addf(headingFile, 0, "", "is missing: it gives name, recordedBy and recordedAt of the dataset")
	}
	return fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
		folder, base := path.Split(name)
		switch {
		case err != nil || name == ".":
			return err
		case strings.HasPrefix(base, "."): // what editors and file managers leave
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() && (name == thingFolder || name == tieFolder):
			return nil
		case d.IsDir():
			r.faults.add(name, 0, "", unknown{"is no folder of a dataset", name, []string{thingFolder, tieFolder}})
			return fs.SkipDir
		case folder == "" && base != headingFile:
			r.faults.add(name, 0, "", unknown{"is no file of a dataset", name, []string{headingFile, thingFolder + "/<Type>.yaml", tieFolder + "/<TYPE>.yaml"}})
			return nil
		}
		return r.file(dir, name)
	})
}

// file reads one file. One that is wrong as a whole may hold ids that others name; these are then not held against them.
func (r *reader) file(dir fs.FS, name string) error {
	f := file{name: name}
	folder, base := path.Split(name)
	kind, isYAML := strings.CutSuffix(base, extension)
	lost := func() {}
	if folder == thingFolder+"/" {
		types := namesOfThings(r.m)
		lost = func() { r.unread[nearest(strings.TrimSuffix(base, path.Ext(base)), types)] = true }
		if f.thing = r.m.Types[kind]; isYAML && !slices.Contains(types, kind) {
			r.faults.add(name, 0, "", unknown{strconv.Quote(kind) + " is no type of things", kind, types})
			lost()
			return nil
		}
	} else if folder == tieFolder+"/" {
		if f.rel = r.m.Relationships[kind]; isYAML && f.rel == nil {
			r.faults.add(name, 0, "", unknown{strconv.Quote(kind) + " is no type of relationships", kind, sortedKeys(r.m.Relationships)})
			return nil
		}
	}
	if !isYAML {
		r.faults.addf(name, 0, "", "is not read: the name of a file ends in %s", extension)
		lost()
		return nil
	}
	text, err := fs.ReadFile(dir, name)
	if err != nil {
		return err
	}
	switch root := r.parse(name, text); {
	case root == nil:
		lost()
	case folder == "":
		r.heading = r.entry(entry{file: name, of: "a dataset"}, root, headingColumns()).properties
	case root.Kind != yaml.SequenceNode:
		r.faults.addf(name, root.Line, "", "is %s: write a list, each of its entries with a dash", shape(root))
		lost()
	default:
		f.entries = root.Content
		r.files = append(r.files, f)
	}
	return nil
}

func namesOfThings(m *graphmap.Map) []string {
	var out []string
	for _, t := range m.Things() {
		out = append(out, t.Name)
	}
	return out
}

var yamlFault = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// parse gives the one document of a file; nil when it is not YAML, or empty.
func (r *reader) parse(name string, text []byte) *yaml.Node {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var doc, next yaml.Node
	err := decoder.Decode(&doc)
	if err == nil {
		if err = decoder.Decode(&next); err == nil {
			r.faults.addf(name, next.Line, "", "a second document begins: take out the line ---")
			return nil
		}
	}
	if !errors.Is(err, io.EOF) {
		line, reason := 0, err.Error()
		if m := yamlFault.FindStringSubmatch(reason); m != nil {
			line, _ = strconv.Atoi(m[1])
			reason = m[2]
		}
		r.faults.addf(name, line, "", "is not YAML: %s", reason)
		return nil
	}
	if doc.Kind == 0 {
		r.faults.addf(name, 0, "", "is empty: fill it or take it away")
		return nil
	}
	return doc.Content[0]
}

// shape names what a node of a file is.
func shape(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		return "a list"
	case yaml.MappingNode:
		return "a mapping"
	case yaml.AliasNode:
		return "a reference to an anchor"
	}
	return "a single value"
}
