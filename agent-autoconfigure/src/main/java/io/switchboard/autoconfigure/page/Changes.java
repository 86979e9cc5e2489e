package io.switchboard.autoconfigure.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.event.AgentEvent;
import io.switchboard.event.AgentEvent.Exited;
import io.switchboard.event.AgentEvent.LimitNear;
import io.switchboard.event.AgentEvent.Operated;
import io.switchboard.event.AgentEvent.Reconfigured;
import io.switchboard.event.AgentEvent.RestartBudgetSpent;
import io.switchboard.event.AgentEvent.RestartDelayed;
import io.switchboard.event.AgentEvent.RestartPaused;
import io.switchboard.event.AgentEvent.Restarted;
import io.switchboard.event.AgentEvent.StartFailed;
import io.switchboard.event.AgentEvent.Started;
import io.switchboard.event.AgentEvent.Stopped;
import io.switchboard.event.AgentEvent.WorkAbandoned;
import io.switchboard.event.AgentEvent.WorkerHeld;
import io.switchboard.event.AgentEvent.WorkerReleased;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what happens between two pulses in bounded room: however much it is, the number
 * of nodes and lines that are kept of it has a limit, and the rest is counted. Written
 * from many threads.
 */
final class Changes {

	static final int MAX_NODES = 100;

	static final int MAX_NEWS = 20;

	private final Object lock = new Object();

	private final ReasonText reasons;

	private Taken taken;

	Changes(ReasonText reasons) {
		this.reasons = reasons;
		this.taken = new Taken(reasons);
	}

	void add(AgentEvent event) {
		synchronized (this.lock) {
			if (event instanceof Restarted restarted) {
				this.taken.restarts++;
				changed(event);
				news(event, "restarted", restarted.reason());
			}
			else if (event instanceof Exited exited) {
				if (exited.reason() instanceof ExitReason.Crash) {
					this.taken.crashes++;
					news(event, "crashed", exited.reason());
				}
				else if (exited.reason() instanceof ExitReason.Killed) {
					news(event, "killed", null);
				}
				changed(event);
			}
			else if (event instanceof Started || event instanceof Stopped) {
				changed(event);
				list(event.path().parent());
			}
			else if (event instanceof RestartBudgetSpent spent) {
				changed(event);
				news(event, "budget spent", spent.reason());
			}
			else if (event instanceof StartFailed failed) {
				changed(event);
				news(event, "start failed", failed.reason());
			}
			else if (event instanceof RestartPaused paused) {
				changed(event);
				news(event, "paused", paused.reason());
			}
			else if (event instanceof WorkAbandoned) {
				changed(event);
				news(event, "holds a thread", null);
			}
			else if (event instanceof Operated operated) {
				changed(event);
				news(event, operated.action() + " by hand: " + operated.outcome(), null);
			}
			else if (event instanceof LimitNear near) {
				news(event, "near its limit of " + near.limit(), null);
			}
			else if (event instanceof RestartDelayed || event instanceof Reconfigured || event instanceof WorkerHeld
					|| event instanceof WorkerReleased) {
				changed(event);
			}
		}
	}

	/**
	 * Take what has been gathered, and begin anew.
	 * @return what has happened since it was last taken
	 */
	Taken take() {
		synchronized (this.lock) {
			Taken before = this.taken;
			this.taken = new Taken(this.reasons);
			return before;
		}
	}

	private void changed(AgentEvent event) {
		add(this.taken.nodes, event.path());
	}

	private void list(@Nullable AgentPath supervisor) {
		if (supervisor != null) {
			add(this.taken.lists, supervisor);
		}
	}

	private void add(Set<AgentPath> paths, AgentPath path) {
		if (paths.size() < MAX_NODES) {
			paths.add(path);
		}
		else if (!paths.contains(path)) {
			this.taken.many = true;
		}
	}

	private void news(AgentEvent event, String what, @Nullable ExitReason reason) {
		if (this.taken.news.size() == MAX_NEWS) {
			this.taken.news.removeFirst();
		}
		this.taken.news.add(new Happened(event, what, reason));
	}

	/**
	 * What has happened in a while.
	 */
	static final class Taken {

		final Set<AgentPath> nodes = new LinkedHashSet<>();

		final Set<AgentPath> lists = new LinkedHashSet<>();

		final Deque<Happened> news = new ArrayDeque<>();

		long crashes;

		long restarts;

		boolean many;

		private final ReasonText reasons;

		Taken(ReasonText reasons) {
			this.reasons = reasons;
		}

		boolean isEmpty() {
			return this.nodes.isEmpty() && this.lists.isEmpty() && this.news.isEmpty();
		}

		/**
		 * Tell the news. Why something happened is described only here: of a storm, a few
		 * are told, and nobody waits for it.
		 */
		List<Pulse.News> news() {
			return this.news.stream().map((each) -> each.describe(this.reasons)).toList();
		}

	}

	/**
	 * Something that people want to know, as it came.
	 */
	private record Happened(AgentEvent event, String what, @Nullable ExitReason reason) {

		Pulse.News describe(ReasonText reasons) {
			return new Pulse.News(this.event.at(), this.event.path().toString(), this.what,
					(this.reason != null) ? reasons.describe(this.event.path(), this.reason) : null);
		}

	}

}
