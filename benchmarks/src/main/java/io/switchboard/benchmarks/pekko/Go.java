package io.switchboard.benchmarks.pekko;

/**
 * Lets an actor begin.
 */
enum Go {

	GO

}
