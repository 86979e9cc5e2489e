package io.switchboard.registry;

/**
 * What became of the wish to register a name.
 * <p>
 * In an agent's start you probably want {@link #orElseThrow()}: no name, no agent.
 *
 * @since 0.1.0
 */
public sealed interface Registration {

	/**
	 * Whether the name is registered now.
	 * @return {@code true} for {@link Registered}
	 */
	boolean isRegistered();

	/**
	 * Insist on the name.
	 * @return the name as it is registered
	 * @throws NameNotRegisteredException if it is not
	 */
	Name orElseThrow();

	/**
	 * It is registered.
	 *
	 * @param name the name
	 */
	record Registered(Name name) implements Registration {

		@Override
		public boolean isRegistered() {
			return true;
		}

		@Override
		public Name orElseThrow() {
			return this.name;
		}

	}

	/**
	 * It is held by somebody, perhaps by the same owner already. Nothing was changed.
	 *
	 * @param holder the name as it is registered
	 */
	record AlreadyRegistered(Name holder) implements Registration {

		/**
		 * Who holds the name.
		 * @return the owner
		 */
		public Owner owner() {
			return this.holder.owner();
		}

		@Override
		public boolean isRegistered() {
			return false;
		}

		@Override
		public Name orElseThrow() {
			throw new NameNotRegisteredException(this.holder.key(), this.holder.owner(),
					"it is held by '%s'; choose another name, or stop that agent first".formatted(owner()));
		}

	}

	/**
	 * The one it was to belong to has ended, or never was.
	 *
	 * @param key the name
	 * @param owner whose it was to be
	 */
	record OwnerGone(Object key, Owner owner) implements Registration {

		@Override
		public boolean isRegistered() {
			return false;
		}

		@Override
		public Name orElseThrow() {
			throw new NameNotRegisteredException(this.key, null,
					"no agent lives at '%s'; a name belongs to an agent that is started".formatted(this.owner));
		}

	}

}
