package bulk

import (
	"bufio"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// row is an element to be written.
type row struct {
	kind       string // labels of a thing, type of a relationship
	id         string
	first      []any // what stands before the properties
	properties map[string]any
}

// tables are the files of all things, or of all relationships: for each kind one file at a time. All rows of a file have
// the same columns, so a property that comes up later begins the next file.
type tables struct {
	dir, name string
	first     []string // headings of what stands before the properties
	id        string   // heading of ids
	open      map[string]*table
	files     []string // Kind=headings,rows of each that was begun
}

// table is a file of rows of one kind.
type table struct {
	names  []string       // of the properties, as they stand in a row
	types  []string       // of them
	places map[string]int // of them
	file   *os.File
	out    *bufio.Writer
}

// write writes the rows of a part.
func (t *tables) write(rows []row) error {
	if err := t.place(rows); err != nil {
		return err
	}
	var values []any
	var text []byte
	for _, r := range rows {
		to := t.open[r.kind]
		values = append(append(values[:0], r.first...), make([]any, len(to.names))...)
		for name, v := range r.properties {
			at := to.places[name]
			if of := typeOf(v); of != to.types[at] {
				return fmt.Errorf("%s: %s: is a %s in one place and a %s in another", r.id, name, to.types[at], of)
			}
			values[len(r.first)+at] = v
		}
		text = text[:0]
		for i, v := range values {
			var err error
			if text, err = appendField(text, v); err != nil {
				return fmt.Errorf("%s: %s: %w", r.id, to.names[i-len(r.first)], err)
			}
			text = append(text, '\t')
		}
		text[len(text)-1] = '\n'
		if _, err := to.out.Write(text); err != nil {
			return err
		}
	}
	return nil
}

// place begins files for the kinds that have none with all properties of the rows.
func (t *tables) place(rows []row) error {
	added := map[string]map[string]string{} // types by property, by kind
	for _, r := range rows {
		for name, v := range r.properties {
			if to := t.open[r.kind]; to != nil {
				if _, placed := to.places[name]; placed {
					continue
				}
			}
			if added[r.kind] == nil {
				added[r.kind] = map[string]string{}
			}
			if added[r.kind][name] == "" {
				added[r.kind][name] = typeOf(v)
			}
		}
	}
	for kind, types := range added {
		if before := t.open[kind]; before != nil {
			for name, place := range before.places {
				types[name] = before.types[place]
			}
			if err := before.end(); err != nil {
				return err
			}
		}
		if err := t.begin(kind, types); err != nil {
			return err
		}
	}
	return nil
}

// begin begins a file of rows beside one of their headings.
func (t *tables) begin(kind string, types map[string]string) error {
	to := &table{places: map[string]int{}}
	headings := slices.Clone(t.first)
	for _, name := range slices.Sorted(maps.Keys(types)) {
		to.places[name] = len(to.names)
		to.names, to.types = append(to.names, name), append(to.types, types[name])
		heading := name + ":" + types[name]
		if name == "id" {
			heading = t.id
		}
		headings = append(headings, heading)
	}
	name := fmt.Sprintf("%s-%d", t.name, len(t.files))
	err := os.WriteFile(filepath.Join(t.dir, name+"-headings"), []byte(strings.Join(headings, "\t")+"\n"), 0o600)
	if err != nil {
		return err
	}
	if to.file, err = os.OpenFile(filepath.Join(t.dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
		return err
	}
	to.out = bufio.NewWriterSize(to.file, 1<<16)
	t.open[kind], t.files = to, append(t.files, kind+"="+name+"-headings,"+name)
	return nil
}

func (t *table) end() error { return errors.Join(t.out.Flush(), t.file.Close()) }

func (t *tables) end() (err error) {
	for _, table := range t.open {
		err = errors.Join(err, table.end())
	}
	return err
}
