package io.switchboard.autoconfigure;

import io.switchboard.blocking.BlockingCalls;
import io.switchboard.blocking.NothingBlocks;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shows that no thread blocks that must not while this module is tested.
 */
class BlockingTests implements NothingBlocks {

	@Test
	void whatSleepsOnAnEventLoopIsFound() {
		LoopResources loops = LoopResources.create("sleepy", 1, true);
		Scheduler eventLoop = Schedulers.fromExecutor(loops.onServer(false));

		StepVerifier.create(Mono.fromCallable(this::sleep).subscribeOn(eventLoop))
			.expectErrorSatisfies((ex) -> assertThat(BlockingCalls.take()).hasSize(1))
			.verify(LIMIT);

		StepVerifier.create(loops.disposeLater()).expectComplete().verify(LIMIT);
	}

	private String sleep() throws Exception {
		NothingBlocks.sleep();
		return "done";
	}

}
