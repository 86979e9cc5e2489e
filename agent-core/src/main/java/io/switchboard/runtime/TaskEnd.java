package io.switchboard.runtime;

import org.jspecify.annotations.Nullable;

/**
 * Who is told of the end of a task. Told once, of one of the two.
 */
interface TaskEnd {

	/**
	 * Nobody waits for it.
	 */
	TaskEnd NOBODY = new TaskEnd() {

		@Override
		public void answered(@Nullable Object answer) {
		}

		@Override
		public void failed(Throwable ex) {
		}

	};

	void answered(@Nullable Object answer);

	void failed(Throwable ex);

}
