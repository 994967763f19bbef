package localneo4j

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"
)

// choosePort checks the wanted port while the reason is still easy to tell,
// or asks the system for a free one.
func choosePort(wanted int) (int, error) {
	listener, err := net.Listen("tcp", loopback(wanted))
	if err != nil && wanted != 0 {
		return 0, fmt.Errorf("Neo4j cannot have port %d of this machine (%w): stop what listens there (lsof -i :%d), or choose another with --bolt-port", wanted, errors.Unwrap(err), wanted)
	}
	if err != nil {
		return 0, fmt.Errorf("Neo4j found no free port on this machine: %w", err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	return port, listener.Close()
}

func loopback(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// awaitBolt returns once a Bolt server answers at the port.
func awaitBolt(ctx context.Context, port int, c *child, log func(string)) error {
	began := time.Now()
	poll := time.NewTicker(50 * time.Millisecond)
	defer poll.Stop()
	patience := time.NewTicker(10 * time.Second)
	defer patience.Stop()
	for {
		select {
		case <-c.done:
			return c.failure()
		case <-ctx.Done():
			return fmt.Errorf("Neo4j had not started after %.1f s: %w (its log: %s)", time.Since(began).Seconds(), ctx.Err(), neo4jLog(c.home))
		case <-patience.C:
			log(fmt.Sprintf("Neo4j is still starting, %.0f s so far …", time.Since(began).Seconds()))
		case <-poll.C:
			// Ours must be alive too, or it is another's server that answers.
			if answersBolt(ctx, loopback(port)) && !c.ended() {
				return nil
			}
		}
	}
}

// answersBolt opens a Bolt conversation: the magic number and the versions we
// could speak, to which a server answers with the one it chose. An open port
// alone says too little, since Neo4j binds before it can answer.
func answersBolt(ctx context.Context, address string) bool {
	dialer := net.Dialer{Timeout: time.Second}
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return false
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(2 * time.Second)) // a failure shows in the read
	hello := []byte{
		0x60, 0x60, 0xB0, 0x17,
		0, 4, 4, 5, // Bolt 5.4 down to 5.0
		0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	}
	if _, err := conn.Write(hello); err != nil {
		return false
	}
	var chosen [4]byte
	_, err = io.ReadFull(conn, chosen[:])
	return err == nil && chosen[0] == 0 && chosen[1] == 0 && chosen[3] == 5
}
