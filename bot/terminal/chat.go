package terminal

import (
	"bufio"
	"context"
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"

	"pilcrow/bot"
)

// maxLine bounds one typed line, in bytes. What is longer is not a question.
const maxLine = 1 << 20

// Chat asks for questions, one a line, and shows the answers. A number alone
// shows the paragraph behind that marker of the last answer.
type Chat struct {
	In     io.Reader
	Screen *Screen
	Prompt bool // whether to show a prompt: In is a person's keyboard

	// Ask answers one question.
	Ask func(ctx context.Context, question string) iter.Seq2[bot.Event, error]
	// Report tells the person about a question that failed; the chat goes on.
	Report func(error)
}

const chatHelp = `Ask in your own words. A number shows the paragraph behind that marker.
"quit", or the end of input (Ctrl-D), ends the chat.`

// Run asks until the input ends, "quit" is said or ctx is done. Only the
// last is an error, beside those of reading and writing.
func (c *Chat) Run(ctx context.Context) error {
	lines := readLines(ctx, c.In)
	var cited []bot.Citation
	asked := false
	for {
		if c.Prompt {
			c.Screen.Printf("\n%s ", c.Screen.Accent("¶"))
		}
		var l line
		select {
		case <-ctx.Done():
			return ctx.Err()
		case l = <-lines:
		}
		text := strings.TrimSpace(l.text)
		if n, err := strconv.Atoi(strings.Trim(text, "[]")); err == nil {
			c.paragraph(cited, n)
		} else {
			switch strings.ToLower(text) {
			case "":
			case "quit", "exit", "/quit", ":q":
				return nil
			case "help", "/help", "?":
				c.Screen.Printf("%s\n", chatHelp)
			default:
				if !c.Prompt && asked {
					c.Screen.Printf("\n") // between the answers
				}
				asked = true
				shown, err := c.Screen.Answer(c.Ask(ctx, text))
				if c.Screen.Err() != nil || ctx.Err() != nil {
					return errors.Join(c.Screen.Err(), ctx.Err())
				}
				if err != nil {
					c.Report(err)
				}
				cited = shown
			}
		}
		if l.err == io.EOF {
			if c.Prompt {
				c.Screen.Printf("\n")
			}
			return c.Screen.Err()
		}
		if l.err != nil {
			return l.err
		}
	}
}

func (c *Chat) paragraph(cited []bot.Citation, n int) {
	if n < 1 || n > len(cited) {
		c.Screen.Printf("The last answer has no paragraph %s.\n", mark(n))
		return
	}
	c.Screen.Paragraph(cited[n-1])
}

type line struct {
	text string
	err  error // after text
}

// readLines reads in the background, because a read from a keyboard cannot be
// cancelled. It ends with the input or ctx.
func readLines(ctx context.Context, in io.Reader) <-chan line {
	lines := make(chan line)
	go func() {
		r := bufio.NewReader(in)
		for {
			text, err := readLine(r)
			select {
			case lines <- line{text, err}:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return lines
}

var errLongLine = errors.New("a line of input is longer than 1 MiB")

func readLine(r *bufio.Reader) (string, error) {
	var b strings.Builder
	for {
		part, err := r.ReadSlice('\n')
		if b.Len()+len(part) > maxLine {
			return "", errLongLine
		}
		b.Write(part)
		if err != bufio.ErrBufferFull {
			return b.String(), err
		}
	}
}
