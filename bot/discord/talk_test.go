package discord_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/bot/discord/discordtest"
	"pilcrow/bot/discord/markup/markuptest"
	"pilcrow/bot/ledger"
)

// TestTalk plays scenes and compares what is then seen with
// testdata/talk.txtar:
//
//	go test ./bot/discord -run TestTalk -update
func TestTalk(t *testing.T) {
	release, gone := make(chan struct{}, 1), make(chan struct{}, 1)
	scenes := []struct {
		name string
		setting
		play func(w *town)
	}{
		{"a mention, and a reply that goes on", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow when does work on the sea wall begin?")
			w.asks(w.ben, w.harbour, "@Pilcrow and how tall is the lighthouse?", discordtest.Reply(w.harbour.Last()))
		}},
		{"a direct message, and another", setting{}, func(w *town) {
			w.asks(w.ada, w.ada.DM(), "Who built the lighthouse?")
			w.asks(w.ada, w.ada.DM(), "and how tall is it?")
		}},
		{"people talking to each other", setting{}, func(w *town) {
			w.posts(w.ada, w.harbour, "when does work on the sea wall begin?")
			w.posts(w.ben, w.harbour, "@ada in June", discordtest.Reply(w.harbour.Last()))
		}},
		{"robots and the bot itself", setting{}, func(w *town) {
			robot := w.Robot("Echo")
			w.guild.Join(robot)
			w.posts(robot, w.harbour, "@Pilcrow when does work on the sea wall begin?")
		}},
		{"an event that comes twice", setting{}, func(w *town) {
			w.Gateway().Duplicate(1)
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},
		{"a mention without a question", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow")
			w.posts(w.ada, w.harbour, "@Pilcrow 🌊https://courier.example/x")
			w.posts(w.ada, w.harbour, "@Pilcrow ?!")
		}},
		{"a mention without a question, where German is spoken", setting{}, func(w *town) {
			w.decides(func(s *ledger.Settings) { s.Languages = []string{"de"} })
			w.asks(w.ada, w.harbour, "@Pilcrow")
		}},
		{"a thread, in which only mentions can be read", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.Click(w.ada, w.harbour.Last(), "Open a thread").Message()
			w.Settle()
			thread := w.harbour.Threads()[0]
			w.asks(w.ada, thread, "who built it?")
			w.posts(w.ada, thread, "hello?")
			w.asks(w.ada, thread, "@Pilcrow who built it?")
		}},
		{"a thread, in which everything can be read", setting{content: true}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.Click(w.ada, w.harbour.Last(), "Open a thread").Message()
			w.Settle()
			thread := w.harbour.Threads()[0]
			w.asks(w.ada, thread, "who built it?")
			w.posts(w.ben, thread, "@ada I knew that")
			w.posts(w.ben, thread, "", discordtest.Attach("wave.png", "image/png", []byte("\x89PNG\r\n\x1a\n")))
			other := w.harbour.Thread(w.ben, "Our own")
			w.posts(w.ben, other, "who built the lighthouse?")
		}},
		{"a channel that the bot cannot write to", setting{}, func(w *town) {
			w.Expect(50013)
			w.harbour.Deny(w.Bot.ID, discordtest.SendMessages)
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.ada.DM().WaitFor("may not write")
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},
		{"a person who takes no messages from it", setting{}, func(w *town) {
			w.Expect(50013, 50007)
			w.ada.Block()
			w.harbour.Deny(w.Bot.ID, discordtest.SendMessages)
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},
		{"a message that is deleted at once", setting{}, func(w *town) {
			w.harbour.Post(w.ada, "@Pilcrow how tall is the lighthouse?").Delete()
			w.harbour.WaitFor("👍")
		}},
		{"a channel that is to be silent", setting{}, func(w *town) {
			w.silence()
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},
		{"somebody who may not ask", setting{}, func(w *town) {
			w.decides(func(s *ledger.Settings) { s.AskRoles = []string{w.guild.Role("reader", 0).ID} })
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.posts(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},
		{"a long question", setting{}, func(w *town) {
			w.asks(w.ada, w.ada.DM(), "How tall is the lighthouse at Tollness Point? "+strings.Repeat("Please tell me about it. ", 240))
		}},
		{"right to left, and towers of marks", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow \u202eמתי מתחילה העבודה על החומה?\u202c @everyone")
			w.asks(w.ada, w.harbour, "@Pilcrow Ḩ̵̛͇̦̟̋̏̅͗ŏ̴̢̡̖̪̦̓w̷̢̛͓͖͕̽͗̕ tall is the lighthouse?")
		}},

		{"a reply that mentions nobody", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.Mangle(func(_ string, data map[string]any) map[string]any {
				if fmt.Sprint(data["type"]) == "19" {
					data["mentions"], data["content"] = []any{}, ""
				}
				return data
			})
			w.asks(w.ben, w.harbour, "who built it?", discordtest.Reply(w.harbour.Last()))
			w.posts(w.ben, w.harbour, "hello?", discordtest.Reply(w.harbour.Messages()[1]))
		}},
		{"a reply to the answer to a reply, after a restart", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow when does work on the sea wall begin?")
			w.asks(w.ben, w.harbour, "@Pilcrow how tall is the lighthouse?", discordtest.Reply(w.harbour.Last()))
			w.restart()
			w.asks(w.ada, w.harbour, "@Pilcrow who built it?", discordtest.Reply(w.harbour.Last()))
		}},
		{"a thread, after a restart", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.Click(w.ada, w.harbour.Last(), "Open a thread").Message()
			w.restart()
			w.asks(w.ada, w.harbour.Threads()[0], "@Pilcrow who built it?")
		}},
		{"a question further under an answer to a message", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			form := w.Click(w.ada, w.harbour.Last(), "Ask further").Modal()
			w.Submit(w.ada, form, map[string]string{"Your question": "who built it?"}).WaitFor("👍")
		}},
		{"buttons after a restart, of an answer to a message", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			form := w.Click(w.ben, w.harbour.Last(), "Ask further").Modal()
			w.restart()
			second := w.Submit(w.ben, form, map[string]string{"question": "who built it?"}).WaitFor("👍")
			first := w.harbour.Messages()[1]
			w.clicks(w.ben, first, "Show paragraphs", "👍", "👍", "Open a thread", "Delete")
			w.Submit(w.ben, w.Click(w.ben, first, "👎").Modal(), map[string]string{"reason": ""}).WaitFor("Thank")
			w.clicks(w.mia, first, "Delete")
			w.clicks(w.ben, second, "Delete")
		}},
		{"buttons in a direct message", setting{}, func(w *town) {
			w.asks(w.ada, w.ada.DM(), "How tall is the lighthouse?")
			w.restart()
			answer := w.ada.DM().Last()
			w.clicks(w.ada, answer, "Show paragraphs", "👍")
			w.Submit(w.ada, w.Click(w.ada, answer, "Ask further").Modal(), map[string]string{"question": "who built it?"}).WaitFor("👍")
			w.clicks(w.ada, answer, "Delete")
		}},
		{"buttons where the bot may no longer read", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.harbour.Deny(w.Bot.ID, discordtest.ViewChannel|discordtest.SendMessages)
			answer := w.harbour.Last()
			w.clicks(w.ben, answer, "Show paragraphs", "Open a thread", "👍")
			w.Submit(w.ada, w.Click(w.ada, answer, "Ask further").Modal(), map[string]string{"question": "who built it?"}).WaitFor("👍")
			w.clicks(w.ada, answer, "Delete")
		}},
		{"paragraphs of an article that was revised, removed and purged", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			answer := w.harbour.Last()
			revised := tollness[1]
			revised.Paragraphs = []string{"The lighthouse is closed to visitors.", "It is 29 metres tall after all, and was built in 1884."}
			article, _, err := w.store.Add(w.t.Context(), "main", revised)
			w.must(err)
			w.clicks(w.ben, answer, "Show paragraphs")
			w.must(w.store.Remove(w.t.Context(), "main", article.ID))
			w.clicks(w.ben, answer, "Show paragraphs")
			_, err = w.store.Purge(w.t.Context(), time.Now().AddDate(1, 0, 0))
			w.must(err)
			w.clicks(w.ben, answer, "Show paragraphs", "👍")
			w.Submit(w.ada, w.Click(w.ada, answer, "Ask further").Modal(), map[string]string{"question": "who built it?"}).WaitFor("👍")
		}},
		{"forms with nothing, everything and anything in them", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			answer := w.harbour.Last()
			further := func(question string) {
				w.Submit(w.ben, w.Click(w.ben, answer, "Ask further").Modal(), map[string]string{"question": question})
				w.Settle()
			}
			further(" \u2800\u200b ")
			further("@everyone [free crowns](https://evil.example) ```\n# How tall is the lighthouse?\u202e")
			further("How tall is the lighthouse? " + strings.Repeat("🌊", 3900))
			w.Submit(w.ben, w.Click(w.ben, answer, "👎").Modal(), map[string]string{"reason": "<@&1> '); --" + strings.Repeat("é", 900)}).WaitFor("Thank")
			w.Mangle(func(event string, data map[string]any) map[string]any {
				if d, ok := data["data"].(map[string]any); ok && event == "INTERACTION_CREATE" {
					delete(d, "components")
				}
				return data
			})
			w.Submit(w.ben, w.Click(w.ben, answer, "👎").Modal(), map[string]string{"reason": "lost on the way"}).WaitFor("Thank")
			further("lost on the way")
		}},
		{"a thread that is archived while it answers", setting{model: slow{release}}, func(w *town) {
			w.Expect(50083)
			thread := w.harbour.Thread(w.ben, "Our own")
			thread.Post(w.ada, "@Pilcrow how tall is the lighthouse and who built it?")
			thread.WaitFor("31 metres")
			thread.Archive(true)
			release <- struct{}{}
			w.ada.DM().WaitFor("archived")
		}},
		{"an answer that is deleted while it grows", setting{model: slow{gone}}, func(w *town) {
			w.Expect(10008)
			w.harbour.Post(w.ada, "@Pilcrow how tall is the lighthouse and who built it?")
			w.harbour.WaitFor("31 metres").Delete()
			gone <- struct{}{}
		}},
		{"a thread of a silent channel", setting{}, func(w *town) {
			w.silence()
			w.posts(w.ada, w.harbour.Thread(w.ben, "Our own"), "@Pilcrow how tall is the lighthouse?")
		}},
		{"events with half of what they should hold", setting{}, func(w *town) {
			for _, half := range []any{
				nil, "message", map[string]any{}, map[string]any{"id": "1", "channel_id": w.harbour.ID, "author": nil},
				map[string]any{"id": "2", "channel_id": w.harbour.ID, "author": map[string]any{"id": w.ada.ID}, "mentions": "all"},
				map[string]any{"id": "3", "channel_id": w.harbour.ID, "author": map[string]any{"id": w.ada.ID}, "type": "?"},
				map[string]any{"id": "4", "channel_id": "../../users/@me", "author": map[string]any{"id": w.ada.ID}, "content": "hello"},
			} {
				w.Gateway().Dispatch("MESSAGE_CREATE", half)
			}
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
		}},

		{"the bot's role, mentioned in its place", setting{}, func(w *town) {
			role := w.guild.Role("Harbour bot", 0)
			w.guild.Join(w.Bot, role)
			w.restart() // it learns of its role as it comes to the server
			w.asks(w.ada, w.harbour, role.Mention()+" how tall is the lighthouse?")
			w.posts(w.ada, w.harbour, role.Mention()+" hello?")
			w.posts(w.ben, w.harbour, w.guild.Role("readers", 0).Mention()+" how tall is the lighthouse?")
		}},
		{"the bot's role, where everything can be read", setting{content: true}, func(w *town) {
			role := w.guild.Role("Harbour bot", 0)
			w.guild.Join(w.Bot, role)
			w.restart()
			w.asks(w.ada, w.harbour, role.Mention()+" how tall is the lighthouse?")
		}},
		{"a mention in the middle of the words, in code and behind a spoiler", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "how tall, @Pilcrow, is the ||lighthouse||?")
			w.asks(w.ben, w.harbour, "# hello @Pilcrow\n> who built\n```the lighthouse```")
		}},
		{"a comma behind the mention, and thanks", setting{content: true}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow, how tall is the lighthouse?")
			w.posts(w.ben, w.harbour, "thanks!", discordtest.Reply(w.harbour.Last()))
			w.Click(w.ada, w.harbour.Messages()[1], "Open a thread").Message()
			w.Settle()
			thread := w.harbour.Threads()[0]
			w.posts(w.ada, thread, "Thank you very much!")
			w.posts(w.ben, thread, "ok, vielen Dank")
			w.asks(w.ben, w.ben.DM(), "hello")
			w.posts(w.ben, w.ben.DM(), "hi!")
		}},
		{"a thread that somebody else opened, and a follow-up there", setting{}, func(w *town) {
			thread := w.harbour.Thread(w.ben, "Our own")
			w.asks(w.ada, thread, "@Pilcrow how tall is the lighthouse?")
			w.asks(w.ben, thread, "@Pilcrow who built it?", discordtest.Reply(thread.Last()))
			w.posts(w.ben, thread, "and the sea wall?")
		}},
		{"a reply to an answer that was deleted", setting{}, func(w *town) {
			answer := w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.Click(w.ada, answer, "Delete")
			w.Wait("the answer gone", answer.Deleted)
			w.asks(w.ben, w.harbour, "@Pilcrow when does work on the sea wall begin?", discordtest.Reply(answer))
		}},
		{"a question that is edited afterwards", setting{}, func(w *town) {
			w.harbour.Post(w.ada, "@Pilcrow how tall is the lighthouse?")
			question := w.harbour.Last()
			w.harbour.WaitFor("[👍]")
			question.Edit("@Pilcrow who built the lighthouse?")
			w.Settle()
		}},
		{"a voice channel, in which there are no threads", setting{}, func(w *town) {
			w.asks(w.ada, w.guild.Voice("quay"), "@Pilcrow how tall is the lighthouse?")
		}},
		{"a command in a thread of the bot's", setting{}, func(w *town) {
			w.asks(w.ada, w.harbour, "@Pilcrow how tall is the lighthouse?")
			w.Click(w.ada, w.harbour.Last(), "Open a thread").Message()
			w.Settle()
			thread := w.harbour.Threads()[0]
			w.Slash(w.ben, thread, "/ask question:who built it?").WaitFor("👍")
			w.Settle()
			w.Slash(w.ben, thread, "/ask question:who built it? private:true").WaitFor("👍")
			w.Settle()
		}},

		{"sources of a message", setting{model: deaf{t}}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "> Work on the sea wall begins on **1 July**.\nThe lighthouse is 31 metres tall. <@1> Dolphins love herring ice cream.")
			w.uses(w.ada, "Find sources", m, "[2]")
		}},
		{"sources of a card alone", setting{model: deaf{t}}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "", discordtest.Embed(map[string]any{
				"title": "Lighthouse", "description": "The lighthouse is 31 metres tall.", "url": "https://lantern.example/lighthouse",
			}))
			w.uses(w.ada, "Find sources", m, "[1]")
		}},
		{"sources of a forward", setting{model: deaf{t}}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "The lighthouse was built in 1883 by the engineer Ames Pell.")
			f := w.posts(w.ada, w.harbour, "", discordtest.Forward(m))
			w.uses(w.ada, "Find sources", f, "[1]")
		}},
		{"sources of a file, whatever it is called", setting{model: deaf{t}}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "", discordtest.Attach("photo.png", "image/png", []byte("The lighthouse is 31 metres tall.\n")))
			w.uses(w.ada, "Find sources", m, "[1]")
			m = w.posts(w.ben, w.harbour, "", discordtest.Attach("story.txt", "text/plain", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")))
			w.uses(w.ada, "Find sources", m, "could not be read")
		}},
		{"a file that is not kept at Discord", setting{}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "", discordtest.AttachAt("story.txt", "text/plain", "https://phish.example/story.txt"))
			w.uses(w.ada, "Find sources", m, "could not be read")
		}},
		{"ten cards without words", setting{}, func(w *town) {
			var cards []discordtest.Part
			for range 10 {
				cards = append(cards, discordtest.Embed(map[string]any{"url": "https://courier.example/sea-wall"}))
			}
			m := w.posts(w.ben, w.harbour, "", cards...)
			w.uses(w.ada, "Find sources", m, "no words")
		}},

		{"a link that is not read here yet", setting{}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "look: https://courier.example/ferry.")
			w.uses(w.ada, "Summarise link", m, "👍")
			w.asks(w.ada, w.harbour, "@Pilcrow what does the ferry to Sandholm cost?")
		}},
		{"links on a card and in a forward", setting{}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "", discordtest.Embed(map[string]any{"title": "Ferry", "url": "https://courier.example/ferry"}))
			w.uses(w.ada, "Summarise link", m, "👍")
			f := w.posts(w.ben, w.harbour, "", discordtest.Forward(w.posts(w.ada, w.harbour, "https://lantern.example/school")))
			w.uses(w.ada, "Summarise link", f, "👍")
		}},
		{"several links and a file", setting{}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "<https://courier.example/ferry> [a school](https://lantern.example/school) https://courier.example/gone",
				discordtest.Attach("the-harbour-seals.md", "text/markdown", []byte("# The harbour seals\n\nTwelve grey seals were counted on the mole this spring, four more than a year ago.\n")))
			w.uses(w.ada, "Summarise link", m, "Twelve grey")
		}},
		{"links that cannot be read, for one who reads German", setting{}, func(w *town) {
			w.ada.Locale = "de"
			m := w.posts(w.ben, w.harbour, "https://courier.example/members https://courier.example/news.xml https://courier.example/gone")
			w.uses(w.ada, "Summarise link", m, "gibt es nicht")
			m = w.posts(w.ben, w.harbour, "", discordtest.Attach("harbour.png", "image/png", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")),
				discordtest.Attach("empty.txt", "text/plain", []byte(" \n")))
			w.uses(w.ada, "Summarise link", m, "darin steht kein Text")
		}},
		{"no link", setting{}, func(w *town) {
			m := w.posts(w.ben, w.harbour, "nothing here but https://discord.com/channels/1/2/3")
			w.uses(w.ada, "Summarise link", m, "no link")
		}},
	}
	got := &txtar.Archive{Files: make([]txtar.File, len(scenes))}
	t.Run("scenes", func(t *testing.T) {
		for n, scene := range scenes {
			t.Run(scene.name, func(t *testing.T) {
				t.Parallel()
				w := founded(t, scene.setting)
				scene.play(w)
				w.Settle()
				got.Files[n] = txtar.File{Name: scene.name, Data: []byte(seenBy(w.Transcript()))}
			})
		}
	})
	if t.Failed() {
		return
	}
	const golden = "testdata/talk.txtar"
	if *update {
		if err := os.WriteFile(golden, txtar.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range got.Files { // of those that ran
		for _, g := range want.Files {
			if diff := cmp.Diff(string(g.Data), string(f.Data)); g.Name == f.Name && diff != "" {
				t.Errorf("%s (-want +got):\n%s", f.Name, diff)
			}
		}
	}
}

// seenBy shows a transcript with each line as a person sees it.
func seenBy(transcript string) string {
	var b strings.Builder
	for line := range strings.Lines(transcript) {
		line = strings.TrimSuffix(line, "\n")
		if r := []rune(line); len(r) > 400 {
			line = string(r[:100]) + " … " + string(r[len(r)-100:])
		}
		said, ok := strings.CutPrefix(line, "  ")
		if !ok {
			b.WriteString(line + "\n")
			continue
		}
		for part := range strings.Lines(markuptest.Seen(said)) {
			b.WriteString(strings.TrimRight("  "+strings.TrimSuffix(part, "\n"), " ") + "\n")
		}
	}
	return b.String()
}
