/**
 * One idea per file, each returns its result and is run by a test. Everything here uses public
 * types only, as an application would.
 */
package io.github.nnunet4j.samples;
