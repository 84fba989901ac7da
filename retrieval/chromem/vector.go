package chromem

import (
	"errors"
	"math"
)

// unit returns v at length 1.
func unit(v []float32) ([]float32, error) {
	if err := finite(v); err != nil {
		return nil, err
	}
	sum := 0.0
	for _, f := range v {
		sum += float64(f) * float64(f)
	}
	if sum == 0 {
		return nil, errors.New("a vector without length")
	}
	norm := math.Sqrt(sum)
	out := make([]float32, len(v))
	for i, f := range v {
		out[i] = float32(float64(f) / norm)
	}
	return out, nil
}

// finite reports a number that no distance can be computed with.
func finite(v []float32) error {
	for _, f := range v {
		if f := float64(f); math.IsNaN(f) || math.IsInf(f, 0) {
			return errors.New("a vector with a number that is not finite")
		}
	}
	return nil
}

// dot returns the inner product of two vectors of one length. Four sums at a
// time keep the processor busy.
func dot(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}
