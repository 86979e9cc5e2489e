package io.switchboard.autoconfigure.faults;

import java.io.IOException;

import io.switchboard.test.provider.FakeProvider;

/**
 * Runs a provider with a {@link FaultyModel} as a process of its own. Its first line of
 * output is its port. It ends with its input, and so with whoever has started it; its
 * other lines say then how often the model did what.
 */
public final class FaultyProviderMain {

	private FaultyProviderMain() {
	}

	/**
	 * Runs until the input ends.
	 * @param args the seed
	 * @throws IOException when the input cannot be read
	 */
	public static void main(String... args) throws IOException {
		FaultyModel model = new FaultyModel(Long.parseLong(args[0]));
		try (FakeProvider provider = FakeProvider.start().otherwise(model)) {
			System.out.println(provider.port());
			while (System.in.read() >= 0) {
				// Nobody writes anything
			}
		}
		model.counts().forEach((kind, count) -> System.out.println(kind + "=" + count));
	}

}
