package io.switchboard.ai.turn;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.ai.converter.BeanOutputConverter;
import org.springframework.ai.converter.CompositeResponseTextCleaner;
import org.springframework.ai.converter.MarkdownCodeBlockCleaner;
import org.springframework.ai.converter.ResponseTextCleaner;
import org.springframework.ai.converter.ThinkingTagCleaner;
import org.springframework.ai.converter.WhitespaceCleaner;
import org.springframework.core.ParameterizedTypeReference;

/**
 * The type that the final answer of a turn is to have: JSON that fits the type's schema.
 * <p>
 * The model is told the schema with the question. An answer that is no JSON, does not fit
 * the schema or cannot be made into the type is an {@link FailureClass#INVALID_OUTPUT}:
 * by default the model is told what is wrong, and answers again. What the constructor of
 * a record throws counts as well, so a type can say what it wants:
 *
 * <pre class="code">
 * record Refund(String order, BigDecimal amount) {
 *     Refund {
 *         if (amount.signum() &lt;= 0) {
 *             throw new IllegalArgumentException("The amount must be more than zero");
 *         }
 *     }
 * }
 * </pre>
 *
 * All properties are required but those that are {@code @Nullable} or
 * {@code @JsonProperty(required = false)}. Making one reads the type by reflection, so
 * keep it. Safe for use by many threads.
 *
 * @param <T> the type
 * @since 0.1.0
 */
public final class OutputType<T> {

	private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		// for the schema a property that is null is not there
		.disable(JsonNodeFeature.READ_NULL_PROPERTIES)
		.build();

	/** Models put fences and thoughts around what they were asked for. */
	private static final ResponseTextCleaner CLEANER = CompositeResponseTextCleaner.builder()
		.addCleaner(new WhitespaceCleaner())
		.addCleaner(new ThinkingTagCleaner())
		.addCleaner(new MarkdownCodeBlockCleaner())
		.addCleaner(new WhitespaceCleaner())
		.build();

	/** Enough for the model to see what is wrong. */
	private static final int MOST_ERRORS = 5;

	private final Type type;

	private final String text;

	private final Schema schema;

	private OutputType(ParameterizedTypeReference<T> type) {
		this.type = type.getType();
		this.text = new BeanOutputConverter<>(type).getJsonSchema();
		this.schema = SCHEMAS.getSchema(this.text);
	}

	/**
	 * The type of a class.
	 * @param type the class, often a record
	 * @param <T> the type
	 * @return the type
	 */
	public static <T> OutputType<T> of(Class<T> type) {
		return new OutputType<>(ParameterizedTypeReference.forType(Objects.requireNonNull(type)));
	}

	/**
	 * A type with parameters, such as a list of records.
	 * @param type the type
	 * @param <T> the type
	 * @return the type
	 */
	public static <T> OutputType<T> of(ParameterizedTypeReference<T> type) {
		return new OutputType<>(Objects.requireNonNull(type, "'type' must not be null"));
	}

	/**
	 * What the model is told.
	 * @return a JSON schema
	 */
	public String schema() {
		return this.text;
	}

	/**
	 * Make an answer into a value.
	 * @param answer the answer of a turn that asked for this type
	 * @return the value
	 * @throws TurnFailureException if it does not fit, saying why
	 */
	public T read(String answer) {
		try {
			return parse(answer);
		}
		catch (UnfitAnswer ex) {
			throw new TurnFailureException(TurnFailure.of(FailureClass.INVALID_OUTPUT, ex.reason));
		}
	}

	/**
	 * Look at an answer.
	 * @param answer the answer
	 * @return what is wrong with it, or {@code null} if it fits
	 */
	@Nullable TurnFailure check(String answer) {
		try {
			parse(answer);
			return null;
		}
		catch (UnfitAnswer ex) {
			return TurnFailure.of(FailureClass.INVALID_OUTPUT, ex.reason);
		}
	}

	/**
	 * Say how to answer.
	 * @return the last part of the question
	 */
	String instructions() {
		return "Answer with JSON only, without text or code fences around it. It has to fit this JSON schema:\n"
				+ this.text;
	}

	private T parse(String answer) throws UnfitAnswer {
		JsonNode json;
		try {
			json = MAPPER.readTree(CLEANER.clean(answer));
		}
		catch (JacksonException ex) {
			// the message quotes the answer
			throw new UnfitAnswer("it is not valid JSON (line %d, column %d)".formatted(ex.getLocation().getLineNr(),
					ex.getLocation().getColumnNr()));
		}
		List<Error> errors = this.schema.validate(json);
		if (!errors.isEmpty()) {
			throw new UnfitAnswer("it does not fit the JSON schema: " + errors.stream()
				.limit(MOST_ERRORS)
				.map((error) -> "%s: %s".formatted(error.getInstanceLocation(), error.getMessage()))
				.collect(Collectors.joining("; ")));
		}
		try {
			return MAPPER.treeToValue(json, MAPPER.constructType(this.type));
		}
		catch (JacksonException ex) {
			Throwable own = ex.getCause();
			throw new UnfitAnswer((own != null && own.getMessage() != null && !(own instanceof JacksonException))
					? own.getMessage() : "a value in it cannot be read");
		}
	}

	@Override
	public String toString() {
		return this.type.getTypeName();
	}

	/**
	 * An answer does not fit.
	 */
	private static final class UnfitAnswer extends Exception {

		private static final long serialVersionUID = 1L;

		private final String reason;

		UnfitAnswer(String reason) {
			super(reason, null, false, false);
			this.reason = reason;
		}

	}

}
