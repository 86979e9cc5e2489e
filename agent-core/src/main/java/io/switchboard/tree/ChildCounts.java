package io.switchboard.tree;

/**
 * The children of one supervisor in numbers, as OTP counts them.
 *
 * @param specs how many there are, alive or not
 * @param active how many are alive
 * @param supervisors how many are supervisors of any kind, alive or not
 * @param workers how many are agents, alive or not
 * @since 0.1.0
 */
public record ChildCounts(int specs, int active, int supervisors, int workers) {

	@Override
	public String toString() {
		return "%d/%d/%d/%d".formatted(this.specs, this.active, this.supervisors, this.workers);
	}

}
