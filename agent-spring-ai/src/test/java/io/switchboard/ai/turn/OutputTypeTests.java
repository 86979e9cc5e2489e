package io.switchboard.ai.turn;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailureException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OutputType}.
 */
class OutputTypeTests {

	private final OutputType<Refund> refund = OutputType.of(Refund.class);

	@ParameterizedTest
	@ValueSource(strings = { "{\"order\":\"ORD-1\",\"amount\":12.5,\"items\":[{\"name\":\"mug\",\"count\":2}]}",
			"```json\n{\"order\":\"ORD-1\",\"amount\":12.5,\"items\":[{\"name\":\"mug\",\"count\":2}],\"note\":null}\n```",
			"  <think>Hm, {}.</think> {\"order\":\"ORD-1\",\"amount\":12.5,\"items\":[{\"name\":\"mug\",\"count\":2}]}" })
	void anAnswerBecomesAValue(String answer) {
		assertThat(this.refund.check(answer)).isNull();
		assertThat(this.refund.read(answer))
			.isEqualTo(new Refund("ORD-1", new BigDecimal("12.5"), List.of(new Item("mug", 2)), null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			Sure!                                                       | not valid JSON (line 1, column 1
			{'order                                                     | not valid JSON (line 1
			{} {}                                                       | not valid JSON
			{}                                                          | required property 'order'
			[]                                                          | object expected
			{'order':'ORD-1','amount':12.5}                             | required property 'items'
			{'order':7,'amount':12.5,'items':[]}                        | /order: integer found, string expected
			{'order':'ORD-1','amount':'a lot','items':[]}               | /amount: string found, number expected
			{'order':'ORD-1','amount':1,'items':[{'name':'mug'}]}       | /items/0: required property 'count'
			{'order':'ORD-1','amount':0,'items':[]}                     | The amount must be more than zero
			""")
	void anAnswerThatDoesNotFitIsExplained(String answer, String reason) {
		String json = answer.replace('\'', '"');

		assertThat(this.refund.check(json)).isNotNull().satisfies((failure) -> {
			assertThat(Objects.requireNonNull(failure).failure()).isEqualTo(FailureClass.INVALID_OUTPUT);
			assertThat(failure.detail()).contains(reason);
		});
		assertThatExceptionOfType(TurnFailureException.class).isThrownBy(() -> this.refund.read(json))
			.withMessageContaining(reason);
	}

	@Test
	void theDetailDoesNotQuoteTheAnswer() {
		assertThat(Objects.requireNonNull(this.refund.check("{\"order\": secret}")).detail()).doesNotContain("secret");
	}

	@Test
	void aTypeMayHaveParameters() {
		OutputType<List<Item>> items = OutputType.of(new ParameterizedTypeReference<List<Item>>() {
		});

		assertThat(items.read("[{\"name\":\"mug\",\"count\":2}]")).containsExactly(new Item("mug", 2));
		assertThat(items.check("[{}]")).isNotNull();
		assertThat(items).hasToString("java.util.List<" + Item.class.getTypeName() + ">");
	}

	@Test
	void theModelIsToldTheSchema() {
		assertThat(this.refund.schema()).contains("\"order\"", "\"required\"");
		assertThat(this.refund.instructions()).contains("JSON only", this.refund.schema());
	}

	record Item(String name, int count) {

	}

	record Refund(String order, BigDecimal amount, List<Item> items, @Nullable String note) {

		Refund {
			if (amount.signum() <= 0) {
				throw new IllegalArgumentException("The amount must be more than zero");
			}
		}

	}

}
