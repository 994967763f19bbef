// Package web serves PartnerGraph's pages. Everything they need is embedded, so
// that the one binary works on a machine without a network.
package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed playground
var files embed.FS

// contentSecurityPolicy keeps the page to what its own server sends. Styles may
// stand in attributes, as GraphiQL's editor sets them; scripts may not.
const contentSecurityPolicy = "default-src 'self'; " +
	"script-src 'self'; " +
	"style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data:; " +
	"connect-src 'self'; " +
	"object-src 'none'; " +
	"base-uri 'none'; " +
	"form-action 'none'; " +
	"frame-ancestors 'none'"

// contentTypes has every kind of file under playground; the machine's own table
// of types may lack some.
var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".svg":  "image/svg+xml",
	".txt":  "text/plain; charset=utf-8",
}

// Example is one operation shown in the playground.
type Example struct {
	Name      string          `json:"name"`
	Title     string          `json:"title"`
	Query     string          `json:"query"`
	Variables json.RawMessage `json:"variables,omitempty"`
}

// Playground serves the playground's page at /playground, and below it the
// page's assets and examples.json, which has the examples in the order given.
//
// It panics on an example whose variables are not JSON: the examples are part
// of the program.
func Playground(examples []Example) http.Handler {
	if examples == nil {
		examples = []Example{}
	}
	list, err := json.Marshal(examples)
	if err != nil {
		panic(fmt.Sprintf("web: playground examples: %v", err))
	}
	assets := embeddedAssets("playground")
	assets["/playground/examples.json"] = newAsset("examples.json", func() io.ReadSeeker { return bytes.NewReader(list) })
	assets["/playground"] = assets["/playground/index.html"]
	assets["/playground/"] = assets["/playground/index.html"]

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", contentSecurityPolicy)
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("X-Content-Type-Options", "nosniff")

		asset, found := assets[r.URL.Path]
		switch {
		case !found:
			http.NotFound(w, r)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			header.Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		default:
			asset.serve(w, r)
		}
	})
}

// asset is one file. What is worked out of it rests until somebody asks for the file: few servers' pages are looked at.
type asset struct {
	contentType string
	open        func() io.ReadSeeker
	tag         func() string // of the content, unquoted
	gzipped     func() []byte
}

// embeddedAssets has the files under dir by the path that a browser asks for.
func embeddedAssets(dir string) map[string]asset {
	assets := make(map[string]asset)
	err := fs.WalkDir(files, dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		assets["/"+name] = newAsset(name, func() io.ReadSeeker {
			file, err := files.Open(name)
			if err != nil {
				panic(fmt.Sprintf("web: embedded files: %v", err)) // it is in the binary
			}
			return file.(io.ReadSeeker) // an embedded file is one, and needs no closing
		})
		return nil
	})
	if err != nil {
		panic(fmt.Sprintf("web: embedded files: %v", err)) // they are in the binary
	}
	return assets
}

func newAsset(name string, open func() io.ReadSeeker) asset {
	contentType, known := contentTypes[path.Ext(name)]
	if !known {
		panic(fmt.Sprintf("web: %s: no content type for %q", name, path.Ext(name)))
	}
	return asset{
		contentType: contentType,
		open:        open,
		tag: sync.OnceValue(func() string {
			sum := sha256.New()
			io.Copy(sum, open()) // neither memory nor a sum fails
			return hex.EncodeToString(sum.Sum(nil)[:8])
		}),
		gzipped: sync.OnceValue(func() []byte {
			var packed bytes.Buffer
			w := gzip.NewWriter(&packed)
			io.Copy(w, open())
			w.Close()
			return packed.Bytes()
		}),
	}
}

// serve sends the asset. A browser keeps it, and asks each time whether it is
// still the one: names do not change with the content.
func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-cache")
	header.Set("Content-Type", a.contentType)
	header.Set("Vary", "Accept-Encoding")
	content, tag := a.open(), a.tag()
	if acceptsGzip(r) {
		content, tag = bytes.NewReader(a.gzipped()), tag+"-gzip"
		header.Set("Content-Encoding", "gzip")
	}
	header.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, content)
}

func acceptsGzip(r *http.Request) bool {
	for _, field := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		coding, parameter, _ := strings.Cut(strings.TrimSpace(field), ";")
		if coding != "gzip" {
			continue
		}
		weight, given := strings.CutPrefix(strings.TrimSpace(parameter), "q=")
		q, err := strconv.ParseFloat(weight, 64)
		return !given || (err == nil && q > 0)
	}
	return false
}
