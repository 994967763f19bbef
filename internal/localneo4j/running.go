package localneo4j

import (
	"os"
	"strings"
)

// announce writes into the lock file where the server answers, so that another command can find it there.
func (l *homeLock) announce(uri string) error {
	end, err := l.file.Seek(0, 2)
	if err != nil {
		return err
	}
	_, err = l.file.WriteAt([]byte(uri+"\n"), end)
	return err
}

// Running finds the server that another process runs on the store at home, to connect to it rather than to start a
// second one, which the store would refuse. ok is false when there is none, or when it has not started yet.
func Running(home string) (uri, password string, ok bool) {
	file, err := os.OpenFile(lockFilePath(home), os.O_RDWR, 0)
	if err != nil {
		return "", "", false
	}
	defer func() { _ = file.Close() }()
	if free, err := tryLock(file); err != nil || free {
		return "", "", false // and closing frees it again
	}
	text, err := os.ReadFile(lockFilePath(home))
	lines := strings.Split(string(text), "\n")
	if err != nil || len(lines) < 3 || !strings.HasPrefix(lines[2], "bolt://") {
		return "", "", false
	}
	password, err = readPassword(home)
	return lines[2], password, err == nil
}
