//go:build linux || darwin

package localneo4j

import (
	"errors"
	"os"
	"syscall"
)

func ownGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// endGroup asks a process of ours that leads a group, and all that it ran
// itself, to end.
func endGroup(leader int) error { return syscall.Kill(-leader, syscall.SIGTERM) }

// tryLock takes the file's lock unless another has it. The lock belongs to the
// open file and goes when that is closed, at the latest with the process.
func tryLock(file *os.File) (free bool, err error) {
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	if err != nil {
		return false, &os.PathError{Op: "lock", Path: file.Name(), Err: err}
	}
	return true, nil
}

// freeSpace is what a user may still write on the disk that holds dir.
func freeSpace(dir string) (uint64, error) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(dir, &disk); err != nil {
		return 0, err
	}
	return uint64(disk.Bavail) * uint64(disk.Bsize), nil
}
