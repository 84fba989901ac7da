package hashed_test

import (
	"testing"

	"pilcrow/retrieval/hashed"
	"pilcrow/retrieval/retrievaltest"
)

func TestEmbedder(t *testing.T) { retrievaltest.TestEmbedder(t, hashed.New(nil)) }
