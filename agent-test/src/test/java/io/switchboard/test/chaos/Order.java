package io.switchboard.test.chaos;

/**
 * What a chaos agent is told to do.
 *
 * @param id a number of its own, so that one handled twice is found
 * @param deed what to do
 */
record Order(long id, Deed deed) {

	enum Deed {

		/**
		 * Answer at once.
		 */
		ANSWER,

		/**
		 * Answer from another thread, some time later.
		 */
		ANSWER_LATER,

		/**
		 * Promise an answer and give it by a timer.
		 */
		DEFER,

		/**
		 * Hold the thread for a while.
		 */
		BLOCK,

		/**
		 * Send oneself a message after a while.
		 */
		REMIND,

		/**
		 * Put the message aside, once, and take it back with the next one.
		 */
		STASH,

		CRASH,

		CRASH_LATER,

		/**
		 * End with reason normal.
		 */
		STOP

	}

}
