package io.switchboard.runtime;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.UnaryOperator;

import io.switchboard.Activity;
import io.switchboard.AgentPath;
import io.switchboard.Handling;
import io.switchboard.RequestFailedException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.Fuseable;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One call of a behaviour's method, until the publisher it returned has ended. Signals
 * arrive on any thread; exactly one end is reported to the cell.
 */
final class HandlerRun implements CoreSubscriber<Object>, Subscription, Runnable {

	private static final Logger logger = LoggerFactory.getLogger(HandlerRun.class);

	/**
	 * The call that a thread is in, for behaviours that block: what they block on has no
	 * context to look in.
	 */
	private static final ThreadLocal<HandlerRun> CURRENT = new ThreadLocal<>();

	private static final AtomicIntegerFieldUpdater<HandlerRun> OUTCOME = AtomicIntegerFieldUpdater
		.newUpdater(HandlerRun.class, "outcome");

	private static final AtomicIntegerFieldUpdater<HandlerRun> CALL = AtomicIntegerFieldUpdater
		.newUpdater(HandlerRun.class, "call");

	private static final AtomicReferenceFieldUpdater<HandlerRun, Activities> ACTIVITIES = AtomicReferenceFieldUpdater
		.newUpdater(HandlerRun.class, Activities.class, "activities");

	private static final int CALLING = 0;

	private static final int ENDED_WHILE_CALLING = 1;

	private static final int CALLED = 2;

	private static final int OPEN = 0;

	private static final int ANSWERED = 1;

	private static final int UNANSWERED = 2;

	private static final int REFUSED = 3;

	private final AgentCell cell;

	private @Nullable Incarnation incarnation;

	private @Nullable Envelope envelope;

	private @Nullable Method method;

	private volatile int outcome;

	private volatile int call;

	/**
	 * Whether somebody else may still know of this call.
	 */
	private boolean known;

	private volatile @Nullable Subscription upstream;

	/**
	 * Since when it is known that the call takes longer than its method, or zero.
	 */
	private volatile long openSince;

	/**
	 * Written before the end is reported.
	 */
	private @Nullable Throwable error;

	/**
	 * What the publisher's context has of this call.
	 */
	private volatile @Nullable CallInHand inContext;

	private volatile boolean detached;

	/**
	 * Whether the receiver of a stream left.
	 */
	private volatile boolean left;

	/**
	 * What the agent shows of what it is at.
	 */
	private volatile Activities activities = Activities.NONE;

	/**
	 * The thread that is in the handler's code already. A thread looks here for itself,
	 * so what others write need not be seen; who wants to know where a handler hangs will
	 * see what was written long ago.
	 */
	private @Nullable Thread inside;

	HandlerRun(AgentCell cell) {
		this.cell = cell;
	}

	/**
	 * Make this the next call. It is a new one, or one that is {@linkplain #isForgotten()
	 * forgotten}: most handlers are done at once, and need no object each.
	 * @param incarnation whose method is called
	 * @param envelope the message, or {@code null} if there is none
	 * @param method which method is called
	 */
	void begin(Incarnation incarnation, @Nullable Envelope envelope, Method method) {
		this.incarnation = incarnation;
		this.envelope = envelope;
		this.method = method;
		this.known = this.cell.spec().blocking();
		OUTCOME.lazySet(this, OPEN);
		CALL.lazySet(this, CALLING);
	}

	/**
	 * Whether the call is over, and nobody knows of it any more.
	 * @return {@code true} if so
	 */
	boolean isForgotten() {
		return !this.known && this.error == null && this.activities.shown().isEmpty();
	}

	/**
	 * Somebody will know of the call after its end.
	 */
	void known() {
		this.known = true;
	}

	/**
	 * The method has returned, and its publisher has not ended yet.
	 * @param now the runtime's clock, in nanoseconds
	 */
	void open(long now) {
		this.openSince = (now != 0) ? now : 1;
	}

	/**
	 * Since when the method has returned and its publisher has not ended.
	 * @return the time in nanoseconds, or zero if the method has not returned
	 */
	long openSince() {
		return this.openSince;
	}

	Incarnation incarnation() {
		return Objects.requireNonNull(this.incarnation, "a call is somebody's");
	}

	@Nullable Envelope envelope() {
		return this.envelope;
	}

	/**
	 * The message whose asker has not heard of this call's end, and will not hear of it
	 * from this call once that is over.
	 * @return the message, or {@code null} if there is none, it was taken away, or its
	 * asker was told or has left
	 */
	@Nullable Envelope unanswered() {
		int known = this.outcome;
		return (known == ANSWERED || known == REFUSED) ? null : envelopeInHand();
	}

	/**
	 * Whether the run has answered somebody who waited for that.
	 * @return {@code true} if so
	 */
	boolean hasAnsweredAsker() {
		return this.outcome == ANSWERED && !this.left && target() != null;
	}

