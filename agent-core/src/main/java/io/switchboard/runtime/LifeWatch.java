package io.switchboard.runtime;

import java.util.function.Consumer;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.Terminated;
import org.jspecify.annotations.Nullable;

/**
 * A look-out for the end of one life. It is told once, or ended before.
 */
final class LifeWatch implements Tie {

	private final Cell cell;

	private final long life;

	private final Consumer<Terminated> told;

	private LifeWatch(Cell cell, long life, Consumer<Terminated> told) {
		this.cell = cell;
		this.life = life;
		this.told = told;
	}

	/**
	 * Watch the life that is in a cell now.
	 * @param cell the cell, or {@code null} if there is none
	 * @param told told when that life ends, perhaps before this returns
	 * @return the watch, or {@code null} if nothing lives there
	 */
	static @Nullable LifeWatch begin(@Nullable Cell cell, Consumer<Terminated> told) {
		long life = (cell != null) ? cell.currentLife() : 0;
		if (cell == null || life == 0) {
			return null;
		}
		LifeWatch watch = new LifeWatch(cell, life, told);
		cell.ties().add(watch);
		boolean missed = cell.hasEnded(life) && cell.untie(watch);
		return missed ? null : watch;
	}

	/**
	 * What to tell of a path at which nothing lives.
	 * @param path the path
	 * @return the news
	 */
	static Terminated nobodyAt(AgentPath path) {
		return new Terminated(path, 0, ExitReason.noProcess());
	}

	/**
	 * Watch no longer.
	 */
	void end() {
		this.cell.untie(this);
	}

	@Override
	public long life() {
		return this.life;
	}

	@Override
	public void lifeEnded(Terminated end) {
		this.told.accept(end);
	}

}
