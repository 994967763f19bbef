package localneo4j

import "fmt"

const (
	spaceToFetch = 600 << 20 // the jars twice (Maven keeps its own copy) and the class archive
	spaceToRun   = 300 << 20 // a transaction log grows to 256 MB before it is turned over
)

// checkSpace refuses before a full disk breaks something half way.
func checkSpace(dir string, need uint64) error {
	free, err := freeSpace(dir)
	if err != nil || free >= need {
		return nil // where space cannot be told, a full disk still says so itself
	}
	return fmt.Errorf("%s has %d MB of free disk, and Neo4j needs %d: free some, or choose another folder", dir, free>>20, need>>20)
}
