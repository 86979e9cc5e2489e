package io.switchboard.registry;

import io.switchboard.AgentPath;
import io.switchboard.event.AgentEvent;
import io.switchboard.registry.Registration.AlreadyRegistered;
import io.switchboard.registry.Registration.OwnerGone;
import io.switchboard.registry.Registration.Registered;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link Names}.
 */
class NamesTests {

	private final TestResidents residents = new TestResidents();

	private final Names names = this.residents.registry.names();

	private final Owner a = this.residents.life("/a", 1);

	private final Owner b = this.residents.life("/b", 1);

	@Test
	void theFirstOneGetsTheName() {
		Registration first = this.names.register("prices", this.a, "v");
		Registration again = this.names.register("prices", this.a, "w");
		Registration other = this.names.register("prices", this.b, "x");

		assertThat(first).isEqualTo(new Registered(new Name("prices", this.a, "v")));
		assertThat(again).isEqualTo(new AlreadyRegistered(new Name("prices", this.a, "v")));
		assertThat(other).isEqualTo(new AlreadyRegistered(new Name("prices", this.a, "v")));
		assertThat(this.names.of(this.b)).isEmpty();
		assertThat(this.names.all()).containsExactly(new Name("prices", this.a, "v"));
	}

	@Test
	void keysAreComparedStrictly() {
		this.names.register(1, this.a, "int");
		this.names.register(1L, this.b, "long");

		assertThat(this.names.whereIs(1)).isEqualTo(new Name(1, this.a, "int"));
		assertThat(this.names.whereIs(1L)).isEqualTo(new Name(1L, this.b, "long"));
		assertThat(this.names.whereIs("1")).isNull();
	}

	@Test
	void onlyTheOwnerGivesANameUp() {
		this.names.register("prices", this.a);

		assertThat(this.names.unregister("prices", this.b)).isFalse();
		assertThat(this.names.whereIs("prices")).isNotNull();
		assertThat(this.names.unregister("prices", this.a)).isTrue();
		assertThat(this.names.unregister("prices", this.a)).isFalse();
		assertThat(this.names.whereIs("prices")).isNull();
		assertThat(this.residents.at(this.a).bound.size()).isZero();
	}

	@Test
	void onlyTheOwnerChangesTheValue() {
		this.names.register("count", this.a, 1);

		assertThat(this.names.update("count", this.a, NamesTests::increment)).isEqualTo(new ValueChange(1, 2));
		assertThat(this.names.update("count", this.b, NamesTests::increment)).isNull();
		assertThat(this.names.update("unknown", this.a, NamesTests::increment)).isNull();
		assertThat(this.names.whereIs("count")).isEqualTo(new Name("count", this.a, 2));
	}

	@Test
	void aLifeActsForItsPlaceButNotForAnEarlierLife() {
		Owner place = this.residents.place("/a");
		this.names.register("lasting", place, 1);
		this.names.register("of the first life", this.a, 1);
		Owner second = this.residents.life("/a", 2);

		assertThat(this.names.update("lasting", second, NamesTests::increment)).isEqualTo(new ValueChange(1, 2));
		assertThat(this.names.update("of the first life", second, NamesTests::increment)).isNull();
		assertThat(this.names.unregister("lasting", second)).isTrue();
		assertThat(this.names.unregister("of the first life", second)).isFalse();
	}

	@Test
	void aNameGoesWithItsOwner() {
		this.names.register("x", this.a);
		this.names.register("y", this.a);
		this.names.register("z", this.b);

		this.residents.end(this.a);

		assertThat(this.names.all()).extracting(Name::key).containsExactly("z");
	}

	@Test
	void aDeadOwnerIsNotFoundAndBlocksNobodyBeforeTheCleaning() {
		this.names.register("prices", this.a);

		TestResidents.TestResidence grave = this.residents.die(this.a);

		assertThat(this.names.whereIs("prices")).isNull();
		assertThat(this.names.all()).isEmpty();
		assertThat(this.names.register("prices", this.b).isRegistered()).isTrue();
		grave.bound.dispose();
		assertThat(this.names.whereIs("prices")).isEqualTo(new Name("prices", this.b, null));
		assertThat(this.residents.eventLines()).containsExactly("registered prices for /a", "released prices of /a",
				"registered prices for /b");
	}

	@Test
	void theDeadRegisterNothing() {
		this.residents.end(this.a);

		Registration result = this.names.register("prices", this.a);

		assertThat(result).isEqualTo(new OwnerGone("prices", this.a));
		assertThat(this.names.all()).isEmpty();
		assertThat(this.residents.events).isEmpty();
	}

	@Test
	void listenersAreToldOfRegisterAndUnregister() {
		this.names.register("prices", this.a);
		this.names.register("prices", this.b);
		this.names.unregister("prices", this.a);
		this.names.register("prices", this.b);
		this.residents.end(this.b);

		assertThat(this.residents.eventLines()).containsExactly("registered prices for /a", "released prices of /a",
				"registered prices for /b", "released prices of /b");
	}

	@Test
	void insistingOnANameTellsWhoHoldsIt() {
		this.names.register("prices", this.a);

		assertThat(this.names.register("quotes", this.a).orElseThrow()).isEqualTo(new Name("quotes", this.a, null));
		assertThatExceptionOfType(NameNotRegisteredException.class)
			.isThrownBy(() -> this.names.register("prices", this.b).orElseThrow())
			.withMessage("Name 'prices' was not registered: it is held by '/a#1'; choose another name, "
					+ "or stop that agent first")
			.satisfies((ex) -> assertThat(ex.holder()).isEqualTo(this.a))
			.satisfies((ex) -> assertThat(ex.key()).isEqualTo("prices"));
		Owner nobody = Owner.at(AgentPath.of("/nobody"));
		assertThatExceptionOfType(NameNotRegisteredException.class)
			.isThrownBy(() -> this.names.register("x", nobody).orElseThrow())
			.withMessageContaining("no agent lives at '/nobody'");
	}

	@Test
	void aListenerMayUseTheRegistry() {
		this.residents.onEvent = (event) -> {
			if (event instanceof AgentEvent.NameReleased released) {
				this.names.register(released.name(), this.b);
			}
		};
		this.names.register("prices", this.a);

		this.residents.end(this.a);

		assertThat(this.names.whereIs("prices")).isEqualTo(new Name("prices", this.b, null));
	}

	@Test
	void argumentsAreChecked() {
		assertThatNullPointerException().isThrownBy(() -> this.names.whereIs(nothing())).withMessageContaining("'key'");
		assertThatIllegalArgumentException().isThrownBy(() -> new Owner(AgentPath.ROOT, -1))
			.withMessageContaining("Incarnation -1");
	}

	@SuppressWarnings("NullAway")
	private static Object nothing() {
		return null;
	}

	private static Object increment(@Nullable Object value) {
		return (value instanceof Integer number) ? number + 1 : 0;
	}

}
