package io.switchboard.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DirectoryTests {

	private final Directory<Card> directory = new Directory<>();

	@Test
	void findsNothingAtFirst() {
		assertThat(this.directory.find("a")).isNull();
		assertThat(this.directory.size()).isZero();
		assertThat(this.directory.all()).isEmpty();
	}

	@Test
	void theFirstOfAKeyStays() {
		Card first = new Card("a");

		Card before = this.directory.addIfAbsent(first);
		Card present = this.directory.addIfAbsent(new Card("a"));

		assertThat(before).isNull();
		assertThat(present).isSameAs(first);
		assertThat(this.directory.find("a")).isSameAs(first);
	}

	@Test
	void anEntryThatDoesNotStayIsReplaced() {
		Card first = new Card("a");
		Card second = new Card("a");
		this.directory.put(first);
		List<@Nullable Card> replaced = new ArrayList<>();

		Card there = this.directory.addUnless(second, (present) -> false, replaced::add);

		assertThat(there).isSameAs(second);
		assertThat(replaced).containsExactly(first);
		assertThat(this.directory.all()).containsExactly(second);
		assertThat(this.directory.size()).isOne();
	}

	@Test
	void onlyTheEntryItselfIsRemoved() {
		Card held = new Card("a");
		this.directory.put(held);

		boolean another = this.directory.remove(new Card("a"));
		boolean itself = this.directory.remove(held);
		boolean again = this.directory.remove(held);

		assertThat(another).isFalse();
		assertThat(itself).isTrue();
		assertThat(again).isFalse();
		assertThat(this.directory.find("a")).isNull();
	}

	@Test
	void keysOfTheSameHashAreToldApart() {
		// hash codes of these are equal
		List<String> keys = List.of("AaAa", "AaBB", "BBAa", "BBBB");
		List<Card> cards = keys.stream().map(Card::new).toList();
		cards.forEach(this.directory::put);

		this.directory.remove(cards.get(1));

		assertThat(keys.stream().map(this.directory::find)).containsExactly(cards.get(0), null, cards.get(2),
				cards.get(3));
	}

	@Test
	void aSearchPassesByTheEntriesOfOthers() {
		AtomicInteger looks = new AtomicInteger();
		IntStream.range(0, 1_000).forEach((i) -> this.directory.put(new Card("there-" + i, looks)));
		looks.set(0);

		List<String> missing = IntStream.range(0, 1_000).mapToObj((i) -> "missing-" + i).toList();

		assertThat(missing).allSatisfy((key) -> assertThat(this.directory.find(key)).isNull());
		// of the thousand that stand in the way one in 254 looks like what is searched
		assertThat(looks).hasValueLessThan(50);
	}

	@Test
	void behavesLikeAMap() {
		Map<Object, Card> model = new HashMap<>();
		Random random = new Random(4);

		for (int step = 0; step < 200_000; step++) {
			// waves, so that it grows and empties again
			boolean adding = random.nextInt(20_000) < step % 20_000;
			Card card = new Card("key-" + random.nextInt(3_000));
			Card present = model.get(card.key());
			if (adding) {
				assertThat(this.directory.addIfAbsent(card)).isSameAs(present);
				model.putIfAbsent(card.key(), card);
			}
			else if (present != null) {
				assertThat(this.directory.remove(present)).isTrue();
				model.remove(card.key());
			}
		}

		assertThat(this.directory.size()).isEqualTo(model.size());
		assertThat(this.directory.all()).containsExactlyInAnyOrderElementsOf(model.values());
		assertThat(model).allSatisfy((key, card) -> assertThat(this.directory.find(key)).isSameAs(card));
	}

	@Test
	void anEntryIsLookedAtAsOftenAmongManyAsAmongFew() {
		assertThat(looksAtEachOf(300_000) / looksAtEachOf(1_000)).isLessThan(2);
	}

	@Test
	void whatStaysIsAlwaysFoundWhileTheRestChanges() throws InterruptedException {
		List<Card> staying = IntStream.range(0, 100).mapToObj((i) -> new Card("stays-" + i)).toList();
		staying.forEach(this.directory::put);
		AtomicBoolean changing = new AtomicBoolean(true);
		AtomicInteger missed = new AtomicInteger();
		Thread reader = new Thread(() -> {
			while (changing.get()) {
				for (Card card : staying) {
					if (this.directory.find(card.key()) != card) {
						missed.incrementAndGet();
					}
				}
			}
		});
		reader.start();

		for (int round = 0; round < 200; round++) {
			List<Card> passing = IntStream.range(0, 500).mapToObj((i) -> new Card("passes-" + i)).toList();
			passing.forEach(this.directory::put);
			passing.forEach(this.directory::remove);
		}
		changing.set(false);
		reader.join();

		assertThat(missed).hasValue(0);
		assertThat(this.directory.size()).isEqualTo(staying.size());
	}

	@Test
	void oneOfManyThatAddTheSameKeyIsFirst() throws InterruptedException {
		AtomicInteger first = new AtomicInteger();
		List<Thread> threads = IntStream.range(0, 4).mapToObj((number) -> new Thread(() -> {
			for (int i = 0; i < 10_000; i++) {
				if (this.directory.addIfAbsent(new Card("key-" + i)) == null) {
					first.incrementAndGet();
				}
			}
		})).toList();

		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}

		assertThat(first).hasValue(10_000);
		assertThat(this.directory.size()).isEqualTo(10_000);
	}

	/**
	 * How often an entry is looked at for one of a number of keys that are added, found,
	 * half of them removed, and searched again.
	 */
	private static double looksAtEachOf(int number) {
		Directory<Card> directory = new Directory<>();
		List<Card> cards = IntStream.range(0, number).mapToObj((i) -> new Card("key-" + i)).toList();
		cards.forEach(directory::put);
		cards.forEach((card) -> directory.find(card.key()));
		cards.subList(0, number / 2).forEach(directory::remove);
		cards.forEach((card) -> directory.find(card.key()));
		return cards.stream().mapToDouble((card) -> card.looks.get()).average().orElseThrow();
	}

	private static final class Card implements Directory.Entry {

		private final String key;

		private final AtomicInteger looks;

		Card(String key) {
			this(key, new AtomicInteger());
		}

		Card(String key, AtomicInteger looks) {
			this.key = key;
			this.looks = looks;
		}

		@Override
		public Object key() {
			return this.key;
		}

		@Override
		public int hash() {
			this.looks.incrementAndGet();
			return this.key.hashCode();
		}

	}

}
