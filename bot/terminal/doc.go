// Package terminal shows questions, answers and paragraphs to a person at a
// terminal.
//
// Screen is where words go: it knows the width, and whether colour and
// hyperlinks are understood there. Answer renders the events of package bot
// as they come; Chat asks for one question after the other.
//
// Nothing that an article or a model says can move the cursor, change the
// title bar, turn the reading direction round or draw a link: every foreign
// string passes Plain on its way to the screen, and only addresses from an
// article's metadata become links.
package terminal
