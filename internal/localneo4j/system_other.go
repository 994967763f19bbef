//go:build !linux && !darwin

package localneo4j

import (
	"errors"
	"os"
	"syscall"
)

// Elsewhere the program builds and serves from a given Neo4j; every start of
// its own ends at the lock.
var errUnsupported = errors.New("this program can run a Neo4j of its own on Linux and macOS only: set NEO4J_URI to a Neo4j that already runs")

func childAttributes() *syscall.SysProcAttr { return nil }
func ownGroup() *syscall.SysProcAttr        { return nil }
func endGroup(int) error                    { return errUnsupported }
func commandLine(int) string                { return "" }
func tryLock(*os.File) (bool, error)        { return false, errUnsupported }
func freeSpace(string) (uint64, error)      { return 0, errUnsupported }
