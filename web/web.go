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
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
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
	assets["/playground/examples.json"] = newAsset("examples.json", list)
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

// asset is one file, ready to send.
type asset struct {
	contentType string
	tag         string // of the content, unquoted
	plain       []byte
	gzipped     []byte
}

// embeddedAssets has the files under dir by the path that a browser asks for.
func embeddedAssets(dir string) map[string]asset {
	assets := make(map[string]asset)
	err := fs.WalkDir(files, dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		assets["/"+name] = newAsset(name, content)
		return nil
	})
	if err != nil {
		panic(fmt.Sprintf("web: embedded files: %v", err)) // they are in the binary
	}
	return assets
}

func newAsset(name string, content []byte) asset {
	contentType, known := contentTypes[path.Ext(name)]
	if !known {
		panic(fmt.Sprintf("web: %s: no content type for %q", name, path.Ext(name)))
	}
	var gzipped bytes.Buffer
	w := gzip.NewWriter(&gzipped)
	w.Write(content) // a buffer does not fail
	w.Close()
	sum := sha256.Sum256(content)
	return asset{
		contentType: contentType,
		tag:         hex.EncodeToString(sum[:8]),
		plain:       content,
		gzipped:     gzipped.Bytes(),
	}
}

// serve sends the asset. A browser keeps it, and asks each time whether it is
// still the one: names do not change with the content.
func (a asset) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-cache")
	header.Set("Content-Type", a.contentType)
	header.Set("Vary", "Accept-Encoding")
	content, tag := a.plain, a.tag
	if acceptsGzip(r) {
		content, tag = a.gzipped, a.tag+"-gzip"
		header.Set("Content-Encoding", "gzip")
	}
	header.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
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
