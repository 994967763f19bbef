package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
)

// client is one connection that sends finished requests and reads what comes back without looking at it. The servers
// share their cores with it, and what it costs makes them look alike; so it is no http.Client.
type client struct {
	conn net.Conn
	r    *bufio.Reader
	body []byte // of the last answer, if kept
	keep bool
}

func dial(address string) (*client, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &client{conn: conn, r: bufio.NewReaderSize(conn, 64<<10)}, nil
}

// request is a POST of JSON, ready to be sent.
func request(path string, body []byte) []byte {
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", path, len(body), body)
}

var (
	errStatus = errors.New("not answered with 200")
	errErrors = errors.New("answered with errors")
	errorsKey = []byte(`{"errors"`)
	okStatus  = []byte("HTTP/1.1 200")
	lengthKey = []byte("content-length:")
	chunked   = []byte("transfer-encoding: chunked")
)

// do sends a request and reads its answer to the end.
func (c *client) do(request []byte) error {
	c.body = c.body[:0]
	if _, err := c.conn.Write(request); err != nil {
		return err
	}
	line, err := c.r.ReadSlice('\n')
	if err != nil {
		return err
	}
	ok, length := bytes.HasPrefix(line, okStatus), -1
	for {
		if line, err = c.r.ReadSlice('\n'); err != nil {
			return err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		switch {
		case len(line) > len(lengthKey) && bytes.EqualFold(line[:len(lengthKey)], lengthKey):
			length, err = strconv.Atoi(string(bytes.TrimSpace(line[len(lengthKey):])))
		case bytes.EqualFold(line, chunked):
			length = -1
		}
		if err != nil {
			return err
		}
	}
	var failed error
	if length >= 0 {
		failed = c.errorsAhead()
		err = c.take(length)
	} else {
		failed, err = c.chunks()
	}
	switch {
	case err == nil && !ok:
		return errStatus
	case err == nil:
		return failed
	}
	return err
}

// errorsAhead is an error if the answer that follows begins with errors, as all servers write them.
func (c *client) errorsAhead() error {
	if ahead, err := c.r.Peek(len(errorsKey)); err != nil || !bytes.Equal(ahead, errorsKey) {
		return nil
	}
	text, _ := c.r.Peek(min(c.r.Buffered(), 200))
	return fmt.Errorf("%w: %s", errErrors, text)
}

func (c *client) chunks() (failed, err error) {
	for first := true; ; first = false {
		line, err := c.r.ReadSlice('\n')
		if err != nil {
			return failed, err
		}
		size, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 64)
		if err != nil {
			return failed, err
		}
		if first {
			failed = c.errorsAhead()
		}
		if err := c.take(int(size)); err != nil {
			return failed, err
		}
		if _, err := c.r.Discard(2); err != nil || size == 0 {
			return failed, err
		}
	}
}

func (c *client) take(n int) error {
	if !c.keep {
		_, err := c.r.Discard(n)
		return err
	}
	at := len(c.body)
	c.body = append(c.body, make([]byte, n)...)
	_, err := io.ReadFull(c.r, c.body[at:])
	return err
}
