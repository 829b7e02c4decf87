/**
 * What the library throws. Every failure that a caller can mend is one exception type of this
 * package carrying a {@link io.github.nnunet4j.error.Problem}: where it is, what was expected, what
 * was found and what to do next. Plain input and output errors stay {@link java.io.IOException}.
 */
@NullMarked
package io.github.nnunet4j.error;

import org.jspecify.annotations.NullMarked;
