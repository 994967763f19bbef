package network

import (
	"fmt"
	"strings"
)

// creditSigns are the signs of a unified social credit code in the order of their values; I, O, S, V and Z are left
// out because they are taken for others.
const creditSigns = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// CheckCreditCode holds a code of a Chinese organisation against GB 32100-2015: 18 signs, of which the last checks the
// others.
func CheckCreditCode(s string) error {
	if len(s) != 18 {
		return fmt.Errorf("%q is not a unified social credit code: it has 18 characters", s)
	}
	for _, c := range s {
		if !strings.ContainsRune(creditSigns, c) {
			return fmt.Errorf("%q is not a unified social credit code: it is made of digits and capital letters without I, O, S, V, Z", s)
		}
	}
	if want := creditCheck(s[:17]); s[17] != want {
		return fmt.Errorf("%q is not a unified social credit code: by its first 17 characters the last one would be %c", s, want)
	}
	return nil
}

// CreditCode completes the first 17 signs of a unified social credit code by the sign that checks them.
func CreditCode(first17 string) string { return first17 + string(creditCheck(first17)) }

// creditCheck is the sign that makes the weighted sum of all 18 a multiple of 31; the weights are the powers of 3.
func creditCheck(first17 string) byte {
	sum, weight := 0, 1
	for i := range len(first17) {
		sum += weight * strings.IndexByte(creditSigns, first17[i])
		weight = weight * 3 % 31
	}
	return creditSigns[(31-sum%31)%31]
}
