package io.switchboard.autoconfigure.web;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Who sends a request.
 *
 * @param name how the application calls them, {@code null} if they are not logged in
 * @param address where they are
 * @param guarded whether sessions belong to those who begin them
 * @param operator whether they may see and end what belongs to others
 */
record Caller(@Nullable String name, String address, boolean guarded, boolean operator) {

	/**
	 * The name for what has to have one.
	 * @return the name, empty if they are not logged in
	 */
	String nameOrEmpty() {
		return Objects.requireNonNullElse(this.name, "");
	}

	/**
	 * What they are counted by.
	 * @return the user, or the address of those who are not logged in
	 */
	String key() {
		return (this.name != null) ? "user " + this.name : "address " + this.address;
	}

	/**
	 * Who is remembered to have begun something.
	 * @return the name, or {@code null} if nothing belongs to anybody
	 */
	@Nullable String owner() {
		return this.guarded ? this.name : null;
	}

	/**
	 * Whether something of an owner is theirs, or of all.
	 * @param owner the owner, or {@code null} if it belongs to nobody
	 * @return {@code true} if so
	 */
	boolean mayReach(@Nullable String owner) {
		return !this.guarded || this.operator || owner == null || owner.equals(this.name);
	}

}
