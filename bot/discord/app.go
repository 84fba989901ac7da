package discord

import (
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/bot"
	"pilcrow/bot/ledger"
	"pilcrow/corpus"
)

// Options are the parts of an App. API, Token, Bot, Store and
// Ledger are required.
type Options struct {
	API   string // where Discord's API begins: https://discord.com/api/v10
	Token string // without "Bot " before it

	// Content says that the bot may read messages that do not mention it, a
	// privilege that is switched on at Discord too.
	Content bool

	Bot    *bot.Bot
	Store  *corpus.Store
	Ledger *ledger.Ledger
	// Announcer hands out what is new to those who follow it; nil announces
	// nothing.
	Announcer *ledger.Announcer
	Queue     *ledger.Queue // who is answered when; nil answers everybody at once
	// Fetch gets the page at an address into a collection; nil where no page is
	// got.
	Fetch func(ctx context.Context, collection, address string) (corpus.Article, error)
	// FindFeed finds the feed at an address, or of the site there; nil where
	// none can be followed.
	FindFeed func(ctx context.Context, address string) (corpus.Feed, error)

	// TLS is how Discord is spoken to; nil is Go's way, with the system's roots.
	TLS *tls.Config

	// Files are where attachments are kept, scheme and host; empty means at
	// Discord's own.
	Files []string

	// Drain is how long answers may take to finish once Run is to end; 0 means
	// 10 s.
	Drain time.Duration
	Now   func() time.Time // nil means time.Now

	// Ready is called when Discord's commands are up to date and events begin
	// to come; nil for nothing.
	Ready func(Identity)
	Log   *slog.Logger // nil discards
}

// Identity is who the bot is at Discord.
type Identity struct {
	ID      string // the application's, which is the bot's too
	Name    string
	Invite  string // where a server's moderator adds it
	Content bool   // whether Discord lets it read messages
	Servers int    // that it is in, of the first 200
	Lacking []Lack // of those, where it may not do all it needs
}

// Lack says what the bot may not do in a server.
type Lack struct {
	Server  string
	Missing []string // permissions, as Discord calls them
	Invite  string   // the link that asks for them
}

// String says it in a line, with what to click.
func (l Lack) String() string {
	return fmt.Sprintf("in the server %q the bot may not: %s; a moderator allows it under Server Settings > Roles, or by opening %s",
		l.Server, strings.Join(l.Missing, ", "), l.Invite)
}

// App is Pilcrow's application at Discord. Run it once.
type App struct {
	options Options
	rest    *rest
	log     *slog.Logger
	id      string // known from Run on
	user    string

	commands []command
	buttons  map[string]route // by the first word of a custom ID
	seen     seen

	work    context.Context // of handlers; outlives Run's by the time to drain
	handles sync.WaitGroup  // handlers under way
	running running         // answers under way
	rush    rush            // acknowledgements under way

	channels  channels
	roles     roles
	summaries summaries
	files     *files
}

