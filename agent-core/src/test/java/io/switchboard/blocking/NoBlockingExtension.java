package io.switchboard.blocking;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.blockhound.BlockHound;

/**
 * Fails a test during which a thread has blocked that must not. JUnit finds it in modules
 * whose {@code junit-platform.properties} let it look for extensions.
 * <p>
 * A thread that outlives its test may fail the next one instead: the stack tells.
 */
public final class NoBlockingExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(NoBlockingExtension.class);

	@Override
	public void beforeAll(ExtensionContext context) {
		context.getRoot().getStore(NAMESPACE).computeIfAbsent(Watch.class);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		BlockingCalls.failIfAny();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		BlockingCalls.failIfAny();
	}

	/**
	 * Begins before the first test and cannot be ended.
	 */
	private static final class Watch {

		Watch() {
			BlockHound.install(new BlockHoundRules());
		}

	}

}
