package corpus

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestVectors(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	const n = 2*vectorBatch + 1
	want := map[string][]float32{}
	hashes := []string{"nosuch"}
	for i := range n {
		h := Hash(fmt.Sprint(i))
		want[h] = []float32{float32(i), -0.5, math.SmallestNonzeroFloat32}
		hashes = append(hashes, h)
	}
	if err := s.PutVectors(ctx, "m", want); err != nil {
		t.Fatal(err)
	}
	got, err := s.Vectors(ctx, "m", append(hashes, hashes[1]))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("vectors (-want +got):\n%s", diff)
	}
	if other, err := s.Vectors(ctx, "another", hashes); err != nil || len(other) != 0 {
		t.Errorf("another model has %d vectors, %v", len(other), err)
	}
	// A later one takes the place of an earlier one.
	if err := s.PutVectors(ctx, "m", map[string][]float32{hashes[1]: {7, 7, 7}}); err != nil {
		t.Fatal(err)
	}
	got, err = s.Vectors(ctx, "m", hashes[1:2])
	if err != nil || !cmp.Equal(got, map[string][]float32{hashes[1]: {7, 7, 7}}) {
		t.Errorf("replaced: %v, %v", got, err)
	}
}

func TestVectorsRefused(t *testing.T) {
	s := open(t)
	ctx := t.Context()
	if err := s.PutVectors(ctx, "m", map[string][]float32{"a": {1, 2}}); err != nil {
		t.Fatal(err)
	}
	nan := float32(math.NaN())
	for _, tt := range []struct {
		vecs map[string][]float32
		want string
	}{
		{map[string][]float32{"b": {1, 2, 3}}, "vectors of 3 numbers where the model gave 2 before; use another model name"},
		{map[string][]float32{"b": {1, 2}, "c": {1}}, "among those of 2"},
		{map[string][]float32{"b": {}}, "not 1 to 16384"},
		{map[string][]float32{"b": make([]float32, MaxDims+1)}, "not 1 to 16384"},
		{map[string][]float32{"b": {1, nan}}, "not finite"},
	} {
		err := s.PutVectors(ctx, "m", tt.vecs)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("error %v, want %s", err, tt.want)
		}
	}
	if got, err := s.Vectors(ctx, "m", []string{"a", "b", "c"}); err != nil || len(got) != 1 {
		t.Errorf("kept %v, %v", got, err)
	}
	if _, err := s.writer.Exec("UPDATE vectors SET vector = x'0102'"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Vectors(ctx, "m", []string{"a"}); !errors.Is(err, ErrDamaged) {
		t.Errorf("a vector cut short: %v, want ErrDamaged", err)
	}
}