	/**
	 * Whether the run has failed somebody, and the agent goes on.
	 * @return {@code true} if so
	 */
	boolean hasFailedAsker() {
		return this.outcome == REFUSED;
	}

	private @Nullable Envelope envelopeInHand() {
		return this.detached ? null : this.envelope;
	}

	/**
	 * What the run failed with, if that is not an answer.
	 * @return the error, or {@code null}
	 */
	@Nullable Throwable error() {
		return this.error;
	}

	/**
	 * Call the method and subscribe to what it returns. Never throws.
	 */
	@Override
	public void run() {
		boolean blocking = this.cell.spec().blocking();
		this.inside = Thread.currentThread();
		if (blocking) {
			CURRENT.set(this);
		}
		try {
			Publisher<?> publisher = Objects.requireNonNull(this.method, "something is called").call(this);
			if (publisher == null) {
				throw new IllegalStateException(
						"The behaviour of agent '%s' returned null instead of a publisher; return Mono.empty() "
							.formatted(this.cell.path) + "where there is nothing to say");
			}
			if (publisher instanceof Fuseable.ScalarCallable<?> scalar && isAnythingTaken()) {
				take(scalar.call());
			}
			else {
				this.known = true;
				subscribe(publisher);
			}
		}
		catch (Throwable ex) {
			Fatal.tell(ex);
			end(ex);
		}
		finally {
			this.inside = null;
			if (blocking) {
				CURRENT.remove();
			}
		}
	}

	private void subscribe(Publisher<?> publisher) {
		CallInHand call = new CallInHand(this.cell.path, this);
		this.inContext = call;
		if (isOver()) {
			call.over();
		}
		publisher.subscribe(this);
	}

	/**
	 * Whether whoever waits takes an answer whenever it comes, so that one that is there
	 * already needs no subscription.
	 * @return {@code true} if so
	 */
	private boolean isAnythingTaken() {
		ReplyTarget target = target();
		return target == null || target.takesAll();
	}

	private void take(@Nullable Object answer) {
		if (answer != null) {
			onNext(answer);
		}
		end(null);
	}

	/**
	 * Tell, right after {@link #run}, whether it all happened at once.
	 * @return {@code true} if the run is over; if not, its end will be signalled to the
	 * cell
	 */
	boolean isOverAtOnce() {
		return this.call == ENDED_WHILE_CALLING || !CALL.compareAndSet(this, CALLING, CALLED);
	}

	/**
	 * Cut the run off: what it still says reaches nobody.
	 * @return whether it was not over yet
	 */
	boolean fence() {
		return isEndedBy(UNANSWERED);
	}

	/**
	 * Whether a thread is in the handler, as its publisher is not known yet.
	 * @return {@code true} if so
	 */
	boolean isCalling() {
		return this.call == CALLING;
	}

	/**
	 * Where the thread is that is in the handler.
	 * @return its stack, empty if there is none
	 */
	StackTraceElement[] stack() {
		Thread thread = this.inside;
		return (thread != null) ? thread.getStackTrace() : new StackTraceElement[0];
	}

	void cancelUpstream() {
		Subscription subscription = this.upstream;
		if (subscription != null) {
			subscription.cancel();
		}
	}

	/**
	 * The message is taken from the call: what it says is no answer any more.
	 */
	void detach() {
		this.known = true;
		this.detached = true;
		// nobody asks for its elements any more, and it shall come to its end
		request(Long.MAX_VALUE);
	}

	/**
	 * Change what is shown of what the agent is at.
	 * @param change makes what is shown then of what is shown
	 */
	void show(UnaryOperator<Activities> change) {
		ACTIVITIES.updateAndGet(this, change);
	}

	/**
	 * What the agent shows of what it is at.
	 * @return the activities, none if the call is over
	 */
	List<Activity> activities() {
		return isOver() ? List.of() : this.activities.shown();
	}

	/**
	 * Whether the receiver of a stream left.
	 * @return {@code true} if so
	 */
	boolean isLeft() {
		return this.left;
	}

	boolean isOver() {
		return this.outcome != OPEN;
	}

	/**
	 * The call within which something is subscribed, by an agent that blocks also without
	 * its context.
	 * @param context the subscriber's context
	 * @return the call, or {@code null} if there is none
	 */
	static @Nullable HandlerRun around(ContextView context) {
		HandlerRun run = CallInHand.of(context);
		return (run != null) ? run : CURRENT.get();
	}

	/**
	 * The call that waits for this one's answer.
	 * @return the call, or {@code null} if nobody waits, or no agent does
	 */
	@Nullable HandlerRun asker() {
		return CallInHand.of(askerContext());
	}

