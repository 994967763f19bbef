package main

import (
	"fmt"
	"reflect"
	"strings"

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
	Cost       int   `name:"max-cost" default:"${cost}" help:"Things and rows that an operation requests: page sizes multiplied down the tree."`
	List       int   `name:"max-list" default:"${list}" help:"Elements of a list that is given, in the document or by a variable."`
	Values     int   `name:"max-values" default:"${values}" help:"Values that all variables of a request hold."`
}

// defaults are what the flags above have unless they are given.
func defaults() kong.Vars {
	out := kong.Vars{"body": fmt.Sprint(server.DefaultBody)}
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
	return nil
}

func (b *bounds) limits() limits.Limits {
	return limits.Limits{
		Tokens: b.Tokens, Depth: b.Depth, Aliases: b.Aliases, RootFields: b.RootFields, Directives: b.Directives,
		Cost: b.Cost, List: b.List, Values: b.Values,
	}
}
