package discord

// allCommands lists what can be asked. Their order is Discord's.
func (a *App) allCommands() []command {
	return []command{
		a.askCommand(),
		a.summariseCommand(),
		a.digestCommand(),
		a.citeCommand(),
		a.articlesCommand(),
		a.addCommand(),
		a.removeCommand(),
		a.editCommand(),
		a.feedCommand(),
		a.announceCommand(),
		a.settingsCommand(),
		a.usageCommand(),
		a.forgetCommand(),
		a.findSourcesCommand(),
		a.summariseLinkCommand(),
		a.helpCommand(),
	}
}
