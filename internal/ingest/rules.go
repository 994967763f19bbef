package ingest

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/partnergraph/partnergraph/internal/graphmap"
	"github.com/partnergraph/partnergraph/internal/network"
)

// checks are the rules of single fields.
var checks = map[string]func(string) error{
	"creditCode": network.CheckCreditCode,
	"latitude":   isWithin(90),
	"longitude":  isWithin(180),
}

var (
	idForm  = regexp.MustCompile(`^[a-z]{3}_[a-z0-9][a-z0-9-]*$`)
	keyForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)
)

func isIDOf(t *graphmap.Type) func(string) error {
	return func(s string) error {
		if !idForm.MatchString(s) || s[:3] != t.Prefix {
			return fmt.Errorf("%q is not the id of %s: write %s_ and then small letters, digits and hyphens", s, a(t.Name), t.Prefix)
		}
		return nil
	}
}

func isKey(s string) error {
	if !keyForm.MatchString(s) {
		return fmt.Errorf("%q is not a key: write small letters, digits and hyphens", s)
	}
	return nil
}

func isWithin(degrees float64) func(string) error {
	return func(s string) error {
		if d, err := strconv.ParseFloat(s, 64); err == nil && (d < -degrees || d > degrees) {
			return fmt.Errorf("%s is not on the globe: write degrees from %g to %g", s, -degrees, degrees)
		}
		return nil
	}
}