// New returns the application of these parts. It sends nothing.
func New(o Options) (*App, error) {
	log := cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	r, err := newREST(o.API, o.Token, o.TLS, log)
	if err != nil {
		return nil, err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	a := &App{options: o, rest: r, log: log}
	a.files = newFiles(o.Files)
	a.commands = a.allCommands()
	a.buttons = a.allButtons()
	return a, nil
}

const (
	// drainWithin is how long answers may take to finish after the first
	// signal.
	drainWithin = 10 * time.Second
	// cutWithin is how long those that did not may take to say so.
	cutWithin  = 2 * time.Second
	pruneEvery = 20 * time.Second
)

// Run answers until ctx ends, then lets answers finish, for Drain at most.
// An error says, in one line, what keeps the bot from working and what to do.
func (a *App) Run(ctx context.Context) error {
	who, err := a.Identify(ctx)
	if err != nil {
		return err
	}
	a.id, a.user = who.ID, who.ID
	if a.options.Content && !who.Content {
		return &fatalError{4014, fatal[4014]}
	}
	unfinished, err := a.options.Ledger.Unfinished(ctx)
	if err != nil {
		return err
	}
	if err := a.register(ctx); err != nil {
		return a.reached(err)
	}

	work, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	a.work = work
	var background sync.WaitGroup
	background.Go(func() { a.prune(work) })
	// Nobody waits for these, while others may be asking already.
	a.handles.Go(func() { a.sayAllCut(ctx, unfinished) })
	announcing, quiet := context.WithCancel(ctx)
	defer quiet()
	if a.options.Announcer != nil {
		a.handles.Go(func() { a.announce(announcing, work) })
	}

	if a.options.Ready != nil {
		a.options.Ready(who)
	}
	g := &gateway{token: a.options.Token, intents: a.intents(), address: a.gatewayAddress, event: a.event, tls: a.options.TLS, log: a.log}
	err = g.run(ctx)
	quiet()
	a.drain(cut)
	cut()
	background.Wait()
	return err
}

// drain waits for the handlers under way. What is not done in time is cut, and
// given a moment to say so.
func (a *App) drain(cut context.CancelFunc) {
	done := make(chan struct{})
	go func() {
		a.handles.Wait()
		close(done)
	}()
	select {
	case <-done:
		return
	case <-time.After(cmp.Or(a.options.Drain, drainWithin)):
	}
	cut()
	select {
	case <-done:
	case <-time.After(cutWithin):
		a.log.Warn("answers left behind")
	}
}

// prune forgets, now and then, what is remembered for a while only.
func (a *App) prune(ctx context.Context) {
	tick := time.NewTicker(pruneEvery)
	defer tick.Stop()
	for {
		select {
		case now := <-tick.C:
			a.rest.prune(now)
			a.seen.prune(now)
			a.channels.prune(now)
			a.summaries.prune(now)
		case <-ctx.Done():
			return
		}
	}
}

// intents are the events that are asked for. Without Content none is
// privileged: a message then comes with its words only where it mentions the
// bot, or in a direct message.
func (a *App) intents() discordgo.Intent {
	in := discordgo.IntentGuilds | discordgo.IntentGuildMessages | discordgo.IntentDirectMessages
	if a.options.Content {
		in |= discordgo.IntentMessageContent
	}
	return in
}

// needed is what the bot has to be allowed in a server.
var needed = []struct {
	bit  int64
	name string
}{
	{discordgo.PermissionViewChannel, "View Channels"},
	{discordgo.PermissionSendMessages, "Send Messages"},
	{discordgo.PermissionSendMessagesInThreads, "Send Messages in Threads"},
	{discordgo.PermissionCreatePublicThreads, "Create Public Threads"},
	{discordgo.PermissionEmbedLinks, "Embed Links"},
	{discordgo.PermissionAttachFiles, "Attach Files"},
	{discordgo.PermissionReadMessageHistory, "Read Message History"},
}

// permissions are those needed, together.
func permissions() (all int64) {
	for _, n := range needed {
		all |= n.bit
	}
	return all
}

// servers looks at the servers that the bot is in, and at what it may not do
// there.
func (a *App) servers(ctx context.Context, who *Identity) error {
	var servers []struct {
		Name        string `json:"name"`
		Permissions int64  `json:"permissions,string"`
	}
	if err := a.rest.do(ctx, request{method: "GET", path: "/users/@me/guilds"}, &servers); err != nil {
		return a.reached(err)
	}
	who.Servers = len(servers)
	for _, s := range servers {
		if s.Permissions&discordgo.PermissionAdministrator != 0 {
			continue
		}
		l := Lack{Server: s.Name, Invite: who.Invite}
		for _, n := range needed {
			if s.Permissions&n.bit == 0 {
				l.Missing = append(l.Missing, n.name)
			}
		}
		if len(l.Missing) > 0 {
			who.Lacking = append(who.Lacking, l)
		}
	}
	return nil
}

// Identify asks Discord who the token belongs to, and where that may do what.
func (a *App) Identify(ctx context.Context) (Identity, error) {
	var app struct {
		ID    string `json:"id"`
		Name  string `json:"name"`
		Flags int64  `json:"flags"`
	}
	if err := a.rest.do(ctx, request{method: "GET", path: "/applications/@me"}, &app); err != nil {
		return Identity{}, a.reached(err)
	}
	if !isID(app.ID) {
		return Identity{}, a.reached(errGarbled)
	}
	who := Identity{
		ID: app.ID, Name: app.Name, Content: app.Flags&(flagContent|flagContentLimited) != 0,
		Invite: fmt.Sprintf("https://discord.com/oauth2/authorize?client_id=%s&scope=bot+applications.commands&permissions=%d", app.ID, permissions()),
	}
	err := a.servers(ctx, &who)
	return who, err
}

// An application's flags that let it read messages.
// https://discord.com/developers/docs/resources/application#application-object-application-flags
const (
	flagContent        = 1 << 18
	flagContentLimited = 1 << 19 // below 100 servers
)

// gatewayAddress asks where to connect, and waits where the bot has connected
// too often today.
func (a *App) gatewayAddress(ctx context.Context) (string, error) {
	var at struct {
		URL    string `json:"url"`
		Starts struct {
			Total      int   `json:"total"`
			Remaining  int   `json:"remaining"`
			ResetAfter int64 `json:"reset_after"` // ms
		} `json:"session_start_limit"`
	}
	if err := a.rest.do(ctx, request{method: "GET", path: "/gateway/bot"}, &at); err != nil {
		if status(err) == 401 {
			return "", &fatalError{4004, fatal[4004]}
		}
		return "", err
	}
	if at.Starts.Total > 0 && at.Starts.Remaining == 0 {
		wait := time.Duration(at.Starts.ResetAfter) * time.Millisecond
		a.log.WarnContext(ctx, "connected too often today", "wait", wait)
		if err := sleep(ctx, wait); err != nil {
			return "", err
		}
	}
	return at.URL, nil
}

// event takes an event of the gateway and returns at once. What it is about is
// read here and not beside a thousand others: in a rush that is half the work.
func (a *App) event(kind string, data object) {
	switch kind {
	case "INTERACTION_CREATE":
		i, err := readInteraction(data)
		if err != nil {
			a.log.Warn("interaction", "error", err)
			return
		}
		if !a.seen.first(i.ID, time.Now()) {
			return
		}
		acknowledged := a.rush.enter()
		a.handles.Go(func() {
			defer acknowledged()
			a.interact(a.work, i, acknowledged)
		})
	case "MESSAGE_CREATE":
		if data.object("author").flag("bot") {
			return // no bot is answered, this one neither
		}
		p := readPost(data)
		if p.ID == "" || p.Channel == "" || !p.byPerson() || !a.seen.first(p.ID, time.Now()) {
			return
		}
		a.calmly(func() { a.read(a.work, &p) })
	case "GUILD_CREATE", "GUILD_DELETE":
		a.roles.learn(data.id("id"), a.user, data.objects("roles"))
		a.calmly(func() { a.guild(a.work, kind == "GUILD_CREATE", data) })
	case "GUILD_ROLE_DELETE", "CHANNEL_DELETE", "THREAD_DELETE":
		a.calmly(func() { a.gone(a.work, kind, data) })
	case "READY":
		if id := data.object("user").id("id"); id != "" && id != a.user {
			a.user = id
		}
	case "CHANNEL_UPDATE", "THREAD_UPDATE":
		id := data.id("id")
		a.rest.reopen(id)
		a.channels.forget(id)
	}
}

// calmly handles an event for which nobody waits, after acknowledgements.
func (a *App) calmly(handle func()) {
	a.handles.Go(func() {
		a.rush.wait(a.work)
		handle()
	})
}
