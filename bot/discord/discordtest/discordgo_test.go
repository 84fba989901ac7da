package discordtest

import (
	"strings"
	"sync"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// endpoints are package variables of discordgo, so one test at a time has it.
var endpoints sync.Mutex

// connect starts a bot built on discordgo, which is what most bots are.
func connect(t *testing.T, s *Server, intents discordgo.Intent, handlers ...any) *discordgo.Session {
	t.Helper()
	endpoints.Lock()
	t.Cleanup(endpoints.Unlock)
	discordgo.EndpointAPI = s.URL + "/"
	discordgo.EndpointGateway = discordgo.EndpointAPI + "gateway"
	discordgo.EndpointGatewayBot = discordgo.EndpointGateway + "/bot"
	discordgo.EndpointChannels = discordgo.EndpointAPI + "channels/"
	discordgo.EndpointUsers = discordgo.EndpointAPI + "users/"
	discordgo.EndpointGuilds = discordgo.EndpointAPI + "guilds/"
	discordgo.EndpointWebhooks = discordgo.EndpointAPI + "webhooks/"
	discordgo.EndpointApplications = discordgo.EndpointAPI + "applications"
	d, err := discordgo.New("Bot " + s.Token)
	if err != nil {
		t.Fatal(err)
	}
	d.Identify.Intents = intents
	for _, h := range handlers {
		d.AddHandler(h)
	}
	if err := d.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

var nobody = &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}

// TestConversation is a whole evening with a bot on discordgo.
func TestConversation(t *testing.T) {
	s, _, _ := start(t, Options{})
	g := s.Guild("Tollness")
	harbour, ada := g.Channel("harbour"), g.Member("ada")
	button := []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
		discordgo.Button{Label: "Show", CustomID: "show"}, discordgo.Button{Label: "Ask further", CustomID: "further"},
		discordgo.Button{Label: "Read", Style: discordgo.LinkButton, URL: "https://tollness.example/lighthouse"},
	}}}
	d := connect(t, s, discordgo.IntentGuilds|discordgo.IntentGuildMessages|discordgo.IntentDirectMessages,
		func(d *discordgo.Session, i *discordgo.InteractionCreate) {
			respond := func(r *discordgo.InteractionResponse) { must(t, d.InteractionRespond(i.Interaction, r)) }
			say := func(text string, flags discordgo.MessageFlags) *discordgo.InteractionResponseData {
				return &discordgo.InteractionResponseData{Content: text, Flags: flags, AllowedMentions: nobody}
			}
			switch i.Type {
			case discordgo.InteractionApplicationCommandAutocomplete:
				respond(&discordgo.InteractionResponse{Type: 8, Data: &discordgo.InteractionResponseData{
					Choices: []*discordgo.ApplicationCommandOptionChoice{{Name: "The lighthouse of Tollness", Value: "1"}},
				}})
			case discordgo.InteractionApplicationCommand:
				data := i.ApplicationCommandData()
				if data.Name == "Find sources" {
					respond(&discordgo.InteractionResponse{Type: 4, Data: say("“"+data.Resolved.Messages[data.TargetID].Content+"”: nowhere", discordgo.MessageFlagsEphemeral)})
					return
				}
				respond(&discordgo.InteractionResponse{Type: 5})
				text := "31 metres, " + i.Member.User.Mention()
				_, err := d.InteractionResponseEdit(i.Interaction, &discordgo.WebhookEdit{Content: &text, AllowedMentions: nobody, Components: &button})
				must(t, err)
				_, err = d.FollowupMessageCreate(i.Interaction, true, &discordgo.WebhookParams{
					AllowedMentions: nobody,
					Files:           []*discordgo.File{{Name: "answer.md", ContentType: "text/markdown", Reader: strings.NewReader("# Lighthouse\n31 metres")}},
				})
				must(t, err)
			case discordgo.InteractionMessageComponent:
				if i.MessageComponentData().CustomID == "show" {
					respond(&discordgo.InteractionResponse{Type: 4, Data: say("> built in 1883", discordgo.MessageFlagsEphemeral)})
					return
				}
				respond(&discordgo.InteractionResponse{Type: 9, Data: &discordgo.InteractionResponseData{
					CustomID: "form", Title: "Ask further", Components: []discordgo.MessageComponent{discordgo.ActionsRow{
						Components: []discordgo.MessageComponent{discordgo.TextInput{
							CustomID: "q", Label: "Question", Style: discordgo.TextInputShort, Required: true, MaxLength: 300,
						}},
					}},
				}})
			case discordgo.InteractionModalSubmit:
				respond(&discordgo.InteractionResponse{Type: 7, Data: say("Asked.", 0)})
			}
		},
		func(d *discordgo.Session, m *discordgo.MessageCreate) {
			if m.Author.Bot {
				return
			}
			text := "I read “" + m.Content + "”"
			_, err := d.ChannelMessageSendComplex(m.ChannelID, &discordgo.MessageSend{Content: text, AllowedMentions: nobody, Reference: m.Reference()})
			must(t, err)
		})
	_, err := d.ApplicationCommandBulkOverwrite(s.Bot.ID, "", []*discordgo.ApplicationCommand{
		{Name: "ask", Description: "Ask a question", Options: []*discordgo.ApplicationCommandOption{
			{Type: 3, Name: "question", Description: "What do you want to know?", Required: true},
			{Type: 3, Name: "article", Description: "Only in this article", Autocomplete: true},
		}},
		{Name: "Find sources", Type: discordgo.MessageApplicationCommand},
	})
	must(t, err)

	if got := s.Autocomplete(ada, harbour, "/ask question:How tall?", "article", "light"); len(got) != 1 || got[0].Value != "1" {
		t.Errorf("choices: %v", got)
	}
	asked := s.Slash(ada, harbour, "/ask question:How tall is it? article:1")
	m := asked.Message()
	s.Settle()
	s.Click(ada, m, "Show").WaitFor("1883")
	form := s.Click(ada, m, "Ask further").Modal()
	s.Submit(ada, form, map[string]string{"Question": "Who built it?"}).Message()
	said := harbour.Post(ada, "It is green.") // whose content the bot may not read
	harbour.WaitFor("I read")
	s.MessageCommand(ada, "Find sources", said).Message()
	s.Settle()
	harbour.Post(ada, "@Pilcrow how wide?")
	harbour.WaitFor("how wide")
	ada.DM().Post(ada, "Hello")
	ada.DM().WaitFor("Hello")
	s.Settle()
	want := `# harbour
ada: /ask question:How tall? article:light…
  The lighthouse of Tollness
ada: /ask question:How tall is it? article:1
Pilcrow:
  Asked.
Pilcrow:
  (file answer.md, text/markdown)
  │ # Lighthouse
  │ 31 metres
ada clicks [Show]
Pilcrow, to ada alone:
  > built in 1883
ada clicks [Ask further]
  form “Ask further”:
    Question (required)
ada submits “Ask further” Question:Who built it?
ada:
  It is green.
Pilcrow, replying to ada:
  I read “”
ada: Find sources on a message of ada
Pilcrow, to ada alone:
  “It is green.”: nowhere
ada:
  @Pilcrow how wide?
Pilcrow, replying to ada:
  I read “@Pilcrow how wide?”
# DM of ada
ada:
  Hello
Pilcrow, replying to ada:
  I read “Hello”
`
	if got := s.Transcript(); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
