/**
 * What the library throws. Every failure that a caller can mend is an exception of this package,
 * one type per field of work: a data set, an image, a plan, preprocessing, training, a model, a
 * prediction, a cancelled job, or a strategy of the user's that failed.
 *
 * <p>Each carries at least one {@link Problem}: where it is, what was expected, what was found and
 * what to do next. What is found together is told together. On its way out, a problem gains the
 * place (the case, the fold, the iteration), and the first exception stays as the cause.
 *
 * <p>All are unchecked and extend {@link NnUNetException}. Plain input and output errors stay
 * {@link java.io.IOException}; arguments that break a documented rule are {@link
 * IllegalArgumentException}.
 */
@NullMarked
package io.github.nnunet4j.error;

import org.jspecify.annotations.NullMarked;
