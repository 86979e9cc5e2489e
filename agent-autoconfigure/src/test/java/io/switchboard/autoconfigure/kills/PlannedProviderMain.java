package io.switchboard.autoconfigure.kills;

import java.io.IOException;
import java.nio.file.Path;

import io.switchboard.test.provider.Exchange;
import io.switchboard.test.provider.ExchangeOutcome;
import io.switchboard.test.provider.FakeProvider;

/**
 * Runs a provider with a {@link PlannedModel} as a process of its own. Its first line of
 * output is its port, and it writes each request into a file when it is over. It ends
 * with its input, and so with whoever has started it.
 */
public final class PlannedProviderMain {

	private final FakeProvider provider = FakeProvider.start().otherwise(new PlannedModel());

	private final LineFile requests;

	private PlannedProviderMain(Path requests) {
		this.requests = new LineFile(requests);
	}

	/**
	 * Runs until the input ends.
	 * @param args the file
	 * @throws IOException when the input cannot be read
	 */
	public static void main(String... args) throws IOException {
		PlannedProviderMain main = new PlannedProviderMain(Path.of(args[0]));
		main.write(1);
		System.out.println(main.provider.port());
		while (System.in.read() >= 0) {
			// Nobody writes anything
		}
		main.provider.close();
	}

	private void write(int number) {
		this.provider.exchange(number).thenAccept((exchange) -> {
			write(number + 1);
			exchange.finished().thenAccept((outcome) -> this.requests.add(describe(exchange, outcome).line()));
		});
	}

	private static Requested describe(Exchange exchange, ExchangeOutcome outcome) {
		PlannedModel.Asked asked = PlannedModel.Asked.of(exchange.request());
		return new Requested(Integer.parseInt(exchange.request().model().replace("life-", "")), asked.plan().label(),
				asked.step(), Integer.toHexString(exchange.request().body().path("messages").toString().hashCode()),
				outcome == ExchangeOutcome.ANSWERED);
	}

}
