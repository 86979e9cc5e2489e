package io.switchboard.supervision;

/**
 * Which children a static supervisor restarts when one of them has to be.
 *
 * @since 0.1.0
 */
public enum Strategy {

	/**
	 * Only the one that ended. For children that do not need each other.
	 */
	ONE_FOR_ONE,

	/**
	 * All of them: the others are stopped in reverse order, then every child in the
	 * specification is started in order. That brings back children that had been stopped,
	 * and drops temporary ones.
	 */
	ONE_FOR_ALL,

	/**
	 * The one that ended and those started after it, which are stopped in reverse order
	 * first. For pipelines, where later children build on earlier ones.
	 */
	REST_FOR_ONE

}
