package io.switchboard.runtime;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has to be told when the lives in one cell end, in the order it came. Made only for
 * cells that have something. Whoever takes a tie out of here, and nobody else, tells it
 * or ends it.
 */
final class Ties {

	private final Object lock = new Object();

	private final Map<Object, Tie> byKind = new LinkedHashMap<>();

	/**
	 * Add a tie, unless there is one of its kind. The life may have ended meanwhile: look
	 * after that, and if so, take the tie out again.
	 * @param tie the tie
	 * @return whether it was added
	 */
	boolean add(Tie tie) {
		synchronized (this.lock) {
			return this.byKind.putIfAbsent(tie.kind(), tie) == null;
		}
	}

	/**
	 * Add the two ends of a link, unless these two lives are linked.
	 * @param link one end
	 * @param other where the other end belongs
	 * @param partner the other end
	 * @return whether they were added
	 */
	boolean addBoth(LinkEnd link, Ties other, LinkEnd partner) {
		// both sides may do this at once, so the locks are taken in the order of the
		// paths
		if (link.path().compareTo(partner.path()) > 0) {
			return other.addBoth(partner, this, link);
		}
		synchronized (this.lock) {
			synchronized (other.lock) {
				if (this.byKind.containsKey(link.kind()) || other.byKind.containsKey(partner.kind())) {
					return false;
				}
				this.byKind.put(link.kind(), link);
				other.byKind.put(partner.kind(), partner);
				return true;
			}
		}
	}

	/**
	 * Take a tie out.
	 * @param tie the tie
	 * @return whether it was still here
	 */
	boolean remove(Tie tie) {
		synchronized (this.lock) {
			return this.byKind.remove(tie.kind(), tie);
		}
	}

	/**
	 * Take out all ties of a life, and of those before it.
	 * @param life the life's number
	 * @return the ties, oldest first
	 */
	List<Tie> take(long life) {
		List<Tie> taken = new ArrayList<>();
		synchronized (this.lock) {
			for (Iterator<Tie> ties = this.byKind.values().iterator(); ties.hasNext();) {
				Tie tie = ties.next();
				if (tie.life() <= life) {
					ties.remove();
					taken.add(tie);
				}
			}
		}
		return taken;
	}

	/**
	 * The links of a life.
	 * @param life the life's number
	 * @return this life's ends of the links
	 */
	List<LinkEnd> links(long life) {
		List<LinkEnd> found = new ArrayList<>();
		synchronized (this.lock) {
			for (Tie tie : this.byKind.values()) {
				if (tie instanceof LinkEnd link && link.life() == life) {
					found.add(link);
				}
			}
		}
		return found;
	}

}
