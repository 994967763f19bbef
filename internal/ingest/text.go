package ingest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/partnergraph/partnergraph/internal/network"
)

// textOf writes a stored value as the text that value reads.
func textOf(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case bool:
		return strconv.FormatBool(v), nil
	case network.Day:
		return v.String(), nil
	case time.Time:
		return v.Format(time.RFC3339Nano), nil
	}
	return "", fmt.Errorf("a file has no form for %T", v)
}

// oldBoolean are the words that YAML took for true and false before 1.2, and some readers still do: a society called
// YES, Norway's NO.
var oldBoolean = regexp.MustCompile(`^(?i:y|n|yes|no|on|off)$`)

// valueNode is one value of a file. A text that YAML would take for something else is put in quotes; dates and numbers
// stand bare, as people write them.
func valueNode(kind, text string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: text}
	if kind == "String" {
		n.Tag = "!!str"
	}
	if strings.ContainsFunc(text, unicode.IsControl) || kind == "String" && oldBoolean.MatchString(text) {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// inline puts a value that stands in braces or brackets in double quotes where a comma or bracket would end it, unless
// it would need escapes then.
func inline(n *yaml.Node) *yaml.Node {
	if strings.ContainsAny(n.Value, ",[]{}") && !strings.ContainsAny(n.Value, `"\`) {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}
