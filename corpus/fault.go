package corpus

import "pilcrow/corpus/sqlite"

// What can be wrong with the file under the store, as the package that opens it
// says it; find them with errors.Is.
var (
	ErrBusy     = sqlite.ErrBusy
	ErrReadOnly = sqlite.ErrReadOnly
	ErrFull     = sqlite.ErrFull
	ErrDamaged  = sqlite.ErrDamaged
	ErrForeign  = sqlite.ErrForeign
	ErrNewer    = sqlite.ErrNewer
)

// wrap adds an operation to *err, with what SQLite said turned into words.
func wrap(err *error, format string, args ...any) { sqlite.Wrap(err, format, args...) }
