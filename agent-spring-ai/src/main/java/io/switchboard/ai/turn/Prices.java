package io.switchboard.ai.turn;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The prices of models, by the names that providers give them in their answers, such as
 * {@code gpt-4o-mini}.
 * <p>
 * A price is also that of the model's dated versions: {@code gpt-4o-2024-08-06} and
 * {@code gpt-4o-latest} cost what {@code gpt-4o} does, unless they have prices of their
 * own.
 *
 * @param byModel the prices by the models' names
 * @since 0.1.0
 */
public record Prices(Map<String, Price> byModel) {

	private static final Prices NONE = new Prices(Map.of());

	private static final Pattern VERSION = Pattern.compile("[-@:](\\d{4}-\\d{2}-\\d{2}|\\d{8}|\\d{4}|latest)$");

	/**
	 * Copy the prices.
	 */
	public Prices {
		byModel = Map.copyOf(Objects.requireNonNull(byModel, "'byModel' must not be null"));
	}

	/**
	 * No prices: money is not counted.
	 * @return the empty table
	 */
	public static Prices none() {
		return NONE;
	}

	/**
	 * Find the price of a model.
	 * @param model the name in the provider's answer
	 * @return the price, or {@code null} if there is none
	 */
	public @Nullable Price of(String model) {
		Price price = this.byModel.get(model);
		return (price != null) ? price : this.byModel.get(VERSION.matcher(model).replaceFirst(""));
	}

}
