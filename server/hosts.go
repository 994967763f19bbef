package server

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/network"
)

// CheckHosts refuses what is no name of a host: each is compared whole and without the port.
func CheckHosts(hosts []string) error {
	for _, h := range hosts {
		if h == "" || strings.ContainsAny(h, "/*: ") {
			return network.Errorf(network.BadUserInput, "--hosts: %q is no name of a host: write it without scheme and port, such as api.example.edu", h)
		}
	}
	return nil
}

// Named lets through what is asked of this server by one of its names. A page anywhere can have its own name lead to an
// address of ours, and its reader's browser then takes the server for the page's own: what was asked for by a name that
// isn't ours is all that tells. Where no hosts are given, only loopback needs this, where nobody but this machine's own
// programs is meant to get; and there a proxy of ours may pass on whatever name it has.
func Named(hosts []string, proxies []netip.Prefix, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name := nameOf(r.Host); !isAddress(name) && !slices.ContainsFunc(hosts, func(h string) bool { return nameOf(h) == name }) &&
			(len(hosts) > 0 || onLoopback(r) && !within(proxies, peer(r))) {
			w.Header()["Content-Type"] = withCharset[plainJSON]
			refuse(w, r, http.StatusForbidden, network.Errorf(network.BadUserInput,
				"this server isn't known as %.100q: ask for localhost, or name the host to it (--hosts)", name))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// nameOf is the name in a header Host, in the one form that names are compared in.
func nameOf(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// isAddress tells whether nobody can have a name lead elsewhere: it is an address itself, or loopback's by standard. What
// comes without a name comes from no browser.
func isAddress(name string) bool {
	_, err := netip.ParseAddr(name)
	return err == nil || name == "" || name == "localhost" || strings.HasSuffix(name, ".localhost")
}

// onLoopback tells whether a request came to an address of this machine that no other reaches.
func onLoopback(r *http.Request) bool {
	at, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if at == nil {
		return false
	}
	p, err := netip.ParseAddrPort(at.String())
	return err == nil && p.Addr().Unmap().IsLoopback()
}
