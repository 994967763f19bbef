package main

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/partnergraph/partnergraph/internal/limits"
	"github.com/partnergraph/partnergraph/internal/network"
	"github.com/partnergraph/partnergraph/server"
)

// bounds are the settings of what one request may ask. docs/security.md says what each counts.
type bounds struct {
	Body       int64 `name:"max-body" default:"${body}" help:"Bytes of a request."`
	Tokens     int   `name:"max-tokens" default:"${tokens}" help:"Words and signs of a document."`
	Depth      int   `name:"max-depth" default:"${depth}" help:"Fields within fields."`
	Aliases    int   `name:"max-aliases" default:"${aliases}" help:"Aliases of a document."`
	RootFields int   `name:"max-root-fields" default:"${rootfields}" help:"Root fields of an operation."`
	Directives int   `name:"max-directives" default:"${directives}" help:"Uses of directives in a document."`
	Page       int   `name:"max-page" default:"${page}" help:"Rows of a page."`
	Cost       int   `name:"max-cost" default:"${cost}" help:"Things and rows that an operation requests: page sizes multiplied down the tree."`
	List       int   `name:"max-list" default:"${list}" help:"Elements of a list that is given, in the document or by a variable."`
	Values     int   `name:"max-values" default:"${values}" help:"Values that all variables of a request hold, but for what changes take."`
	Input      int   `name:"max-input" default:"${input}" help:"Values that the variables hold which changes take, such as a list of students."`
}

// traffic are the settings of how much is asked at a time.
type traffic struct {
	Concurrent int      `name:"max-concurrent" default:"${concurrent}" help:"Requests in work at a time; 0 for any number."`
	Waiting    int      `name:"max-waiting" default:"${waiting}" help:"Requests that wait a moment for their turn."`
	Rate       float64  `name:"rate" default:"${rate}" help:"Requests a second of one client; 0 for any number."`
	Burst      int      `name:"burst" default:"${burst}" help:"Requests that a client may save up."`
	Proxies    []string `name:"trusted-proxies" help:"Addresses and networks of proxies whose X-Forwarded-For says who the client is, such as 10.0.0.0/8."`
}

// Validate is called by kong.
func (t *traffic) Validate() error {
	if t.Concurrent < 0 || t.Waiting < 0 || t.Rate < 0 || t.Burst < 0 {
		return network.Errorf(network.BadUserInput, "--max-concurrent, --max-waiting, --rate, --burst: must not be less than 0")
	}
	_, err := server.ParseProxies(t.Proxies)
	return err
}

func (t *traffic) traffic() server.Traffic {
	proxies, _ := server.ParseProxies(t.Proxies) // Validate has read them
	return server.Traffic{Concurrent: t.Concurrent, Waiting: t.Waiting, Rate: t.Rate, Burst: t.Burst, Proxies: proxies}
}

// streams are the settings of what stays open.
type streams struct {
	Connections int           `name:"max-connections" default:"${connections}" help:"WebSockets and event streams that are open at a time."`
	PerClient   int           `name:"max-client-connections" default:"${perclient}" help:"Of these, of one client."`
	Operations  int           `name:"max-operations" default:"${operations}" help:"Operations under way on one WebSocket."`
	Message     int64         `name:"max-message" default:"${message}" help:"Bytes of a message on a WebSocket."`
	Hello       time.Duration `name:"hello-timeout" default:"${hello}" help:"How long a WebSocket may wait for its first message."`
	Idle        time.Duration `name:"idle-timeout" default:"${idle}" help:"How long nothing may happen on a WebSocket."`
}

// Validate is called by kong.
func (s *streams) Validate() error {
	if s.Connections <= 0 || s.PerClient <= 0 || s.Operations <= 0 || s.Message <= 0 || s.Hello <= 0 || s.Idle <= 0 {
		return network.Errorf(network.BadUserInput, "--max-connections, --max-client-connections, --max-operations, --max-message, --hello-timeout, --idle-timeout: must be more than 0")
	}
	return nil
}

// defaults are what the flags here have unless they are given.
func defaults() kong.Vars {
	t, o := server.DefaultTraffic, server.DefaultStreams
	out := kong.Vars{
		"body": fmt.Sprint(server.DefaultBody), "concurrent": fmt.Sprint(t.Concurrent), "waiting": fmt.Sprint(t.Waiting),
		"rate": fmt.Sprint(t.Rate), "burst": fmt.Sprint(t.Burst),
		"connections": fmt.Sprint(o.Connections), "perclient": fmt.Sprint(o.PerClient), "operations": fmt.Sprint(o.Operations), "message": fmt.Sprint(o.Message),
		"hello": o.Hello.String(), "idle": o.Idle.String(),
	}
	of := reflect.ValueOf(limits.Default)
	for i := range of.NumField() {
		out[strings.ToLower(of.Type().Field(i).Name)] = fmt.Sprint(of.Field(i).Int())
	}
	return out
}

// Validate is called by kong.
func (b *bounds) Validate() error {
	of := reflect.ValueOf(*b)
	for i := range of.NumField() {
		if of.Field(i).Int() <= 0 {
			return network.Errorf(network.BadUserInput, "--%s: must be more than 0", of.Type().Field(i).Tag.Get("name"))
		}
	}
	if b.Page < 50 { // which some fields have unless asked
		return network.Errorf(network.BadUserInput, "--max-page: must be at least 50")
	}
	return nil
}

func (b *bounds) limits() limits.Limits {
	return limits.Limits{
		Tokens: b.Tokens, Depth: b.Depth, Aliases: b.Aliases, RootFields: b.RootFields, Directives: b.Directives,
		Page: b.Page, Cost: b.Cost, List: b.List, Values: b.Values, Input: b.Input,
	}
}