	/**
	 * What whoever waits for this call's answer carries along.
	 * @return the context, empty if nobody waits
	 */
	ContextView askerContext() {
		ReplyTarget target = target();
		return (target != null) ? target.context() : Context.empty();
	}

	AgentPath path() {
		return this.cell.path;
	}

	@Override
	public Context currentContext() {
		this.known = true;
		Envelope carrier = this.envelope;
		ReplyTarget asker = (carrier != null) ? carrier.replyTo() : null;
		Context context = (asker != null) ? asker.context() : Context.empty();
		CallInHand call = this.inContext;
		return (call != null) ? context.put(Handling.KEY, call) : context;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		if (!Operators.validate(this.upstream, subscription)) {
			return;
		}
		this.upstream = subscription;
		ReplyTarget target = target();
		if (isOver()) {
			subscription.cancel();
		}
		else if (target != null) {
			target.attach(this);
		}
		else {
			subscription.request(Long.MAX_VALUE);
		}
	}

	@Override
	public void onNext(Object element) {
		ReplyTarget target = target();
		if (isOver()) {
			drop("reply");
		}
		else if (target != null) {
			Thread before = this.inside;
			this.inside = Thread.currentThread();
			if (!next(target, element)) {
				cancel();
			}
			// a thread that was in here may have left meanwhile
			this.inside = (before == Thread.currentThread()) ? before : null;
		}
	}

	@Override
	public void onError(Throwable ex) {
		end(ex);
	}

	@Override
	public void onComplete() {
		end(null);
	}

	@Override
	public void request(long n) {
		Subscription subscription = this.upstream;
		if (subscription == null) {
			return;
		}
		if (this.inside == Thread.currentThread()) {
			subscription.request(n);
		}
		else {
			// the handler's code may run in here, and has no business on the receiver's
			// thread
			this.cell.run(() -> ask(subscription, n));
		}
	}

	private void ask(Subscription subscription, long n) {
		try {
			subscription.request(n);
		}
		catch (Throwable ex) {
			Fatal.tell(ex);
			end(ex);
		}
	}

	/**
	 * The receiver of a stream left.
	 */
	@Override
	public void cancel() {
		// not to be taken for another call, which nobody has left
		this.known = true;
		this.left = true;
		if (isEndedBy(ANSWERED)) {
			try {
				cancelUpstream();
			}
			catch (Throwable ex) {
				failedWhenTold(ex);
			}
			tellCell();
		}
	}

	private void end(@Nullable Throwable ex) {
		ReplyTarget target = target();
		boolean answer = ex == null || (ex instanceof RequestFailedException && envelopeInHand() != null);
		if (!isEndedBy(answer ? answered(ex) : UNANSWERED)) {
			drop((ex != null) ? "error" : "completion");
			return;
		}
		if (!answer) {
			this.error = ex;
		}
		else if (target != null) {
			answer(target, ex);
		}
		tellCell();
	}

	private boolean isEndedBy(int end) {
		if (!OUTCOME.compareAndSet(this, OPEN, end)) {
			return false;
		}
		CallInHand call = this.inContext;
		if (call != null) {
			call.over();
		}
		return true;
	}

	private boolean next(ReplyTarget target, Object element) {
		try {
			target.next(this, element);
			return true;
		}
		catch (Throwable ex) {
			failedWhenTold(ex);
			return false;
		}
	}

	private static int answered(@Nullable Throwable ex) {
		return (ex != null) ? REFUSED : ANSWERED;
	}

	private void answer(ReplyTarget target, @Nullable Throwable cause) {
		try {
			if (cause != null) {
				target.fail(cause);
			}
			else {
				target.complete();
			}
		}
		catch (Throwable ex) {
			failedWhenTold(ex);
		}
	}

	/**
	 * The code of whoever waits has failed, or a cleanup that nobody waits for: that is
	 * not the agent's failure.
	 * @param ex what it failed with
	 */
	private void failedWhenTold(Throwable ex) {
		Fatal.tell(ex);
		logger.error("Somebody who waited for agent '{}' failed when told", this.cell.path, ex);
	}

	private void drop(String what) {
		if (!this.left) {
			this.cell.dropStale(incarnation(), what);
		}
	}

	private void tellCell() {
		if (!this.known) {
			// nobody but the caller can have ended it
			CALL.lazySet(this, ENDED_WHILE_CALLING);
		}
		else if (!CALL.compareAndSet(this, CALLING, ENDED_WHILE_CALLING)) {
			this.cell.signal((loop) -> loop.settle(this));
		}
	}

	private @Nullable ReplyTarget target() {
		Envelope carrier = envelopeInHand();
		return (carrier != null) ? carrier.replyTo() : null;
	}

	/**
	 * Which of a behaviour's methods is called.
	 */
	@FunctionalInterface
	interface Method {

		@Nullable Publisher<?> call(HandlerRun run) throws Exception;

	}

}
