package retrievaltest_test

import (
	"testing"

	"pilcrow/retrieval/retrievaltest"
)

func TestFake(t *testing.T) { retrievaltest.TestEmbedder(t, new(retrievaltest.Fake)) }
