/**
 * Law tests: what each kind of strategy promises, as abstract JUnit tests. They are published in a
 * jar of their own (classifier {@code laws}); extend the one of your strategy's kind and return the
 * strategy. Those that compare gradients or run networks are tagged {@code engine}.
 */
package io.github.nnunet4j.laws;
