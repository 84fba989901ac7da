// Package eval scores Pilcrow on public data sets: what search finds, what is
// refused, what an answer tells, what the gate lets through, what is read off a
// web page.
//
// A score is made by the code that people use, from questions and labels that
// lie in a folder outside of the project. Each comes with the number of its
// cases and a 95 % interval. What is drawn at random has a fixed seed, so that
// the same code and data print the same, and cases keep the line of the data set
// that they are of, so that two runs can be compared case by case.
package eval
