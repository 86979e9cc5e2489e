package io.switchboard.ai.turn;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.switchboard.AgentContext;
import io.switchboard.ai.tool.CallMeter;
import io.switchboard.ai.tool.WaitingFor;
import io.switchboard.ai.turn.OpenTurns.OpenTurn;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * What one life of a turn waits for. Meanwhile its time stands still, and that of the
 * call of a tool that has asked for the turn. While it waits for a person, its place
 * among the turns at once is free, too: a provider makes nobody wait for days, and if
 * turns gave way to others in its line, there would be no end to that line.
 * <p>
 * Agents that are asked wait on threads of their own, so several waits may begin and end
 * in any order.
 */
final class TurnWaits {

	private final Object life;

	private final OpenTurn record;

	private final TurnPlaces places;

	private final @Nullable CallMeter caller;

	private final AgentContext<?> context;

	private final Object lock = new Object();

	/**
	 * Those that have begun and have not ended.
	 */
	private final Set<Wait> open = new HashSet<>();

	private Disposable calls = Disposables.disposed();

	private Disposable person = Disposables.disposed();

	private boolean over;

	/**
	 * Begin with a life that does not wait.
	 * @param life stands for the life
	 * @param record what is known of the turn in all lives
	 * @param places the turn's places
	 * @param caller the call of a tool that has asked for the turn, or {@code null}
	 * @param context the agent
	 */
	TurnWaits(Object life, OpenTurn record, TurnPlaces places, @Nullable CallMeter caller, AgentContext<?> context) {
		this.life = life;
		this.record = record;
		this.places = places;
		this.caller = caller;
		this.context = context;
	}

	/**
	 * The turn waits until its provider may be called.
	 * @return ends the wait, once
	 */
	Disposable forProvider() {
		synchronized (this.lock) {
			return begin(WaitingFor.PROVIDER);
		}
	}

	/**
	 * The turn waits until the journal has written what happened.
	 * @return ends the wait, once
	 */
	Disposable forJournal() {
		synchronized (this.lock) {
			return begin(WaitingFor.JOURNAL);
		}
	}

	/**
	 * The turn waits until a person has decided something.
	 */
	void forPerson() {
		synchronized (this.lock) {
			Disposable before = this.person;
			this.person = begin(WaitingFor.PERSON);
			before.dispose();
		}
	}

	/**
	 * A person has decided something.
	 */
	void decided() {
		synchronized (this.lock) {
			this.person.dispose();
		}
	}

	/**
	 * What the calls of tools wait for that are under way.
	 * @param what what all of them wait for at least
	 */
	void forCalls(WaitingFor what) {
		synchronized (this.lock) {
			Disposable before = this.calls;
			this.calls = (what != WaitingFor.NOTHING) ? begin(what) : Disposables.disposed();
			// after the next has begun, or the turn would go on in between
			before.dispose();
		}
	}

	/**
	 * This life has nothing to do with the turn any more, so it waits for nobody.
	 */
	void over() {
		synchronized (this.lock) {
			this.over = true;
			List.copyOf(this.open).forEach(Wait::dispose);
		}
	}

	private Disposable begin(WaitingFor what) {
		if (this.over) {
			return Disposables.disposed();
		}
		Wait wait = new Wait(what);
		if (what == WaitingFor.PERSON && !waitsForPerson()) {
			this.places.pause();
		}
		this.open.add(wait);
		if (this.caller != null) {
			this.caller.waits(what, now());
		}
		return wait;
	}

	private void end(Wait wait) {
		if (!this.open.remove(wait)) {
			return;
		}
		if (wait.counts) {
			this.record.waiting().goesOn(wait.what, now());
		}
		if (wait.what == WaitingFor.PERSON && !waitsForPerson()) {
			this.places.goOn();
		}
		if (this.caller != null) {
			this.caller.goesOn(wait.what, now());
		}
	}

	private boolean waitsForPerson() {
		return this.open.stream().anyMatch((wait) -> wait.what == WaitingFor.PERSON);
	}

	private long now() {
		return this.context.scheduler().now(TimeUnit.MILLISECONDS);
	}

	/**
	 * One thing that is waited for.
	 */
	private final class Wait implements Disposable {

		private final WaitingFor what;

		/**
		 * A life that does not lead the turn any more has no say about its time.
		 */
		private final boolean counts;

		Wait(WaitingFor what) {
			this.what = what;
			this.counts = TurnWaits.this.record.waits(TurnWaits.this.life, what, now());
		}

		@Override
		public void dispose() {
			synchronized (TurnWaits.this.lock) {
				end(this);
			}
		}

		@Override
		public boolean isDisposed() {
			synchronized (TurnWaits.this.lock) {
				return !TurnWaits.this.open.contains(this);
			}
		}

	}

}
