package io.switchboard.runtime;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;

import static org.assertj.core.api.Assertions.assertThat;

class BoundFieldTests {

	private static final BoundField<Owner> FIELD = new BoundField<>(
			AtomicReferenceFieldUpdater.newUpdater(Owner.class, Disposable.class, "bound"));

	private final Owner owner = new Owner();

	private final Disposable one = Disposables.single();

	private final Disposable other = Disposables.single();

	@Test
	void oneThingCostsNoCollection() {
		FIELD.add(this.owner, this.one);

		assertThat(this.owner.bound).isSameAs(this.one);
		assertThat(FIELD.count(this.owner)).isOne();
	}

	@Test
	void allThatWasAddedEnds() {
		FIELD.add(this.owner, this.one);
		FIELD.add(this.owner, this.other);

		FIELD.end(this.owner);

		assertThat(this.one.isDisposed()).isTrue();
		assertThat(this.other.isDisposed()).isTrue();
		assertThat(FIELD.isEnded(this.owner)).isTrue();
		assertThat(FIELD.count(this.owner)).isZero();
	}

	@Test
	void theSameThingIsBoundOnce() {
		FIELD.add(this.owner, this.one);
		FIELD.add(this.owner, this.one);

		FIELD.remove(this.owner, this.one);
		FIELD.end(this.owner);

		assertThat(this.one.isDisposed()).isFalse();
	}

	@Test
	void whatWasRemovedLivesOn() {
		FIELD.add(this.owner, this.one);
		FIELD.add(this.owner, this.other);

		FIELD.remove(this.owner, this.one);
		FIELD.end(this.owner);

		assertThat(this.one.isDisposed()).isFalse();
		assertThat(this.other.isDisposed()).isTrue();
	}

	@Test
	void whatComesAfterTheEndEndsAtOnce() {
		FIELD.end(this.owner);

		FIELD.add(this.owner, this.one);

		assertThat(this.one.isDisposed()).isTrue();
	}

	@Test
	void beginsAnewAfterAnEndOnly() {
		boolean tooEarly = FIELD.begin(this.owner);
		FIELD.end(this.owner);
		boolean anew = FIELD.begin(this.owner);
		FIELD.add(this.owner, this.one);

		assertThat(tooEarly).isFalse();
		assertThat(anew).isTrue();
		assertThat(this.one.isDisposed()).isFalse();
	}

	private static final class Owner {

		volatile @Nullable Disposable bound;

	}

}
